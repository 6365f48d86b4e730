import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';

/** A request as the stub API has seen it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** In base64: bodies can be binary. */
  readonly body: string;
  /** Whether the client gave up before there was an answer. */
  gaveUp: boolean;
}

/** Where it answers, on the origin of the tests. */
export const STUB_API = '/stub-api';

const logs = new Map<string, Seen[]>();

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const answer = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
  const { searchParams: asked, pathname: path } = url;
  const log = logs.get(asked.get('log')!) ?? [];
  logs.set(asked.get('log')!, log);
  if (path === '/read') {
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(log));
    return;
  }
  const { method = '', headers } = request;
  const seen = { method, path, headers, body: (await bodyOf(request)).toString('base64'), gaveUp: false };
  log.push(seen);
  response.on('close', () => (seen.gaveUp = !response.writableEnded));
  if (asked.has('hang')) return;
  const to = asked.get('redirect');
  if (to) {
    response
      .writeHead(302, { Location: `${STUB_API}/${to}${url.search.replace(/&redirect=\w+/, '')}` })
      .end();
    return;
  }
  const isRefused = asked.getAll('refuse').some((token) => headers.authorization === `Bearer ${token}`);
  const challenge = asked.get('challenge');
  if (isRefused && challenge) response.setHeader('WWW-Authenticate', challenge);
  response.writeHead(isRefused ? 401 : 200, { 'Content-Type': 'application/json' });
  response.end('{"ok":true}');
};

/**
 * An API beside the tests, for clients that cannot be given a `fetch`. Query: `log` groups requests, and `/read` shows those of
 * a log; `refuse` names a token that is answered with 401, and `challenge` how; `hang` never answers; `redirect` to another path.
 */
export const stubApi = (): Plugin => ({
  name: 'stub-api',
  configureServer({ middlewares }) {
    middlewares.use(STUB_API, (request, response) => {
      void answer(request, response, new URL(request.url ?? '', 'http://stub'));
    });
  },
});
