import { createSession } from 'token-vigil';

export const session = createSession({ issuer: import.meta.env['VITE_ISSUER'], clientId: 'demo' });

declare module 'token-vigil' {
  interface Register {
    session: typeof session;
  }
}
