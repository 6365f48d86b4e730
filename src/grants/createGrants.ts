import { failureOf } from '../../machines/failureOf.ts';
import { isFresh } from '../../machines/freshness.ts';
import type { Failure } from '../../machines/sessionContext.ts';
import type {
  LoginFailed,
  LoginGranted,
  LoginRequested,
  RecordLoaded,
  RecordRequested,
  RefreshFailed,
  RefreshGranted,
  RefreshRequested,
} from '../../machines/sessionEvents.ts';
import { SessionError, type SessionErrorCode } from '../errors/sessionError.ts';
import { createRecordService } from '../record/recordService.ts';
import { createStoredTokens } from '../storage/storedTokens.ts';
import { readInstant } from '../time/clock.ts';
import type { TokenSet, VaultPermit } from '../vault/vault.ts';
import { type Adopt, type AdoptFrom, createAdopt, createAdoptFrom } from './adopt.ts';
import { arrivedStale, createCommit } from './commit.ts';
import { failureClassOf, oauthErrorOf } from './failureClass.ts';
import type { GrantDeps, SignInRequest } from './grantDeps.ts';
import { customRenewal } from './protocol/customAnswer.ts';
import { isOtherUser } from './protocol/isOtherUser.ts';
import { createProvider } from './protocol/provider.ts';
import { refreshGrant } from './protocol/refreshGrant.ts';
import { revoke } from './protocol/revocation.ts';
import { toSessionError } from './protocol/toSessionError.ts';
import type { OddAnswer, TokenAnswer } from './protocol/tokenAnswer.ts';
import { createLogin } from './signIn/login.ts';
import { createRedirects } from './signIn/redirects.ts';
import { createSilent } from './signIn/silent.ts';
import type { SignOutOptions } from './signInOptions.ts';
import { createSignOut } from './signOut.ts';

/** The services behind a session's machine, and what else talks to the provider. */
export interface Grants {
  login(request: LoginRequested): Promise<LoginGranted | LoginFailed>;
  refresh(request: RefreshRequested): Promise<RefreshGranted | RefreshFailed>;
  record(request: RecordRequested): Promise<RecordLoaded | undefined>;
  /** Whether another page of the origin has signed out meanwhile, or somebody else in. */
  hasEnded(): Promise<boolean>;
  /** Ends the session at the provider, as far as asked; never fails. */
  signOut(
    tokens: TokenSet | undefined,
    logoutHint: string | undefined,
    options: SignOutOptions,
  ): Promise<void>;
  /** Fails with a {@link SessionError} where the tokens are unusable or another user's. */
  readonly adopt: Adopt;
  readonly adoptFrom: AdoptFrom;
  /** Removes the tokens from the app's storage. */
  forget(): Promise<void>;
}

const failureFrom = (error: SessionError): Failure =>
  failureOf(failureClassOf(error), error.code, {
    status: error.status ?? null,
    error: oauthErrorOf(error),
    retryAfterMs: error.retryAfterMs ?? null,
  });

/** Errors for the caller alone: giving up is no failure, and what led to a loop says more than the loop. */
const untold: ReadonlySet<SessionErrorCode> = new Set(['sign_in_cancelled', 'sign_in_loop']);

/** The tokens that an answer belongs to are not the newest any more. */
const superseded = failureOf('unknown', 'session_ended');

const failed = ({ epoch, generation }: RefreshRequested, failure: Failure): RefreshFailed => ({
  type: 'refresh.failed',
  epoch,
  generation,
  failure,
});

