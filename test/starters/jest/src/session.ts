import { createSession } from 'token-vigil';

export const session = createSession({
  issuer: 'https://id.example.com/realms/app',
  clientId: 'web',
  tokenOrigins: ['https://api.example.com'],
});
