import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen } from '../../docs/demo/http/listen.ts';
import { createApp } from '../../docs/examples/express/app.ts';
import type { ServerSettings } from '../../docs/examples/express/settings.ts';
import { createHttpBrowser, type HttpBrowser } from './httpBrowser.ts';

/** The running example. */
export interface ExpressExample {
  readonly origin: string;
  /** What it logged, line by line. */
  readonly log: readonly string[];
  /** What a script of its page gets for `POST /refresh_token`. */
  refresh(browser?: HttpBrowser): Promise<Response>;
  /** Through the provider's own sign-in page; `page` is where that ended. */
  signIn(browser?: HttpBrowser, path?: string): Promise<{ browser: HttpBrowser; page: Loaded }>;
}

type Loaded = Awaited<ReturnType<HttpBrowser['open']>>;
type Settings = Omit<ServerSettings, 'origin' | 'log'>;

/** Starts it on a free port; it ends with the test. */
export async function startExpressExample(
  host: 'localhost' | '127.0.0.1',
  settingsAt: (origin: string) => Settings | Promise<Settings>,
  { username = 'user1' } = {},
): Promise<ExpressExample> {
  const server = createServer();
  const { port, stop } = await listen(server, 0);
  onTestFinished(stop);
  const origin = `http://${host}:${port}`;
  const log: string[] = [];
  const example = createApp({ ...(await settingsAt(origin)), origin, log: (line) => log.push(line) });
  onTestFinished(example.stop);
  server.on('request', example.app);

  return {
    origin,
    log,
    refresh: (browser = createHttpBrowser()) =>
      browser.send(`${origin}/refresh_token`, { method: 'POST', headers: { Origin: origin } }),
    async signIn(browser = createHttpBrowser(), path = '/login') {
      const form = await browser.open(`${origin}${path}`);
      return { browser, page: await browser.submit(form, { username, password: 'password' }) };
    },
  };
}
