// oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands what they reject with to the error handler
import { type Request, type RequestHandler, Router } from 'express';
import { SessionError } from 'token-vigil';
import { createCodeFlow, type PendingSignIn } from './codeFlow.ts';
import { createCookie } from './cookies.ts';
import { createPendingSignIns } from './pendingSignIns.ts';
import type { ServerParts } from './serverParts.ts';
import { returnPath } from './returnPath.ts';
import { newId } from './userSessions.ts';
import { withParameters } from './withParameters.ts';

const CALLBACK = '/auth/callback';
/** Proxies refuse what is much longer (414), and with it the sign-out. */
const LONGEST_ADDRESS = 4000;

/** To the provider, back from it, and out again. */
export const signInRoutes = ({ origin, provider, sessions, sessionCookie }: ServerParts): Router => {
  const home = `${origin}/`;
  const flow = createCodeFlow(provider, `${origin}${CALLBACK}`);
  const pendingSignIns = createPendingSignIns();
  const browserCookie = createCookie('sign-in', origin);

  const logIn: RequestHandler = async (request, response) => {
    const { url, pending } = await flow.begin(returnPath(request.query['return_to'], origin));
    const browser = browserCookie.read(request) ?? newId();
    pendingSignIns.keep(browser, pending);
    browserCookie.write(response, browser);
    response.redirect(303, url);
  };

  const pendingOf = (request: Request, state: string | null): PendingSignIn => {
    const pending = pendingSignIns.take(browserCookie.read(request), state ?? '');
    if (pending) return pending;
    throw new SessionError('sign_in_cancelled', 'This answer belongs to no sign-in of this browser');
  };

  const finishLogIn: RequestHandler = async (request, response) => {
    const answerUrl = new URL(request.originalUrl, origin);
    const pending = pendingOf(request, answerUrl.searchParams.get('state'));
    const id = await sessions.open(() => flow.redeem(answerUrl, pending));
    // A new id at every sign-in: one that was planted or overheard before is worth nothing. The tokens of the one before
    // are not revoked: in Keycloak that would end the new session too, for both are one at the provider.
    sessions.drop(sessionCookie.read(request));
    sessionCookie.write(response, id);
    response.redirect(303, pending.returnTo);
  };

  /** The ID token opens nothing; it saves the provider the question whom to sign out, and whether. */
  const signOutUrl = async (idToken: string | undefined): Promise<string> => {
    const { end_session_endpoint } = await provider.metadata();
    const address = withParameters(end_session_endpoint, {
      client_id: provider.client.client_id,
      post_logout_redirect_uri: home,
      // Nothing hangs on it: who comes back with another one, or with none, is signed out here all the same.
      state: newId(),
    });
    const withHint = idToken === undefined ? address : withParameters(address, { id_token_hint: idToken });
    return withHint.length > LONGEST_ADDRESS ? address : withHint;
  };

  const logOut: RequestHandler = async (request, response) => {
    const id = sessionCookie.read(request);
    const idToken = sessions.idTokenOf(id);
    await sessions.find(id)?.signOut();
    sessionCookie.clear(response);
    // A provider that is down, or has no such page, keeps nobody signed in here.
    response.redirect(303, await signOutUrl(idToken).catch(() => home));
  };

  return Router().get('/login', logIn).get(CALLBACK, finishLogIn).post('/logout', logOut);
};
