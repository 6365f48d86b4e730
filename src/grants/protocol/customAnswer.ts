import { isSessionError, SessionError } from '../../errors/sessionError.ts';
import { type Clock, type Instant, type Milliseconds, readInstant } from '../../time/clock.ts';
import { settleWithin } from '../../time/settleWithin.ts';
import type { TokenSet } from '../../vault/vault.ts';
import type { TokenResponse } from '../tokenResponse.ts';
import { answerFrom } from './answerFrom.ts';
import { nativeCauseOf } from './nativeCause.ts';
import { renewalAnswer } from './renewalAnswer.ts';
import type { OddAnswer, TokenAnswer } from './tokenAnswer.ts';
import { tidied } from './toSessionError.ts';
import { withoutSecrets } from './withoutSecrets.ts';

type Secrets = readonly (string | undefined)[];

const action = 'options.grants: the function';
const remedies = { response_invalid: "It must return a token endpoint's answer" };

/** A `SessionError` of the app's own, or of another copy of this library, decides by its code. */
const cleaned = (thrown: SessionError, secrets: readonly string[]): SessionError => {
  const { code, message, cause, status, retryable, retryAfterMs } = thrown;
  const hide = (text: string): string => withoutSecrets(text, secrets);
  const shown = [message, thrown.error, thrown.errorDescription].join(' ');
  if (thrown instanceof SessionError && cause === undefined && hide(shown) === shown) return thrown;
  return new SessionError(code, hide(message), {
    status,
    retryable,
    retryAfterMs,
    error: tidied(thrown.error, secrets),
    errorDescription: tidied(thrown.errorDescription, secrets),
    cause: nativeCauseOf(cause, hide),
  });
};

/** Of any other error only the name is kept, since it may hold a request. */
const rethrow = (thrown: unknown, secrets: readonly string[]): never => {
  if (isSessionError(thrown)) throw cleaned(thrown, secrets);
  const { name } = Object(thrown) as { name?: unknown };
  throw new SessionError(
    'network_failed',
    `${action} failed with ${tidied(name, secrets) ?? typeof thrown}. Throw a SessionError to say what that means`,
    { retryable: true },
  );
};

const ask = async (
  clock: Clock,
  run: () => Promise<TokenResponse>,
  sent: Secrets,
  limitMs?: Milliseconds,
): Promise<{ response: TokenResponse; sentAt: Instant; context: object }> => {
  const secrets = sent.filter((secret) => secret !== undefined);
  const sentAt = readInstant(clock);
  // An async function, so that what it throws before its first await is caught as well.
  const asked = (async () => run())();
  const response = await (limitMs === undefined ? asked : settleWithin(clock, limitMs, asked)).catch(
    (thrown: unknown) => rethrow(thrown, secrets),
  );
  return { response, sentAt, context: { action, remedies, secrets, mayBeOlder: true } };
};

/**
 * The answer of a sign-in of the app's own; a person may need long for it.
 *
 * @throws {SessionError}
 */
export const customAnswer = async (
  clock: Clock,
  run: () => Promise<TokenResponse>,
  secrets: Secrets = [],
): Promise<TokenAnswer> => {
  const { response, sentAt, context } = await ask(clock, run, secrets);
  return answerFrom(response, sentAt, { ...context, refused: 'sign_in_refused' });
};

/**
 * The answer of a refresh of the app's own, judged as one of the token endpoint.
 *
 * @throws {SessionError} where nothing of an answer can be used, or none comes within `limitMs`.
 */
export const customRenewal = async (
  clock: Clock,
  run: (refreshToken: string | undefined) => Promise<TokenResponse>,
  held: TokenSet,
  limitMs: Milliseconds,
): Promise<TokenAnswer | OddAnswer> => {
  const { response, sentAt, context } = await ask(
    clock,
    () => run(held.refreshToken),
    Object.values(held),
    limitMs,
  );
  return renewalAnswer(Object(response) as Record<string, unknown>, held, () =>
    answerFrom(response, sentAt, context),
  );
};
