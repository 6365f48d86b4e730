import { createSession } from 'token-vigil';
import { settings } from './settings.ts';

const { issuer, clientId, apiOrigin, idle } = settings;

/** The session of the app. Router, guards and components are given it; it knows none of them. */
export const session = createSession({
  issuer,
  clientId,
  tokenOrigins: [apiOrigin],
  idle,
});

declare module 'token-vigil' {
  interface Register {
    session: typeof session;
  }
}
