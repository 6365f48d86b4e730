import { isSessionError, type SessionError } from '../errors/sessionError.ts';
import { causesOfCode } from './causesOfCode.ts';
import { explain } from './explain.ts';
import type { RankedCause } from './explanation.ts';
import type { FailedGrant, FieldShape, NoAnswer, RequestShape, ServerFindings } from './failedGrant.ts';

/** What is read of an error; a `SessionError` is one, the `failure` of a fact another. */
type ExplainableError = Pick<SessionError, 'code'> &
  Partial<Pick<SessionError, 'status' | 'error' | 'errorDescription' | 'grantType' | 'cause'>>;

/** What is known in addition to the error. */
export type ErrorContext = Pick<FailedGrant, 'request' | 'nowSeconds'> & {
  readonly server?: ServerFindings | undefined;
};

const field: FieldShape = { count: 1, isEmpty: false, isPadded: false };

/** What each of our own requests holds, beside what all of them do. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  refresh_token: ['refresh_token'],
  authorization_code: ['code', 'redirect_uri', 'code_verifier'],
  password: ['username', 'password'],
};

/** Our own token requests, as far as they are all alike. */
const ourRequest = (grantType: string | undefined): RequestShape => ({
  method: 'POST',
  url: '',
  encoding: 'form',
  contentType: 'application/x-www-form-urlencoded',
  fields: Object.fromEntries(
    ['grant_type', 'client_id', ...(fieldsOf[grantType ?? ''] ?? [])].map((name) => [name, field]),
  ),
  queryFields: {},
  grantType,
  isSketch: true,
});

/** Node says beneath its `fetch failed` why; a browser does not. */
const reasons: readonly (readonly [pattern: RegExp, reason: NoAnswer])[] = [
  [/ENOTFOUND|EAI_AGAIN/, 'name_unknown'],
  [/ECONNREFUSED/, 'connection_refused'],
  [/ETIMEDOUT|_TIMEOUT\b|^TimeoutError/, 'timed_out'],
  [/ECONNRESET|EPIPE|UND_ERR_SOCKET/, 'connection_lost'],
  [/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL/, 'certificate_refused'],
];

const reasonOf = (cause: unknown): NoAnswer => {
  const text = cause instanceof Error ? `${cause.name} ${cause.message}` : '';
  return reasons.find(([pattern]) => pattern.test(text))?.[1] ?? 'hidden';
};

/** Other errors have a `code` and a `status` as well; a `failure` of a fact is a plain object. */
const isExplainable = (value: unknown): value is ExplainableError =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  (!(value instanceof Error) || value.name === 'SessionError');

const failureOf = (error: ExplainableError, depth = 0): FailedGrant | undefined => {
  const { code, status, cause } = error;
  // Only a refused renewal has this code.
  const grantType = error.grantType ?? (code === 'grant_refused' ? 'refresh_token' : undefined);
  const request = ourRequest(grantType);
  const answer = { error: error.error, errorDescription: error.errorDescription };
  // Without a status, what was malformed came with the 200 that a token answer has.
  if (code === 'response_invalid')
    return { request, answer: { ...answer, status: status ?? 200, isMalformed: true } };
  if (status !== undefined) return { request, answer: { ...answer, status } };
  if (code === 'network_failed') return { request, noAnswer: reasonOf(cause) };
  // What waited for a renewal holds the renewal's error; errors can cause themselves.
  return isSessionError(cause) && depth < 5 ? failureOf(cause, depth + 1) : undefined;
};

/** The error that came first: others are made of it, and errors can cause themselves. */
const firstOf = (error: ExplainableError, depth = 0): ExplainableError =>
  isSessionError(error.cause) && depth < 5 ? firstOf(error.cause, depth + 1) : error;

/**
 * The causes of an error of this library, the most likely first. It accepts anything that a `catch` catches, and returns none if the
 * error is not ours.
 * Of a failed grant it knows that the request was a form with `grant_type` and `client_id`, and usually the grant; with
 * `context.request` it knows more. Of other errors it knows what their code says.
 *
 * @example
 * const { explainError } = await import('token-vigil/explain');
 * const [cause] = explainError(session.error);
 */
export const explainError = (error: unknown, context: ErrorContext = {}): readonly RankedCause[] => {
  if (!isExplainable(error)) return [];
  const failure = failureOf(error);
  const found = failure
    ? explain({ ...failure, ...context, request: context.request ?? failure.request })
    : [];
  return found.length > 0 ? found : causesOfCode(firstOf(error).code);
};
