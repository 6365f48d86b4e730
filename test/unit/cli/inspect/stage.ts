import { request as httpRequest } from 'node:http';
import { onTestFinished } from 'vitest';
import {
  type InspectServer,
  type ServerOptions,
  startServer,
} from '../../../../src/cli/inspect/server/startServer.ts';
import { writeBatch } from '../../../../src/inspect/batch.ts';

/** The inspector's server, until the test ends. */
export async function serving(
  options: Partial<ServerOptions> = {},
): Promise<InspectServer & { port: number }> {
  const server = await startServer({
    port: 0,
    origins: [],
    scripts: new Map([
      ['/viewer.js', "import '/src/inspect/viewer/main.js';"],
      ['/src/inspect/viewer/main.js', '/* viewer */'],
    ]),
    file: undefined,
    ...options,
  });
  onTestFinished(server.stop);
  return { ...server, port: Number(new URL(server.origin).port) };
}

/** What a server said. */
export interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** How it was asked: with every header as it stands here, also those that `fetch` would forbid. */
export interface Raw {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Enough has come when the body matches; a stream has no end. */
  readonly until?: RegExp;
}

/** One request, to the byte. */
export function ask({ port }: { readonly port: number }, path: string, raw: Raw = {}): Promise<Said> {
  const { method = 'GET', headers = {}, body, until } = raw;
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (response) => {
        let text = '';
        const done = (): void => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
          asked.destroy();
        };
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          if (until?.test(text)) done();
        });
        response.on('end', done);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** The viewer's cookie, for which the one-time token is spent. */
export async function cookieOf(server: InspectServer & { port: number }): Promise<string> {
  const { search } = new URL(server.viewerUrl);
  const { headers } = await ask(server, `/${search}`);
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

const at = { wallMs: 1_700_000_000_000, monotonicMs: 1000 };

/** A batch with so many entries, from this number on. */
export const batchOf = (count: number, more: object = {}, from = 1): string =>
  writeBatch({
    sender: 'a-sender',
    name: 'app',
    now: at,
    isRunning: false,
    isLast: false,
    entries: Array.from({ length: count }, (_, index) => ({
      number: from + index,
      at,
      kind: 'stopped' as const,
    })),
    ...more,
  });

/** Sends as a process does. */
export const post = (server: InspectServer & { port: number }, body: string, headers = {}): Promise<Said> =>
  ask(server, '/entries', {
    method: 'POST',
    body,
    headers: { Authorization: `Bearer ${server.senderToken}`, ...headers },
  });
