import {
  createInspector,
  createWebSocketInspector,
  createWebSocketReceiver,
  type StatelyInspectionEvent,
} from '@statelyai/inspect';
import { chromium } from 'playwright-core';
import { createSession } from 'token-vigil';
import { createFakeSession, type FakeState } from 'token-vigil/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { chromiumArgs, findChromium } from '../support/chromium.ts';
import { startSocketServer } from '../support/socketServer.ts';
import { startViewerSite } from '../support/viewerSite.ts';

const actorNames = ['session', 'alarm', 'record', 'login', 'refresh', 'activity', 'environment'];
const allStates = ['anonymous', 'authenticated', 'expired', 'idle', 'refreshing'];
const story: readonly FakeState[] = [
  'anonymous',
  'authenticated',
  'refreshing',
  'idle',
  'warning',
  'expired',
];

const createTestSession = () => {
  const session = createFakeSession({
    user: { name: 'planted-user' },
    idle: { after: 300_000, signOutAfter: 600_000 },
  });
  onTestFinished(session.stop);
  return session;
};

const topOf = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.keys((value as object | null) ?? {}).slice(0, 1);

/** The names of the actors, and the large states, that messages tell of. */
const told = (messages: readonly StatelyInspectionEvent[]) => ({
  actors: new Set(messages.flatMap((message) => (message.type === '@xstate.actor' ? [message.name] : []))),
  states: [
    ...new Set(
      messages.flatMap((message) =>
        message.type === '@xstate.snapshot'
          ? topOf((message.snapshot as { readonly value?: unknown }).value)
          : [],
      ),
    ),
  ].toSorted(),
});

test('its observer is taken as its documentation gives it, from the start and later', async () => {
  const [early, late]: [StatelyInspectionEvent[], StatelyInspectionEvent[]] = [[], []];
  const fromStart = createInspector({ send: (event) => void early.push(event) });
  const session = createFakeSession({ user: { name: 'Ada' }, inspect: fromStart.inspect });
  onTestFinished(session.stop);
  await session.enter('authenticated');
  const later = createInspector({ send: (event) => void late.push(event) });
  const detach = session.inspect(later.inspect);
  await session.enter('refreshing');
  await session.enter('idle');
  await expect.poll(() => told(late).states).toEqual(['authenticated', 'idle', 'refreshing']);
  expect(told(early).states).toEqual(['anonymous', 'authenticated', 'idle', 'refreshing']);
  expect([told(early).actors, told(late).actors]).toEqual([new Set(actorNames), new Set(actorNames)]);

  detach();
  const count = late.length;
  await session.enter('expired');
  await expect.poll(() => told(early).states).toContain('expired');
  expect(late.length).toBe(count);
});

test('an adapter that throws does not reach the machine', async () => {
  const printed = vi.spyOn(console, 'error').mockReturnValue();
  const session = createTestSession();
  session.inspect({
    next: () => {
      throw new Error('The inspector is broken');
    },
  });
  await session.enter('warning');
  expect(session.state).toBe('idle.warning');
  expect(printed).toHaveBeenCalled();
});

test('its WebSocket receiver is told the whole story', async () => {
  const { server, address } = await startSocketServer();
  const texts: string[] = [];
  server.on('connection', (socket) =>
    socket.on('message', (data: Buffer) => {
      texts.push(data.toString());
      server.clients.forEach((client) => client !== socket && client.send(data.toString()));
    }),
  );
  const url = `ws://${address}`;
  const received: StatelyInspectionEvent[] = [];
  createWebSocketReceiver({ server: url }).subscribe((message) => void received.push(message));
  await expect.poll(() => server.clients.size).toBe(1);
  // More than it keeps until it is connected would be lost.
  const inspector = createWebSocketInspector({ url });
  await expect.poll(() => server.clients.size).toBe(2);
  const session = createTestSession();
  session.inspect(inspector.inspect);
  for (const state of story) await session.enter(state);
  await expect.poll(() => told(received).states).toEqual(allStates);
  expect(told(received).actors).toEqual(new Set(actorNames));
  expect(texts.filter((text) => /planted|fake-\d/.test(text))).toEqual([]);
  inspector.stop();
});

test('no token, user, issuer or address of a request is in what it sends of a session', async () => {
  const sent: StatelyInspectionEvent[] = [];
  const inspector = createInspector({ send: (event) => void sent.push(event) });
  const session = createSession({
    issuer: 'https://planted-issuer.test',
    clientId: 'planted-client',
    tokenOrigins: ['https://api.test'],
    inspect: inspector.inspect,
    onWarning: () => undefined,
    fetch: async () => Response.json({}),
    grants: {
      signIn: async () => ({ access_token: 'planted-1', refresh_token: 'planted-2', expires_in: 300 }),
      refresh: async () => ({ access_token: 'planted-3', refresh_token: 'planted-4', expires_in: 300 }),
    },
    user: () => ({ name: 'planted-user' }),
  });
  onTestFinished(session.stop);
  await session.signIn({});
  await session.renew();
  await session.fetch('https://api.test/?query=planted-query');
  await session.signOut();
  await expect.poll(() => told(sent).states).toEqual(['anonymous', 'authenticated', 'refreshing']);
  expect(sent.length).toBeGreaterThan(30);
  expect(JSON.stringify(sent)).not.toContain('planted');
});

/** An app that opens the inspector with a page of its own. */
const app = `
  import { createBrowserInspector } from '@statelyai/inspect';
  import { createFakeSession } from 'token-vigil/testing';
  const session = createFakeSession({
    user: { name: 'planted-user' },
    idle: { after: 300_000, signOutAfter: 600_000 },
  });
  const iframe = document.body.appendChild(document.createElement('iframe'));
  const inspector = createBrowserInspector({ url: '/receiver.html', iframe });
  session.inspect(inspector.inspect);
  window.enter = (state) => session.enter(state);
`;

const receiver = `
  import { createBrowserReceiver } from '@statelyai/inspect';
  parent.stately = [];
  createBrowserReceiver().subscribe((message) => parent.stately.push(message));
`;

declare global {
  interface Window {
    enter(state: FakeState): Promise<void>;
    stately: StatelyInspectionEvent[];
  }
}

test.runIf(findChromium() ?? process.env['CI'])('its browser receiver is told the whole story', async () => {
  const site = await startViewerSite({ app: { code: app }, receiver: { code: receiver } });
  onTestFinished(site.stop);
  const executablePath = findChromium();
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumArgs });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  await page.goto(`${site.origin}/app.html`);
  await page.waitForFunction(() => 'stately' in window && 'enter' in window);
  for (const state of story) await page.evaluate((name) => window.enter(name), state);
  const read = () => page.evaluate(() => window.stately);
  await expect.poll(async () => told(await read()).states).toEqual(allStates);
  const received = await read();
  expect(told(received).actors).toEqual(new Set(actorNames));
  expect(JSON.stringify(received)).not.toMatch(/planted|fake-\d/);
  expect([...hosts]).toEqual([site.origin]);
});
