// oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands what they reject with to the error handler
import { type Request, type RequestHandler, Router } from 'express';
import * as oauth from 'oauth4webapi';
import { SessionError } from 'token-vigil';
import { pageScript, strangerPage, userPage } from './pages.ts';
import type { ServerParts } from './serverParts.ts';
import { signInError } from './signInError.ts';
import type { UserSession } from './userSessions.ts';

const freshUntil = (session: UserSession): string => {
  const { lease } = session.actor.getSnapshot().context;
  return lease ? new Date(lease.accessDeadline.wallMs).toISOString() : '';
};

const standingOf = (session: UserSession) => ({ user: session.user, freshUntil: freshUntil(session) });

/** What a signed-in user's page asks for. `touch` is where a person asks; what a page can do alone leaves it out. */
export const sessionRoutes = ({ provider, sessions, sessionCookie }: ServerParts): Router => {
  const sessionOf = (request: Request): UserSession => {
    const session = sessions.find(sessionCookie.read(request));
    if (session) return session;
    throw new SessionError('signed_out', 'Nobody is signed in here, or the session is over');
  };

  const showFrontPage: RequestHandler = (request, response) => {
    // No `touch`: a page reloads by itself, too.
    const session = sessions.find(sessionCookie.read(request));
    response.send(session?.user ? userPage(session.user, freshUntil(session)) : strangerPage());
  };

  const refresh: RequestHandler = async (request, response) => {
    const session = sessionOf(request);
    session.touch();
    await session.renew();
    response.json(standingOf(session));
  };

  const noticePresence: RequestHandler = (request, response) => {
    const session = sessionOf(request);
    session.touch();
    response.json(standingOf(session));
  };

  /**
   * Asks an API in the user's name, with a token that the browser never sees. The `sub` of userinfo is compared with
   * the ID token's: what is of another user must not be used (OpenID Connect Core 1.0 §5.3.2).
   */
  const showProfile: RequestHandler = async (request, response) => {
    const session = sessionOf(request);
    const server = await provider.metadata();
    const answer = await session.fetch(server.userinfo_endpoint!);
    const profile = await oauth
      .processUserInfoResponse(server, provider.client, session.user?.sub ?? '', answer)
      .catch((thrown: unknown) => {
        throw signInError(thrown);
      });
    response.json(profile);
  };

  return Router()
    .get('/', showFrontPage)
    .get('/page.js', (_request, response) => void response.type('js').send(pageScript))
    .post('/refresh_token', refresh)
    .post('/presence', noticePresence)
    .get('/profile', showProfile);
};
