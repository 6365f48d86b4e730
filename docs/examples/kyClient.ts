import ky from 'ky';
import type { Session } from 'token-vigil';

/** Every attempt of ky, retries included, passes the gate and gets a token that is fresh then. This is ky 2. */
export const createKyClient = (session: Session<unknown>, apiOrigin: string) =>
  ky.create({ prefix: apiOrigin, fetch: session.fetch });

/**
 * For ky 1 only: it retries errors that it does not know, also ours, which ky 2 hands on at once.
 * There the option above is called `prefixUrl`.
 */
export const retryForKy1 = {
  shouldRetry: ({ error }: { error: Error }) => ('code' in error ? false : undefined),
};
