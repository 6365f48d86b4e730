import { IDBFactory } from 'fake-indexeddb';
import { onTestFinished, vi } from 'vitest';
import { type IdTokenClaims, type Session, webStorage } from '../../../src/index.ts';
import { assembleSession } from '../../../src/session/assembleSession.ts';
import { detectPlatform } from '../../../src/session/platform.ts';
import { resolveOptions } from '../../../src/session/resolveOptions.ts';
import type { Claims } from './conduct.ts';
import type { ConformanceProvider } from './provider.ts';
import { createPageWindow, createTabStorage } from './pageWindow.ts';
import { failure, type RelyingParty } from './relyingParty.ts';

/** Of another site than the provider: nothing is asked in a frame. */
const APP = 'https://app.example.com/';

type Act<T> = (session: Session) => Promise<T>;

/** Follows the provider's redirects up to the address in the app that they end at. */
const wayBack = async (from: string): Promise<string> => {
  if (from.startsWith(APP)) return from;
  const { headers, status } = await fetch(from, { redirect: 'manual' });
  const location = headers.get('Location');
  if (location === null) throw new Error(`The provider answered ${status} at ${from}`);
  return wayBack(new URL(location, from).href);
};

/**
 * A page that uses the library as the README says, in one tab. It is loaded anew each time that it comes back from the provider;
 * only its window is made up.
 */
export const startPage = (
  { issuer, userinfoUrl, register }: ConformanceProvider,
  /** As the suite's Basic plan registers every client. */
  clientSecret?: string,
): RelyingParty => {
  const client = { clientId: 'page', ...(clientSecret !== undefined && { clientSecret }) };
  register({ ...client, redirectUri: APP, postLogoutRedirectUri: APP });
  vi.stubGlobal('indexedDB', new IDBFactory());
  onTestFinished(() => void vi.unstubAllGlobals());
  const tab = createTabStorage();

  const load = (url: string) => {
    const { window, left } = createPageWindow(url, tab);
    const platform = { ...detectPlatform({}), window };
    const options = {
      issuer,
      ...client,
      tokenOrigins: new URL(issuer).origin,
      validateIdTokenSignature: true,
      storage: webStorage(tab),
      // Of a secret in a page.
      onWarning: () => {},
    };
    return {
      session: assembleSession<IdTokenClaims>(resolveOptions(options, platform), platform),
      left,
    };
  };

  let page = load(APP);
  onTestFinished(() => page.session.stop());

  /** What this page does, or where it has left for the provider, what the page does that is loaded then. */
  const run = async <T>(act: Act<T>, then: Act<T> = act): Promise<T> => {
    const done = await Promise.race([
      act(page.session).then((value) => ({ value })),
      page.left.then((from) => ({ from })),
    ]);
    if ('value' in done) return done.value;
    page.session.stop();
    page = load(await wayBack(done.from));
    return run(then);
  };

  const require: Act<string> = async (session) => (await session.require()).sub;

  return {
    signIn: () =>
      run(async (session) => {
        const isAgain = session.user !== null;
        return isAgain ? (await session.signIn({ prompt: 'login' })).sub : require(session);
      }, require),
    profile: () =>
      run(async (session) => {
        const profile = (await (await session.fetch(userinfoUrl)).json()) as Claims;
        if (profile['sub'] !== session.user?.sub) throw failure('profile_of_another');
        return profile;
      }),
    renew: () => run((session) => session.renew()),
    signOut: () =>
      run(
        (session) => session.signOut(),
        async (session) => void (await session.start()),
      ),
    who: async () => page.session.user?.sub ?? null,
    async kept(tokens) {
      const stored = JSON.stringify(Array.from({ length: tab.length }, (_, at) => tab.getItem(tab.key(at)!)));
      const held = [page.session.peekAccessToken(), stored].join();
      return tokens.filter((token) => held.includes(token));
    },
  };
};
