import type { BrowserContext, Page, Request } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { DemoProvider } from '../../docs/demo/provider.ts';
import { type E2eApp, patient, signInAt, untilStatus } from './e2eApp.ts';

/** Opens another tab, which finds its session by itself. */
export const joinTab = async (app: Pick<E2eApp, 'open'>, path?: string): Promise<Page> => {
  const page = await app.open(path);
  await untilStatus(page, 'signedIn');
  return page;
};

/** Signs in in one tab and opens others, each in a process of its own. */
export const signedInTabs = async (app: E2eApp, count: number): Promise<Page[]> => {
  const tabs = [await signInAt(app)];
  while (tabs.length < count) tabs.push(await joinTab(app));
  return tabs;
};

/**
 * Opens what a browser shows as the copy of a tab: with its tab storage as it was, in a process of its own. Meanwhile the
 * original renews: what the copy was given is old by the time it is loaded.
 */
export const duplicateTab = async (
  { visitor, origin }: Pick<E2eApp, 'visitor' | 'origin'>,
  original: Page,
): Promise<Page> => {
  const kept = await original.evaluate(() => Object.entries(sessionStorage));
  await original.evaluate(() => window.e2e.session.renew());
  const copy = await visitor.newPage();
  await copy.addInitScript((entries) => {
    if (sessionStorage.length === 0) for (const [key, value] of entries) sessionStorage.setItem(key, value);
  }, kept);
  await copy.goto(`${origin}/copy`, { waitUntil: 'commit' });
  await untilStatus(copy, 'signedIn');
  expect(await rendererOf(copy)).not.toBe(await rendererOf(original));
  return copy;
};

interface FrameInTrace {
  readonly isOutermostMainFrame?: boolean;
  readonly processId: number;
}

/** The process that runs this tab's page. Chromium says it in the first lines of a trace, and nowhere else. */
export const rendererOf = async (page: Page): Promise<number> => {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as {
    traceEvents: { name: string; args: { data?: { frames?: FrameInTrace[] } } }[];
  };
  const started = traceEvents.find(({ name }) => name === 'TracingStartedInBrowser');
  return started!.args.data!.frames!.find(({ isOutermostMainFrame }) => isOutermostMainFrame)!.processId;
};

/** The processes of these tabs, none of which runs two of them: tabs in one process hide what goes wrong between them. */
export const renderersOf = async (tabs: readonly Page[]): Promise<number[]> => {
  const found: number[] = [];
  for (const tab of tabs) found.push(await rendererOf(tab));
  const session = await tabs[0]!.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  expect(new Set(found).size).toBe(tabs.length);
  expect(renderers).toEqual(expect.arrayContaining(found));
  return found;
};

/** Stops a process as the system does that is out of memory or battery; returns what lets it go on. */
export const freeze = (pid: number): (() => void) => {
  process.kill(pid, 'SIGSTOP');
  const thaw = (): void => void process.kill(pid, 'SIGCONT');
  // A browser waits for its tabs when it closes.
  onTestFinished(() => {
    try {
      thaw();
    } catch {
      // It is gone.
    }
  });
  return thaw;
};

/** Something at the provider that is held until the test lets it go. */
export interface Hold {
  /** Give it to a fault. */
  readonly hold: () => Promise<void>;
  /** Settles when a request has come so far. */
  readonly reached: Promise<void>;
  release(): void;
}

export const createHold = (): Hold => {
  let release = (): void => {};
  let reach = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return { hold: () => (reach(), released), reached, release };
};

/** What tabs are counted by: the token set at hand. */
const countsOf = (page: Page): Promise<{ epoch: number; generation: number } | undefined> =>
  page.evaluate(() => {
    const { lease } = window.e2e.session.actor.getSnapshot().context;
    return lease ? { epoch: lease.epoch, generation: lease.generation } : undefined;
  });

/** The generation of the tokens that a tab holds; 0 where it holds none. */
export const generationOf = async (page: Page): Promise<number> => (await countsOf(page))?.generation ?? 0;

/** Waits until all tabs hold the same tokens. */
export const untilAllAgree = async (tabs: readonly Page[]): Promise<void> => {
  const kinds = async (): Promise<number> => {
    const counts = await Promise.all(tabs.map(countsOf));
    return new Set(counts.map((count) => JSON.stringify(count ?? 'none'))).size;
  };
  await expect.poll(kinds, patient).toBe(1);
};

/** What became of the requests of a busy tab. */
export interface Busyness {
  readonly made: number;
  readonly failed: readonly string[];
  /** The least life that a token had left as it was handed to the network, in milliseconds. */
  readonly leastLeftMs: number;
}

/** Enough for several to wait for one renewal. */
const mostAtOnce = 4;

/** What became of a 401 that came too late for the token: {@link stopWithoutFailure}. */
const LATE = '401, late';

/** The margin of a token that lives for four seconds and more: so much is left of it at hand-off. */
const MARGIN_MS = 1000;

/**
 * Makes a request to the API again and again, as a page that polls, until {@link busynessOf}. Where the machine is slow it
 * polls less often: requests that pile up would be late by themselves.
 */
