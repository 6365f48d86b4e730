import { createSession } from 'token-vigil';

export const session = createSession({
  issuer: 'https://id.example.com',
  clientId: 'web',
  tokenOrigins: ['https://api.example.com'],
  user: ({ idToken }) => ({ id: idToken?.sub ?? '', name: String(idToken?.['name']) }),
});

declare module 'token-vigil' {
  interface Register {
    session: typeof session;
  }
}
