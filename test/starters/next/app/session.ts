import { createSession } from 'token-vigil';

export const session = createSession({
  issuer: process.env.NEXT_PUBLIC_ISSUER!,
  clientId: 'demo',
});
