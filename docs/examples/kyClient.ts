import ky from 'ky';
import { isSessionError, type Session } from 'token-vigil';

/** Every attempt of ky, retries included, passes the gate and gets a token that is fresh then. This is ky 2. */
export const createKyClient = (session: Session<unknown>, apiOrigin: string) =>
  ky.create({ prefix: apiOrigin, fetch: session.fetch });

/** The `retry` option for ky 1, which retries errors that it does not know; `prefix` is called `prefixUrl` there. */
export const retryForKy1 = {
  shouldRetry: ({ error }: { error: Error }) => (isSessionError(error) ? false : undefined),
};
