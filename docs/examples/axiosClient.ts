import axios, { type AxiosInstance } from 'axios';
import { isSessionError, type Session, type SessionError } from 'token-vigil';

/** axios 1.12 and later through its fetch adapter: no interceptors. */
export const createAxiosClient = (session: Session<unknown>, apiOrigin: string): AxiosInstance =>
  axios.create({ baseURL: apiOrigin, adapter: 'fetch', env: { fetch: session.fetch } });

/** axios wraps what the gate threw. */
export const sessionErrorOf = (thrown: unknown): SessionError | undefined =>
  [thrown, axios.isAxiosError(thrown) ? thrown.cause : undefined].find(isSessionError);