export const beBusy = (page: Page, api: string, everyMs = 150): Promise<void> =>
  page.evaluate(
    ({ address, pause, most, late, marginMs }) => {
      const busy = { failed: [] as string[], made: 0, running: 0, timer: 0, leastLeftMs: Infinity };
      Object.assign(window, { busy });
      /** Whether each sending of this call was handed over in time, and answered after its token had expired. */
      const isLate = new Map<string, boolean>();
      const send = window.fetch;
      const expiryIn = (input: RequestInfo | URL, init?: RequestInit): number | undefined => {
        const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
        const [, token] = headers.get('authorization')?.split(' ') ?? [];
        const payload = token?.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/');
        return payload ? (JSON.parse(atob(payload)) as { exp: number }).exp * 1000 : undefined;
      };
      window.fetch = async (input, init) => {
        const expiresMs = expiryIn(input, init);
        const leftMs = (expiresMs ?? Infinity) - Date.now();
        busy.leastLeftMs = Math.min(busy.leastLeftMs, leftMs);
        const response = await send(input, init);
        const url = input instanceof Request ? input.url : String(input);
        // The API's clock is the page's, but for what its reading is rounded by.
        const isOfTransit = leftMs >= marginMs && Date.now() >= (expiresMs ?? Infinity) - 10;
        if (response.status === 401) isLate.set(url, isOfTransit && isLate.get(url) !== false);
        return response;
      };
      const ask = async (): Promise<void> => {
        if (busy.running >= most) return;
        const url = `${address}?call=${++busy.made}`;
        busy.running++;
        const failure = await window.e2e.session.fetch(url).then(
          ({ status }) => (status === 401 && isLate.get(url) ? late : String(status)),
          (error: Error & { code?: string }) => `${error.code ?? error.name}: ${error.message}`,
        );
        busy.running--;
        if (failure !== '200') busy.failed.push(failure);
      };
      busy.timer = window.setInterval(() => void ask(), pause);
    },
    { address: `${api}/items`, pause: everyMs, most: mostAtOnce, late: LATE, marginMs: MARGIN_MS },
  );

/** Ends it, waits for what is under way, and tells how it went. */
const busynessOf = async (page: Page): Promise<Busyness> => {
  await page.evaluate(() => clearInterval(window.busy.timer));
  // Requests that wait for a lock that is stolen are patient as well.
  await page.waitForFunction(() => window.busy.running === 0, undefined, patient);
  return page.evaluate(() => {
    const { made, failed, leastLeftMs } = window.busy;
    return { made, failed, leastLeftMs };
  });
};

/** Stops all tabs at once and adds up. */
export const stopBusyness = async (tabs: readonly Page[]): Promise<Busyness> => {
  const all = await Promise.all(tabs.map(busynessOf));
  return {
    made: all.reduce((sum, { made }) => sum + made, 0),
    failed: all.flatMap(({ failed }) => failed),
    leastLeftMs: Math.min(...all.map(({ leastLeftMs }) => leastLeftMs)),
  };
};

/**
 * Stops them, where no request has failed by the session. On a machine with other work a request can be on its way for longer
 * than its token lives. A 401 passes for that alone: each time that the call was sent its token had its margin at hand-off,
 * and had expired when the answer came; and the API has found so many tokens expired, and turned nothing else away.
 */
export const stopWithoutFailure = async (
  tabs: readonly Page[],
  { api }: Pick<E2eApp, 'api'>,
): Promise<void> => {
  const { failed, leastLeftMs } = await stopBusyness(tabs);
  expect(leastLeftMs).toBeGreaterThanOrEqual(MARGIN_MS);
  expect(failed.filter((failure) => failure !== LATE)).toEqual([]);
  expect(failed.length).toBeLessThanOrEqual(api.ledger.count('expired'));
  expect(api.ledger.summary()).toMatchObject({ missing: 0, invalid: 0, refused: 0 });
};

declare global {
  interface Window {
    ended: { atMs: number };
    busy: { failed: string[]; made: number; running: number; timer: number; leastLeftMs: number };
  }
}

/** Notes when the page's session is signed out, by the clock that all processes share. */
export const noteEnd = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const ended = { atMs: 0 };
    Object.assign(window, { ended });
    window.e2e.session.actor.subscribe(() => {
      if (window.e2e.session.status === 'signedOut') ended.atMs ||= Date.now();
    });
  });

/** When that was; 0: not yet. */
export const endOf = (page: Page): Promise<number> => page.evaluate(() => window.ended.atMs);

/** Moves the pointer over a page, as somebody does who reads. */
export const movePointer = (page: Page): Promise<void> =>
  page.mouse.move(Math.random() * 500, Math.random() * 400);

/** How long busy tabs are watched, in milliseconds. */
export const watchedMs = Number(process.env['VIGIL_TABS_SECONDS'] ?? 120) * 1000;

/** Passes the time with the pointer over this page, for as long as it takes. */
export const spend = async (ms: number, over: Page): Promise<void> => {
  const beganAt = Date.now();
  const step = async (): Promise<number> => {
    await movePointer(over);
    return Date.now() - beganAt;
  };
  await expect.poll(step, { timeout: ms + 30_000, interval: 250 }).toBeGreaterThan(ms);
};

/** Renewals at the provider so far, and how many of them it refused: with rotation a token that is sent twice is. */
export const renewalsAt = ({ log }: Pick<DemoProvider, 'log'>): { all: number; refused: number } => {
  const renewals = log.requests.filter(({ grant }) => grant === 'refresh_token');
  return { all: renewals.length, refused: renewals.filter(({ status }) => status === 400).length };
};

/** All requests to the provider from now on, of whatever kind. */
export const watchProvider = (visitor: BrowserContext, issuer: string): readonly string[] => {
  const seen: string[] = [];
  visitor.on('request', (request) => void (request.url().startsWith(issuer) && seen.push(request.url())));
  return seen;
};

/** Whether a request spends a refresh token. */
export const isRenewal = (request: Request): boolean =>
  request.method() === 'POST' &&
  new URLSearchParams(request.postData() ?? '').get('grant_type') === 'refresh_token';

/** The tab that renews next, as it sends the refresh token. */
export const nextRenewingTab = async (visitor: BrowserContext): Promise<Page> =>
  (await visitor.waitForEvent('request', { predicate: isRenewal, timeout: 60_000 })).frame().page();
