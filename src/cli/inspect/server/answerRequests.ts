import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readBatch } from '../../../inspect/batch.ts';
import type { Doors } from './doors.ts';
import { writeEvents } from './eventStream.ts';
import type { Hub } from './hub.ts';
import { page, safeHeaders } from './page.ts';
import { readBody } from './readBody.ts';
import { Refusal } from './refusal.ts';
import type { Secret } from './secret.ts';
import type { ViewerDoor } from './viewerDoor.ts';

/** A recording that the viewer shows: its file's name and text. */
export interface ShownFile {
  readonly name: string;
  readonly text: string;
}

/** What the answers are made of. */
export interface Parts {
  readonly doors: Doors;
  readonly viewerDoor: ViewerDoor;
  readonly senderToken: Secret;
  readonly hub: Hub;
  /** What the page runs, by path: `/viewer.js`, and what that imports. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly file: ShownFile | undefined;
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
}

const requireMethod = ({ request }: Asked, method: string): void => {
  if (request.method !== method) throw new Refusal(405, `Only ${method} is answered here`);
};

const send = ({ response }: Asked, type: string, body: string): void =>
  void response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` }).end(body);

/** The address of the page: with its token once, from then on with the cookie. */
const openPage = (asked: Asked, { viewerDoor }: Parts): void => {
  const { request, response, query } = asked;
  const token = query.get('token');
  if (token !== null) {
    const cookie = viewerDoor.spend(token);
    if (!cookie)
      throw new Refusal(401, 'This address has been used, or is not the one that was printed. Start again');
    return void response.writeHead(303, { Location: '/', 'Set-Cookie': cookie }).end();
  }
  requireCookie(request, viewerDoor);
  send(asked, 'text/html', page);
};

const requireCookie = ({ headers }: IncomingMessage, { isOpenTo }: ViewerDoor): void => {
  if (!isOpenTo(headers)) throw new Refusal(401, 'Open the address that token-vigil inspect has printed');
};

/** What the page asks for. */
const readings = new Map<string, (asked: Asked, parts: Parts) => void>(
  Object.entries({
    '/events': ({ response, query }: Asked, { hub }: Parts) =>
      writeEvents(response, hub, query.get('session') ?? undefined),
    '/recording': (asked: Asked, { file }: Parts) =>
      send(asked, 'application/json', JSON.stringify(file ?? null)),
    '/favicon.ico': ({ response }: Asked) => void response.writeHead(204).end(),
  }),
);

/** Answers only these origins: to others the browser shows neither the answer nor the refusal. */
const allowOrigin = ({ response }: Asked, origin: string | undefined): void => {
  response.setHeader('Vary', 'Origin');
  if (origin === undefined) return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
};

const answerPreflight = ({ request: { headers }, response }: Asked): void => {
  response.setHeader('Access-Control-Allow-Methods', 'POST');
  response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type');
  if (headers['access-control-request-private-network'] === 'true')
    response.setHeader('Access-Control-Allow-Private-Network', 'true');
  response.writeHead(204).end();
};

const requireToken = ({ headers }: IncomingMessage, token: Secret): void => {
  const [, given] = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (!token.isSame(given))
    throw new Refusal(401, 'The token is not the one that token-vigil inspect has printed');
};

const takeEntries = async (asked: Asked, { doors, hub, senderToken }: Parts): Promise<void> => {
  const { request, response } = asked;
  const origin = doors.requireSender(request.headers);
  allowOrigin(asked, origin);
  if (request.method === 'OPTIONS') return answerPreflight(asked);
  requireMethod(asked, 'POST');
  requireToken(request, senderToken);
  const batch = readBatch(await readBody(request));
  if (typeof batch === 'string') throw new Refusal(400, batch);
  hub.take(batch, origin);
  response.writeHead(204).end();
};

const answer = async (asked: Asked, parts: Parts): Promise<void> => {
  const { request, path } = asked;
  parts.doors.requireOwnHost(request.headers);
  if (path === '/entries') return takeEntries(asked, parts);
  const isOpening = path === '/';
  parts.doors.requireOwnPage(request.headers, isOpening);
  requireMethod(asked, 'GET');
  if (isOpening) return openPage(asked, parts);
  requireCookie(request, parts.viewerDoor);
  const script = parts.scripts.get(path);
  if (script !== undefined) return send(asked, 'text/javascript', script);
  const read = readings.get(path);
  if (!read) throw new Refusal(404, 'There is nothing here');
  read(asked, parts);
};

const refuse = ({ response, request }: Asked, error: unknown): void => {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { status, message } =
    error instanceof Refusal ? error : new Refusal(500, 'The inspector stumbled over this');
  // What is left of a body is thrown away: a connection that breaks off would hide the answer.
  request.resume();
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
};

/** Answers every request: with what it asks for, or in a line why not. */
export const answerRequests =
  (parts: Parts): RequestListener =>
  (request, response) => {
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value);
    const [path = '', query] = (request.url ?? '').split('?', 2);
    const asked = { request, response, path, query: new URLSearchParams(query) };
    void answer(asked, parts).catch((error: unknown) => refuse(asked, error));
  };
