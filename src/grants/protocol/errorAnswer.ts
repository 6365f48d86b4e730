import type { Milliseconds } from '../../time/clock.ts';

/** What a failed request threw: any of these can be there. */
export interface Thrown {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly response?: unknown;
  /** OAuth `error` of the provider's answer (RFC 6749 §5.2). */
  readonly error?: unknown;
  readonly error_description?: unknown;
}

/** By shape: the answer of a transport of the app's own is no `instanceof` ours. */
const isResponse = (held: unknown): held is Response => {
  const { status, json } = Object(held) as Partial<Response>;
  return typeof status === 'number' && typeof json === 'function';
};

/** The provider's answer, where what was thrown holds it. */
export const responseOf = ({ response, cause }: Thrown): Response | undefined =>
  [response, cause].find(isResponse);

/** What was thrown with what the provider says; `oauth4webapi` leaves that unread where there is a challenge or a 5xx. */
export const withAnswerRead = async (thrown: unknown): Promise<Thrown> => {
  const known = Object(thrown) as Thrown;
  const response = responseOf(known);
  if (known.error || !response || response.bodyUsed) return known;
  const { error, error_description } = Object(await response.json().catch(() => undefined)) as Thrown;
  return { response, error, error_description };
};

const DAY_MS: Milliseconds = 86_400_000;

/** `Retry-After`, at most a day, from seconds or a date (RFC 9110 §10.2.3). A date is reckoned from the server's own, if it can be read. */
export const retryAfterMsOf = ({ headers }: Response, nowWallMs: Milliseconds): Milliseconds | undefined => {
  const value = headers.get('retry-after') ?? '';
  const serverMs = Date.parse(headers.get('date') ?? '') || nowWallMs;
  const delayMs = Number(value) * 1000 || Date.parse(value) - serverMs;
  return delayMs > 0 ? Math.min(delayMs, DAY_MS) : undefined;
};
