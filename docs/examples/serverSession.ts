import { createHash } from 'node:crypto';
import { createSession, type Session, type TokenResponse } from 'token-vigil';

/** A backend for a frontend: the browser holds a cookie, this process the tokens; one session per cookie. */
const sessions = new Map<string, Session<{ readonly sub: string }>>();

/** The name of a session is public: logs and inspectors show it, and who has the cookie is signed in. */
const nameFor = (cookie: string): string => createHash('sha256').update(cookie).digest('base64url');

const minutes = (count: number): number => count * 60_000;

/** `redeem` exchanges the code of the sign-in's redirect, for example with `openid-client`. */
export const signInUser = async (cookie: string, redeem: () => Promise<TokenResponse>) => {
  const session = createSession({
    name: nameFor(cookie),
    issuer: 'https://id.example.com/realms/app',
    clientId: 'backend',
    clientSecret: process.env['CLIENT_SECRET'] ?? '',
    tokenOrigins: 'https://api.internal.example.com',
    idle: { after: minutes(15), signOutAfter: minutes(30) },
    grants: { signIn: redeem },
    user: ({ idToken }) => ({ sub: idToken?.sub ?? '' }),
  });
  const forget = (): void => {
    sessions.delete(cookie);
    session.stop();
  };
  session.on('expired', forget);
  session.on('signedOut', forget);
  await session.signIn();
  sessions.set(cookie, session);
  return session;
};

/** The session of a request. What the browser polls by itself is no sign of a person: leave out `touch` there. */
export const sessionOf = (cookie: string, isPolling: boolean) => {
  const session = sessions.get(cookie);
  if (!isPolling) session?.touch();
  return session;
};
