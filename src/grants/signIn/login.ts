import type { LoginFailed, LoginGranted, LoginRequested } from '../../../machines/sessionEvents.ts';
import { failureOf } from '../../../machines/failureOf.ts';
import type { SessionErrorCode } from '../../errors/sessionError.ts';
import type { RecordJudge } from '../../record/judgeRecord.ts';
import type { StoredTokensStore } from '../../storage/storedTokens.ts';
import { inTurn } from '../../time/inTurn.ts';
import type { Commit } from '../commit.ts';
import { failureClassOf } from '../failureClass.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { Provider } from '../protocol/provider.ts';
import { toSessionError } from '../protocol/toSessionError.ts';
import type { CatchUp } from '../tabs/catchUp.ts';
import type { Attempt } from './attempt.ts';
import type { AuthorizationRequests } from './authorizationRequests.ts';
import { createCompleteSignIn } from './completeSignIn.ts';
import type { Elsewhere } from './elsewhere.ts';
import { createInteractive } from './interactive.ts';
import { createPrompting } from './prompting.ts';
import { createProviderRedirect } from './providerRedirect.ts';
import { rescue } from './rescue.ts';
import { createRestore } from './restore.ts';
import { createReturned } from './returned.ts';
import type { Silent } from './silent.ts';
import { createTakeAuthorizationResponse } from './takeAuthorizationResponse.ts';
import { createFromStorage, type TakeUp } from './takeUp.ts';
import type { Transactions } from './transactions.ts';
import { createTries } from './tries.ts';

/** Signs somebody in, in one of the ways that the machine asks for; never fails. */
export type Login = (request: LoginRequested, attempt: Attempt) => Promise<LoginGranted | LoginFailed>;

/** What the ways to be signed in share with the rest of the grants. */
export interface LoginDeps {
  readonly judge: RecordJudge;
  readonly commit: Commit;
  readonly requests: AuthorizationRequests;
  readonly silent: Silent;
  readonly stored: StoredTokensStore | undefined;
  readonly takeUp: TakeUp;
  readonly elsewhere: Elsewhere | undefined;
  readonly catchUp: CatchUp | undefined;
  openTransactions(): Transactions;
  /** Settles when the record is to be looked at. */
  untilNews(): Promise<void>;
}

/** Errors for the caller alone: giving up is no failure, and what led to a loop says more than the loop. */
const untold: ReadonlySet<SessionErrorCode> = new Set(['sign_in_cancelled', 'sign_in_loop']);

export const createLogin = (provider: Provider, deps: GrantDeps, shared: LoginDeps): Login => {
  const { commit, requests, silent, stored, takeUp, elsewhere, openTransactions } = shared;
  const complete = createCompleteSignIn(deps, commit);
  const redirect = createProviderRedirect(deps, requests, createPrompting(provider, deps));
  const returned = createReturned(() => createTries(deps), complete, deps);
  const takeAuthorizationResponse = createTakeAuthorizationResponse(deps, openTransactions, requests);
  const { flights } = deps;

  /** Made for each attempt: a session restores at its start, and then it may live for hours. */
  const restore = (attempt: Attempt): Promise<LoginGranted | undefined> =>
    createRestore(deps, {
      ...shared,
      complete,
      redirect,
      returned,
      isBounced: () => deps.page?.isTraversed !== true && openTransactions().isBounced(),
      takeAuthorizationResponse,
      fromStorage: createFromStorage(stored, takeUp),
    })(attempt);

  const ways = {
    /** A start after a stop (React StrictMode), or of the next session of the name, finds what the grants before it bring. */
    restore: (attempt: Attempt) => inTurn(flights, 'restore', () => restore(attempt)),
    interactive: createInteractive(
      provider,
      deps,
      complete,
      redirect,
      returned,
      takeAuthorizationResponse,
      elsewhere,
    ),
    rescue: (attempt: Attempt) =>
      inTurn(flights, 'renewal', () => rescue(silent, complete, attempt, shared, deps)),
  };

  return async ({ kind, attempt: number }, attempt) => {
    const failed: LoginFailed = { type: 'login.failed', attempt: number, failure: null };
    try {
      const granted = await ways[kind](attempt);
      if (!granted) return failed;
      attempt.ticket?.settle(granted.lease);
      return granted;
    } catch (thrown) {
      const error = toSessionError(thrown);
      attempt.ticket?.settle(error);
      // What led to a rescue says more than that it came to nothing.
      if (kind !== 'rescue' && !untold.has(error.code)) deps.onError(error);
      return { ...failed, failure: failureOf(failureClassOf(error), error.code) };
    }
  };
};
