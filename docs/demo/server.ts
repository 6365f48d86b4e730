import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Backend } from './backend.ts';
import { insisting } from './http/insisting.ts';
import { listen } from './http/listen.ts';
import { preferring } from './http/preferring.ts';
import type { PageSettings, Trouble } from './pageSettings.ts';
import { type Asset, loadAssets } from './server/assets.ts';
import { type ExampleApp, loadExampleApp } from './server/exampleApps.ts';
import { securityHeaders } from './server/securityHeaders.ts';
import { answerTrouble } from './server/trouble.ts';
import { watchBackend } from './server/watch.ts';

/** The running server of the page. */
export interface PageServer {
  readonly origin: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves the page, bundled from the built package, and lets it break its own servers. Loopback only. */
export async function startPageServer(options: {
  backend: Backend;
  port: number;
  isPortAsked?: boolean | undefined;
  /** An example app in place of the demo's page. */
  app?: ExampleApp | undefined;
}): Promise<PageServer> {
  const { backend, app } = options;
  const assets = await (app ? loadExampleApp(app) : loadAssets());
  const headers = securityHeaders(backend, app);
  assets.set('/settings.json', settingsAsset(backend));

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    for (const [name, value] of headers) response.setHeader(name, value);
    if (pathname === '/watch') return watchBackend(response, backend);
    if (request.method === 'POST') return answerTrouble(request, response, pathname, backend);
    // Every address is a page of an app with a router.
    const isPage = app && request.headers.accept?.includes('text/html');
    const asset = assets.get(pathname) ?? (isPage ? assets.get('/') : undefined);
    return asset ? send(response, asset) : void response.writeHead(404).end('Not found');
  }

  const start = options.isPortAsked ? insisting : preferring;
  const { port, stop } = await start(options.port, (free) => listen(createServer(answer), free));
  return { origin: `http://localhost:${port}`, port, stop };
}

function settingsAsset(backend: Backend): Asset {
  const { issuer, clientId, apiOrigin, idle, tokenLife, users, make, adminConsole } = backend;
  const settings: PageSettings = {
    issuer,
    clientId,
    apiOrigin,
    idle,
    ...(tokenLife && { tokenLife }),
    troubles: Object.keys(make) as Trouble[],
    ...(users[0] && { hint: { username: users[0].username, password: users[0].password } }),
    ...(adminConsole && { adminConsole }),
  };
  return { type: 'application/json', body: JSON.stringify(settings) };
}

function send(response: ServerResponse, { type, body }: Asset): void {
  response.writeHead(200, { 'Content-Type': type }).end(body);
}
