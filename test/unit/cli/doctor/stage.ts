import { createServer, type RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen } from '../../../../docs/demo/http/listen.ts';
import type { CliIo, Input, Limits, Output } from '../../../../src/cli/cliIo.ts';
import { run } from '../../../../src/cli/run.ts';
import { requireReport } from '../../../support/requireReport.ts';

/** What a test gives the command line; nothing of this machine gets in. */
export interface Given {
  readonly env?: CliIo['env'];
  /** Absent: a terminal at which nobody types. */
  readonly stdin?: string | Uint8Array | AsyncIterable<string>;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly typed?: readonly string[];
  readonly fetch?: typeof fetch;
  readonly nowMs?: () => number;
  readonly limits?: Partial<Limits>;
  readonly isTerminal?: boolean;
  readonly columns?: number;
}

async function* chunksOf(content: string | Uint8Array): AsyncGenerator<string | Uint8Array> {
  yield content;
}

const output = (isTTY: boolean, columns: number | undefined): Output & { text: string } => ({
  text: '',
  isTTY,
  columns,
  write(text) {
    this.text += text;
  },
});

const isStream = (content: Given['stdin']): content is AsyncIterable<string> =>
  typeof content === 'object' && Symbol.asyncIterator in content;

const input = (content: Given['stdin']): Input =>
  Object.assign(isStream(content) ? content : chunksOf(content ?? ''), { isTTY: content === undefined });

const absent = (path: string): never => {
  throw Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: 'ENOENT' });
};

async function* fileOf(files: Given['files'], path: string): AsyncGenerator<string | Uint8Array> {
  yield files?.[path] ?? absent(path);
}

/** Runs the command line in this process. */
export async function cli(args: readonly string[], given: Given = {}) {
  const typed = [...(given.typed ?? [])];
  const stdout = output(given.isTerminal ?? false, given.columns);
  const stderr = output(given.isTerminal ?? false, given.columns);
  const status = await run({
    argv: args,
    env: given.env ?? {},
    stdin: input(given.stdin),
    stdout,
    stderr,
    fetch: given.fetch ?? fetch,
    nowMs: given.nowMs ?? Date.now,
    readFile: (path) => fileOf(given.files, path),
    promptHidden: async () => typed.shift() ?? '',
    version: () => '9.9.9',
    viewerScripts: async () => new Map(),
    untilInterrupted: async () => undefined,
    limits: given.limits,
  });
  if (stdout.text.startsWith('{')) requireReport(stdout.text);
  return { status, out: stdout.text, err: stderr.text, first: stdout.text.split('\n')[0] };
}

/** A request that reached a server. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export type Reply = Parameters<RequestListener>[1];

/** A server on loopback that notes what arrives. */
export async function serving(answer: (arrived: Arrived, reply: Reply, origin: string) => unknown) {
  const arrived: Arrived[] = [];
  let origin = '';
  const server = createServer(async (request, reply) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const seen = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    arrived.push(seen);
    await answer(seen, reply, origin);
  });
  const { port, stop } = await listen(server, 0);
  onTestFinished(stop);
  origin = `http://127.0.0.1:${port}`;
  return { origin, arrived };
}

/** A realm that answers as Keycloak does: discovery, and a token endpoint that knows one public client. */
export async function realm(
  token: (fields: URLSearchParams, arrived: Arrived) => readonly [number, object],
  allowedOrigin?: string,
) {
  const path = '/realms/app';
  const server = await serving((arrived, reply, origin) => {
    if (allowedOrigin !== undefined) reply.setHeader('access-control-allow-origin', allowedOrigin);
    const json = (status: number, value: object) => {
      reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (arrived.path === `${path}/.well-known/openid-configuration`) {
      return json(200, {
        issuer: origin + path,
        token_endpoint: `${origin}${path}/protocol/openid-connect/token`,
        authorization_endpoint: `${origin}${path}/protocol/openid-connect/auth`,
      });
    }
    if (arrived.method === 'OPTIONS') return reply.writeHead(204).end();
    if (!arrived.path.startsWith(`${path}/protocol/openid-connect/token`))
      return json(404, { error: 'Realm does not exist' });
    return json(...token(new URLSearchParams(arrived.body), arrived));
  });
  const issuer = server.origin + path;
  return { ...server, issuer, endpoint: `${issuer}/protocol/openid-connect/token` };
}

/** What Keycloak says to a junk token of a client that it knows. */
export const refusedToken = [
  400,
  { error: 'invalid_grant', error_description: 'Invalid refresh token' },
] as const;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token with these claims and no valid signature, but one of the right length. */
export const jwt = (claims: object): string =>
  `${part({ alg: 'HS512', typ: 'JWT' })}.${part(claims)}.${Buffer.alloc(64, 'not a signature of anybody').toString('base64url')}`;
