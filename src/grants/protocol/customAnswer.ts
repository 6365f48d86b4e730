import { isSessionError, SessionError, type SessionErrorCode } from '../../errors/sessionError.ts';
import { type Clock, type Instant, type Milliseconds, readInstant } from '../../time/clock.ts';
import { instantAtWall } from '../../time/deadline.ts';
import { settleWithin } from '../../time/settleWithin.ts';
import type { TokenSet } from '../../vault/vault.ts';
import type { CustomGrants } from '../grantOptions.ts';
import type { OwnTokenResponse, TokenRefusal } from '../tokenResponse.ts';
import { answerFrom } from './answerFrom.ts';
import { nativeCauseOf } from './nativeCause.ts';
import { renewalAnswer } from './renewalAnswer.ts';
import type { OddAnswer, TokenAnswer } from './tokenAnswer.ts';
import { tidied } from './toSessionError.ts';
import { withoutSecrets } from './withoutSecrets.ts';

type Secrets = readonly (string | undefined)[];
type OwnAnswer = OwnTokenResponse | TokenRefusal;

const remedies = { response_invalid: "It must return a token endpoint's answer" };

const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** A `SessionError` of the app's own, or of another copy of this library, decides by its code. What else is in it is not passed on. */
const cleaned = (thrown: SessionError, secrets: readonly string[]): SessionError => {
  const { code, message, cause, status, grantType, retryable, retryAfterMs } = thrown;
  const hide = (text: string): string => withoutSecrets(text, secrets);
  return new SessionError(code, hide(message), {
    status: numberIn(status),
    grantType: tidied(grantType, secrets),
    retryable: (retryable as unknown) === true,
    retryAfterMs: numberIn(retryAfterMs),
    error: tidied(thrown.error, secrets),
    errorDescription: tidied(thrown.errorDescription, secrets),
    cause: nativeCauseOf(cause, hide),
  });
};

/**
 * What engines say of a mistake in code. A `fetch` that failed is a `TypeError` as well, so whatever is not surely such a
 * mistake counts as no answer.
 */
const MISTAKE = /\b(is not (an?|iterable)|is (undefined|null)|of (undefined|null)|undefined or null)\b/;

const codeOf = ({ name, message }: { name?: unknown; message?: unknown }): SessionErrorCode => {
  // `response.json()` of a page that is none.
  if (name === 'SyntaxError') return 'response_invalid';
  const isMistake = name === 'ReferenceError' || (name === 'TypeError' && MISTAKE.test(String(message)));
  return isMistake ? 'option_invalid' : 'network_failed';
};

/** Of any other error only the name is kept, since it may hold a request. */
const rethrow = (action: string, thrown: unknown, secrets: readonly string[]): never => {
  if (isSessionError(thrown)) throw cleaned(thrown, secrets);
  const known = Object(thrown) as { name?: unknown };
  const code = codeOf(known);
  const remedy =
    code === 'option_invalid'
      ? 'That is a mistake in its code'
      : "Throw a SessionError, or return { error: 'invalid_grant' }, to say what that means";
  const message = `${action} failed with ${tidied(known.name, secrets) ?? typeof thrown}. ${remedy}`;
  throw new SessionError(code, message, { retryable: code !== 'option_invalid' });
};

/** A time that has not come yet would lengthen the tokens' life. */
const sentAtOf = (response: OwnAnswer, now: Instant): Instant | undefined => {
  const { requestedAt } = Object(response) as Partial<OwnTokenResponse>;
  return Number.isFinite(requestedAt) ? instantAtWall(Math.min(requestedAt!, now.wallMs), now) : undefined;
};

const ask = async (
  name: keyof CustomGrants,
  clock: Clock,
  run: () => Promise<OwnAnswer>,
  sent: Secrets,
  limitMs?: Milliseconds,
): Promise<{ response: OwnAnswer; sentAt: Instant; context: object }> => {
  const action = `\`grants.${name}\``;
  const secrets = sent.filter((secret) => secret !== undefined);
  const calledAt = readInstant(clock);
  // An async function, so that what it throws before its first await is caught as well.
  const asked = (async () => run())();
  const response = await (limitMs === undefined ? asked : settleWithin(clock, limitMs, asked)).catch(
    (thrown: unknown) => rethrow(action, thrown, secrets),
  );
  const sentAt = sentAtOf(response, readInstant(clock)) ?? calledAt;
  return { response, sentAt, context: { action, remedies, secrets, mayBeOlder: true } };
};

/**
 * The answer of a sign-in of the app's own; a person may need long for it.
 *
 * @throws {SessionError}
 */
export const customAnswer = async (
  clock: Clock,
  run: () => Promise<OwnAnswer>,
  secrets: Secrets = [],
): Promise<TokenAnswer> => {
  const { response, sentAt, context } = await ask('signIn', clock, run, secrets);
  return answerFrom(response, sentAt, { ...context, refused: 'sign_in_refused' });
};

/**
 * The answer of a refresh of the app's own, judged as one of the token endpoint.
 *
 * @throws {SessionError} where nothing of an answer can be used, or none comes within `limitMs`.
 */
export const customRenewal = async (
  clock: Clock,
  run: (refreshToken: string | undefined) => Promise<OwnAnswer>,
  held: TokenSet,
  limitMs: Milliseconds,
): Promise<TokenAnswer | OddAnswer> => {
  const { response, sentAt, context } = await ask(
    'refresh',
    clock,
    () => run(held.refreshToken),
    Object.values(held),
    limitMs,
  );
  return renewalAnswer(Object(response) as Record<string, unknown>, held, () =>
    answerFrom(response, sentAt, context),
  );
};
