import { openXStateInspector } from 'token-vigil/inspect/xstate';
import { createFakeSession, type FakeState } from 'token-vigil/testing';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { chromiumArgs, findChromium } from '../support/chromium.ts';
import { installPinned } from '../support/installPinned.mjs';
import { startSocketServer } from '../support/socketServer.ts';
import { startViewerSite, type ViewerSite } from '../support/viewerSite.ts';
import { xstateInspectFolder } from '../support/xstateInspect.ts';

/** An app whose session a test drives; it opens the inspector when it is asked to. */
const app = `
  import { createFakeSession } from 'token-vigil/testing';
  const session = createFakeSession({
    user: { name: 'planted-user' },
    idle: { after: 300_000, signOutAfter: 600_000 },
  });
  const heard = [];
  session.inspect(({ type, actorRef, rootId, event }) => {
    if (type === '@xstate.event' && actorRef.sessionId === rootId) heard.push(event.type);
  });
  const listeners = new Map();
  const count = (type, by) => listeners.set(type, (listeners.get(type) ?? 0) + by);
  const { addEventListener, removeEventListener } = window;
  window.addEventListener = (type, listener, options) => {
    count(type, 1);
    options?.signal?.addEventListener('abort', () => count(type, -1));
    addEventListener.call(window, type, listener, options);
  };
  window.removeEventListener = (type, ...rest) => {
    count(type, -1);
    removeEventListener.call(window, type, ...rest);
  };
  window.app = {
    session,
    heard,
    listeners: () => Object.fromEntries([...listeners].filter(([type, many]) => /message|load|page/.test(type) && many !== 0)),
    globals: () => Object.getOwnPropertyNames(window).toSorted(),
    async open(url, isFrame) {
      const { openXStateInspector } = await import('token-vigil/inspect/xstate');
      const iframe = isFrame && Object.assign(document.createElement('iframe'), { name: 'viewer' });
      if (iframe) document.body.append(iframe);
      app.inspector = await openXStateInspector({ url, ...(iframe && { iframe }) });
      session.inspect(app.inspector.inspect);
      await session.start();
    },
  };
`;

/** A viewer that keeps what the package's own receiver hands out, and the bare messages. */
const receiver = `
  import { createWindowReceiver } from '@xstate/inspect/es/browser.js';
  window.raw = [];
  window.addEventListener('message', ({ data }) => raw.push(JSON.stringify(data)));
  window.received = [];
  window.receiver = createWindowReceiver();
  receiver.subscribe((message) => received.push(message));
`;

interface App {
  readonly session: ReturnType<typeof createFakeSession>;
  readonly heard: string[];
  readonly inspector: { stop(): void };
  open(url: string, isFrame: boolean): Promise<void>;
  listeners(): Record<string, number>;
  globals(): string[];
}

interface Message {
  readonly type: string;
  readonly sessionId: string;
  readonly id?: string;
  readonly parent?: string;
  readonly state: { readonly value: unknown };
}

declare global {
  interface Window {
    app: App;
    raw: string[];
    received: Message[];
    receiver: { send(message: object): void };
  }
}

const states: readonly FakeState[] = [
  'anonymous',
  'authenticated',
  'refreshing',
  'backingOff',
  'idle',
  'warning',
  'expired',
];

