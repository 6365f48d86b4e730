import { createSession } from 'token-vigil';

export const session = createSession({
  issuer: import.meta.env.VITE_ISSUER,
  clientId: 'demo',
});
