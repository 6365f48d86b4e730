import express, { type Express } from 'express';
import { createCookie } from './cookies.ts';
import { answerFailures, onlyOwnPages, requestLog, safeHeaders } from './middleware.ts';
import { createProvider } from './provider.ts';
import { sessionRoutes } from './sessionRoutes.ts';
import type { ServerSettings } from './settings.ts';
import { signInRoutes } from './signInRoutes.ts';
import { createUserSessions } from './userSessions.ts';

/** Signs users in at the provider, keeps their tokens to itself and gives browsers a cookie. */
export const createApp = (settings: ServerSettings): { app: Express; stop: () => void } => {
  const { origin, issuer, log = console.log } = settings;
  const provider = createProvider(settings);
  const sessions = createUserSessions(settings, provider);
  const parts = { origin, provider, sessions, sessionCookie: createCookie('session', origin) };
  const app = express()
    .disable('x-powered-by')
    .use(requestLog(log), safeHeaders(new URL(issuer).origin), onlyOwnPages(origin))
    .use(signInRoutes(parts), sessionRoutes(parts))
    .use(answerFailures(log));
  return { app, stop: sessions.stop };
};