describe.runIf(findChromium() ?? process.env['CI'])('in Chromium', () => {
  let browser: Browser;
  let site: ViewerSite;

  beforeAll(async () => {
    await installPinned(xstateInspectFolder);
    site = await startViewerSite({
      app: { code: app },
      receiver: { code: receiver, folder: xstateInspectFolder },
    });
    const executablePath = findChromium();
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumArgs });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  /** A visitor of the app, what the browser complained of, and where it asked for anything. */
  const visit = async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    onTestFinished(() => context.close());
    const complaints: string[] = [];
    const hosts = new Set<string>();
    context.on('request', (request) => hosts.add(new URL(request.url()).host));
    context.on('weberror', (error) => complaints.push(error.error().message));
    const page = await context.newPage();
    await page.goto(`${site.origin}/app.html`);
    await page.waitForFunction(() => 'app' in window);
    return { page, complaints, hosts };
  };

  const openInFrame = async (page: Page, url: string): Promise<Frame> => {
    await page.evaluate((viewer) => window.app.open(viewer, true), url);
    const frame = page.frame('viewer');
    if (!frame) throw new Error('There is no frame');
    return frame;
  };

  const enter = (page: Page, state: FakeState): Promise<void> =>
    page.evaluate((name) => window.app.session.enter(name), state);

  const tellStory = async (page: Page): Promise<void> => {
    for (const state of states) await enter(page, state);
    await page.evaluate(() => window.app.session.stop());
  };

  test.each(['origin', 'otherOrigin'] as const)(
    'the window receiver of @xstate/inspect is told the whole story, on its %s',
    async (name) => {
      const { page, complaints, hosts } = await visit();
      const frame = await openInFrame(page, `${site[name]}/receiver.html`);
      await frame.waitForFunction(() => window.received?.length >= 7);
      await tellStory(page);
      await frame.waitForFunction(
        () => window.received.filter(({ type }) => type === 'service.stop').length === 7,
      );
      const { seen, raw } = await frame.evaluate(() => ({
        seen: window.received.map(({ type, sessionId, id, parent, state }) => ({
          type,
          sessionId,
          id,
          parent,
          value: state?.value,
        })),
        raw: window.raw,
      }));
      const registers = seen.filter(({ type }) => type === 'service.register');
      const root = registers.find(({ id }) => id === 'session');
      expect(new Set(registers.map(({ id, parent }) => `${id} of ${parent}`)).size).toBe(7);
      const values = seen
        .filter(({ type, sessionId }) => type === 'service.state' && sessionId === root?.sessionId)
        .map(({ value }) => (typeof value === 'string' ? value : Object.keys(value as object)[0]));
      expect(new Set(values)).toEqual(
        new Set(['anonymous', 'authenticated', 'expired', 'idle', 'refreshing']),
      );
      expect(raw.length).toBeGreaterThan(100);
      expect(raw.filter((text) => /planted|fake-\d/.test(text))).toEqual([]);
      expect(complaints).toEqual([]);
      const { host, hostname } = new URL(site.origin);
      expect([...hosts].every((each) => each === host || each.replace('127.0.0.1', hostname) === host)).toBe(
        true,
      );
    },
  );

  test('no window can send an event to the machine, or end the inspection', async () => {
    const { page } = await visit();
    const frame = await openInFrame(page, `${site.otherOrigin}/receiver.html`);
    await frame.waitForFunction(() => window.received?.length >= 7);
    await enter(page, 'authenticated');
    const before = await page.evaluate(() => window.app.heard.length);
    await frame.evaluate(() => {
      const { sessionId } = window.received.find(({ id }) => id === 'session')!;
      const data = { type: 'session.signOut' };
      const event = { name: data.type, data, origin: sessionId, $$type: 'scxml', type: 'external' };
      window.receiver.send({ type: 'xstate.event', event: JSON.stringify(event) });
      window.receiver.send({ type: 'service.event', event: '"forged"', sessionId });
      window.receiver.send({ type: 'disconnect' });
    });
    await page.evaluate(() => {
      window.postMessage({ type: 'service.event', event: '"forged"', sessionId: 'x:0' }, '*');
      window.postMessage({ type: 'disconnect' }, '*');
    });
    // Both windows' messages were read when these have come.
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          window.addEventListener('message', ({ data }) => data === 'read' && resolve(undefined));
          window.postMessage('read', '*');
        }),
    );
    await frame.evaluate(() => {
      window.received.length = 0;
      window.receiver.send({ type: 'xstate.inspecting' });
    });
    await frame.waitForFunction(() => window.received.length >= 7);
    expect(await page.evaluate(() => window.app.heard.length)).toBe(before);
    expect(await page.evaluate(() => window.app.session.state)).toBe('authenticated');
    expect(await frame.evaluate(() => window.raw.filter((text) => text.includes('forged')))).toEqual([]);
  });

  test('a frame that has gone to another origin is told nothing', async () => {
    const { page } = await visit();
    const frame = await openInFrame(page, `${site.otherOrigin}/receiver.html`);
    await frame.waitForFunction(() => window.received?.length >= 7);
    await page.evaluate((url) => {
      document.querySelector('iframe')!.src = url;
    }, `${site.origin}/receiver.html`);
    // Of the app's own origin now: the app can look into it.
    await page.waitForFunction(
      () => document.querySelector('iframe')?.contentDocument?.defaultView?.receiver,
    );
    await enter(page, 'authenticated');
    await page.evaluate(() => document.querySelector('iframe')?.contentWindow?.postMessage('last', '*'));
    await page.waitForFunction(() => document.querySelector('iframe')?.contentWindow?.raw.includes('"last"'));
    expect(await page.evaluate(() => document.querySelector('iframe')?.contentWindow?.raw)).toEqual([
      '"last"',
    ]);
  });

  test('in a window of its own; after the end that is closed, and nothing is left', async () => {
    const { page, complaints } = await visit();
    // Playwright itself listens to pointers and keys.
    const globals = await page.evaluate(() => window.app.globals());
    const [viewer] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((url) => window.app.open(url, false), `${site.origin}/receiver.html`),
    ]);
    await viewer.waitForFunction(() => window.received?.length >= 7);
    expect(await page.evaluate(() => window.app.listeners())).toEqual({ message: 1 });
    const closed = viewer.waitForEvent('close');
    await page.evaluate(() => window.app.inspector.stop());
    await closed;
    expect(await page.evaluate(() => window.app.listeners())).toEqual({});
    expect(await page.evaluate(() => window.app.globals())).toEqual(globals);
    await enter(page, 'idle');
    expect(await page.evaluate(() => window.app.session.state)).toBe('idle.quiet');
    expect(complaints).toEqual([]);
  });

  test('a viewer that its user closes does not disturb the session', async () => {
    const { page, complaints } = await visit();
    const [viewer] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((url) => window.app.open(url, false), `${site.origin}/receiver.html`),
    ]);
    await viewer.waitForFunction(() => window.received?.length >= 7);
    await viewer.close();
    await enter(page, 'warning');
    expect(await page.evaluate(() => window.app.session.state)).toBe('idle.warning');
    expect(complaints).toEqual([]);
  });

  test('the viewer of the examples draws who is there, in which state, and what was sent', async () => {
    const { page, complaints } = await visit();
    const [viewer] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((url) => window.app.open(url, false), `${site.origin}/viewer/index.html`),
    ]);
    await viewer.setViewportSize({ width: 1280, height: 800 });
    await viewer.getByRole('heading', { name: 'session: anonymous.settled' }).waitFor();
    expect(await viewer.getByRole('navigation').getByRole('button').count()).toBe(7);
    for (const [state, words, event] of [
      ['authenticated', 'authenticated', 'isSignedIn'],
      ['refreshing', 'refreshing.granting', 'renewalRequested'],
      ['idle', 'idle.quiet', 'away'],
      ['warning', 'idle.warning', 'warns'],
      ['expired', 'expired', 'ended'],
    ] as const) {
      await enter(page, state);
      await viewer.getByRole('heading', { name: `session: ${words}`, exact: true }).waitFor();
      const lit = await viewer.locator('#chart [aria-current] > strong').allInnerTexts();
      expect(lit).toEqual(words.split('.'));
      expect(await viewer.getByRole('list', { name: 'Events' }).innerText()).toContain(event);
      expect(await axeViolations(viewer)).toEqual([]);
    }
    await viewer.emulateMedia({ colorScheme: 'dark' });
    expect(await axeViolations(viewer)).toEqual([]);
    await viewer.getByRole('button', { name: /^refresh/ }).click();
    await viewer.getByRole('heading', { name: 'refresh: active' }).waitFor();
    await page.evaluate(() => window.app.inspector.stop());
    expect(complaints).toEqual([]);
  });

  test('the viewer of the examples connects to a server in Node', async () => {
    const { page } = await visit();
    const { server, address } = await startSocketServer();
    const inspector = await openXStateInspector({ server, url: site.origin });
    onTestFinished(inspector.stop);
    const session = createFakeSession({ user: { name: 'Ada' } });
    onTestFinished(session.stop);
    session.inspect(inspector.inspect);
    await session.enter('authenticated');
    await page.goto(`${site.origin}/viewer/index.html?server=${encodeURIComponent(`ws://${address}`)}`);
    await page.getByRole('heading', { name: 'session: authenticated' }).waitFor();
    await session.enter('idle');
    await page.getByRole('heading', { name: 'session: idle.quiet' }).waitFor();
    session.stop();
    await expect.poll(() => page.getByRole('navigation').getByRole('button').count()).toBe(0);
    inspector.stop();
    await page.getByText('The app has disconnected').waitFor();
    server.clients.forEach((client) => client.terminate());
    await page.getByText('The server is gone').waitFor();
  });
});