/** Login and refresh over `oauth4webapi`, with the vault, the record and the page that the session lends. */
export const createGrants = (parts: GrantDeps): Grants => {
  const { clock, vault, record, options } = parts;
  const provider = createProvider(options, { clock, fetch: parts.fetch, digest: parts.digest });
  const redirects = createRedirects(provider, parts);
  const silent = createSilent(parts, redirects);
  const stored = options.storage && createStoredTokens(options.storage, parts.name, parts);
  const commit = createCommit(parts, stored, silent.worksInPlace || options.grants?.refresh !== undefined);

  const askAnew = (tokens: TokenSet): Promise<TokenAnswer | OddAnswer> => {
    const custom = options.grants?.refresh;
    if (custom) return customRenewal(clock, custom, tokens, provider.tokenTimeoutMs);
    return tokens.refreshToken === undefined ? silent.askInPlace() : refreshGrant(provider, tokens);
  };

  const newTokens = async (tokens: TokenSet): Promise<TokenAnswer> => {
    const answer = await askAnew(tokens);
    if ('error' in answer) throw answer.error;
    if (!isOtherUser(answer, tokens)) return answer;
    throw new SessionError('id_token_invalid', 'The renewed ID token has another sub. Sign in again');
  };

  const login = createLogin(provider, parts, { commit, redirects, silent, stored, renew: newTokens });

  const adopt = createAdopt(vault, commit);

  const fail = (thrown: unknown): Failure => {
    const error = toSessionError(thrown);
    parts.onError(error);
    return failureFrom(error);
  };

  const failSignIn = (thrown: unknown, { kind, request }: LoginRequested): Failure => {
    const error = toSessionError(thrown);
    const asked: SignInRequest | undefined = parts.signIns.get(request ?? '');
    if (asked) asked.error = error;
    // What led to a rescue says more than that it came to nothing.
    if (kind !== 'rescue' && !untold.has(error.code)) parts.onError(error);
    return failureFrom(error);
  };

  const renew = async (
    permit: VaultPermit,
    request: RefreshRequested,
  ): Promise<RefreshGranted | RefreshFailed> => {
    const { epoch, generation } = request;
    // A sign-in that has filled the vault anew is told to the machine a moment later: its tokens are not spent for the old one.
    const tokens = vault.lease?.epoch === epoch ? permit.read() : undefined;
    const answer = tokens && (await newTokens(tokens));
    const lease = answer && (await commit.renewal(answer, permit, request));
    if (lease && isFresh(lease, readInstant(clock)))
      return { type: 'refresh.granted', epoch, generation, lease };
    if (lease) return { ...failed(request, fail(arrivedStale(lease))), lease };
    if (answer && vault.lease?.epoch !== epoch) await revoke(provider, answer.tokens);
    return failed(request, superseded);
  };

  /** Never two at once, also across a sign-out: what had to wait is judged anew, because the user may have left. */
  let renewal: Promise<RefreshGranted | RefreshFailed> | undefined;
  const renewAlone = (request: RefreshRequested): Promise<RefreshGranted | RefreshFailed> => {
    if (renewal) return renewal.then(() => failed(request, superseded));
    renewal = renew(vault.permit(), request)
      .catch((thrown: unknown) => failed(request, fail(thrown)))
      .finally(() => (renewal = undefined));
    return renewal;
  };

  let newest = 0;
  let lastLogin: Promise<unknown> = Promise.resolve();
  const ending = <T>(done: Promise<T>): Promise<T> => {
    lastLogin = done.catch(() => undefined);
    return done;
  };
  /** The same session started again (React StrictMode) finds what the last start's grants have brought. */
  const settled = (): Promise<unknown> => Promise.all([renewal, lastLogin]);

  const signIn = async (
    request: LoginRequested,
    before: Promise<unknown> | undefined,
  ): Promise<LoginGranted | undefined> => {
    await before;
    const mine = ++newest;
    return login(request, () => mine === newest);
  };

  return {
    async login(request) {
      const { attempt } = request;
      try {
        // Two starts can come in one turn, while this code is loaded: the second waits for the first all the same.
        const granted = await ending(signIn(request, request.kind === 'restore' ? settled() : undefined));
        return granted ?? { type: 'login.failed', attempt, failure: null };
      } catch (thrown) {
        return { type: 'login.failed', attempt, failure: failSignIn(thrown, request) };
      }
    },

    refresh: renewAlone,

    adopt,
    adoptFrom: createAdoptFrom(adopt, parts),

    record: createRecordService(record, clock),

    async hasEnded() {
      const held = vault.lease?.epoch;
      const { epoch, who } = await record.read();
      return held !== undefined && held === vault.lease?.epoch && (held !== epoch || who === null);
    },

    forget: async () => stored?.clear(),
    signOut: createSignOut(provider, parts),
  };
};
