import { startExpressExample } from '../../support/expressExample.ts';
import { createHttpBrowser } from '../../support/httpBrowser.ts';
import type { Claims } from './conduct.ts';
import type { ConformanceProvider } from './provider.ts';
import { failure, type RelyingParty } from './relyingParty.ts';

/** What a script gets: the failures of the example are JSON for it. */
const read = async (answer: Response): Promise<Claims> => {
  const body = (await answer.json()) as Claims;
  if (!answer.ok) throw failure(String(body['code']));
  return body;
};

/** The Express example and a browser at it. */
export const startServer = async (
  { issuer, register }: ConformanceProvider,
  clientSecret: string,
): Promise<RelyingParty> => {
  const client = { clientId: 'server', clientSecret };
  const example = await startExpressExample('127.0.0.1', (origin) => {
    register({ ...client, redirectUri: `${origin}/auth/callback`, postLogoutRedirectUri: `${origin}/` });
    return { ...client, issuer };
  });
  const browser = createHttpBrowser();
  const at = (path: string): string => example.origin + path;

  const post = (path: string): Promise<Response> =>
    browser.send(at(path), { method: 'POST', headers: { Origin: example.origin } });

  const who = async (): Promise<string | null> => {
    const { text } = await browser.open(at('/'));
    return /<h1>Hello (.+)<\/h1>/.exec(text)?.[1] ?? null;
  };

  /** Up to an answer that leads nowhere, as a script would get it. */
  const follow = async (answer: Response): Promise<Response> => {
    const location = answer.headers.get('Location');
    if (location === null) return answer;
    return follow(await browser.send(location));
  };

  return {
    async signIn() {
      const page = await follow(await browser.send(at('/login')));
      if (!page.ok) await read(page);
      return String(await who());
    },
    profile: async () => read(await browser.send(at('/profile'))),
    renew: async () => read(await post('/refresh_token')),
    signOut: async () => follow(await post('/logout')),
    who,
    // It keeps them in sessions alone, all or none, and this asks nothing but whether there is one.
    kept: async (tokens) => ((await post('/presence')).status === 401 ? [] : tokens),
  };
};
