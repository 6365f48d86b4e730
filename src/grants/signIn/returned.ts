import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import { SessionError, type SessionErrorCode } from '../../errors/sessionError.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { toSessionError } from '../protocol/toSessionError.ts';
import type { Attempt } from './attempt.ts';
import type { CompleteSignIn } from './completeSignIn.ts';
import { wasAsked } from './prompting.ts';
import type { AuthorizationResponse } from './takeAuthorizationResponse.ts';
import type { Tries } from './tries.ts';

/** Answers that came back from the provider, and what they have brought. */
export interface Returned {
  /** Signs in with what came back. */
  take(by: Attempt, response: AuthorizationResponse & { kind: 'matched' }): Promise<LoginGranted>;
  /** An answer came back that refused. */
  fail(error: SessionError): void;
  /** The provider was asked without the user, in vain: who is asked next would meet the same. */
  failSilently(error: SessionError): void;
  /** What has come back so far is forgotten: the app itself asks for a sign-in. */
  forget(): void;
  /**
   * Whether leaving for the provider once more can help.
   *
   * @throws {SessionError} what came back, where it cannot mend itself; `sign_in_loop` after three answers in a row
   */
  requireMendable(): void;
}

/** What another try would meet again. */
const lasting: ReadonlySet<SessionErrorCode> = new Set([
  'sign_in_refused',
  'client_refused',
  'id_token_invalid',
  'option_invalid',
]);

const LONGEST_ROW = 3;

/** Told here and not before leaving: what is said in a page that is left is lost with it. */
const unasked = (): SessionError =>
  new SessionError(
    'provider_unsupported',
    'The provider did not show that it asked the user: after a sign-out the next visitor may be signed in without being asked. See `askUserWith`',
  );

export const createReturned = (
  openTries: () => Tries,
  { accept }: CompleteSignIn,
  { record, onWarning }: Pick<GrantDeps, 'record' | 'onWarning'>,
): Returned => {
  let failure: SessionError | undefined;

  /** An answer without a status came through the browser: with a wrong `iss`, say. */
  const isLasting = ({ code, error, status }: SessionError): boolean => {
    const tries = openTries();
    if (error !== 'invalid_grant' || !tries.isNew('code'))
      return lasting.has(code) || (code === 'response_invalid' && status === undefined);
    // A code can have been too old: it is asked for afresh, once.
    tries.note('code');
    return false;
  };

  const fail = (error: SessionError): void => {
    failure = error;
    openTries().countReturn();
  };

  return {
    async take(by, { finish, isSilent, isPrompted, of }) {
      try {
        const answer = await finish();
        const how = isSilent
          ? ({ by: 'provider', of: of?.epoch } as const)
          : ({ by: 'user', wasAsked: wasAsked(answer, isPrompted) } as const);
        const granted = await accept(by, answer, how);
        if (!isSilent && (await record.read()).promptLogin) onWarning(unasked());
        return granted;
      } catch (thrown) {
        const error = toSessionError(thrown);
        if (!isSilent && error.code !== 'sign_in_cancelled') fail(error);
        throw error;
      }
    },
    fail,
    failSilently(error) {
      if (error.code !== 'sign_in_refused') failure = error;
    },
    forget() {
      failure = undefined;
      openTries().reset();
    },
    requireMendable() {
      if (failure && isLasting(failure)) throw failure;
      const tries = openTries();
      if (tries.returns() < LONGEST_ROW) return;
      tries.reset();
      throw new SessionError(
        'sign_in_loop',
        `${LONGEST_ROW} answers of the provider in a row brought no session. ${failure?.message ?? 'Check redirect URI and site data'}`,
        { cause: failure },
      );
    },
  };
};
