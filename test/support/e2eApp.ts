import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { type DemoApi, startApi } from '../../docs/demo/api.ts';
import { type DemoProvider, type DemoProviderOptions, startProvider } from '../../docs/demo/provider.ts';
import { chromiumArgs, findChromium } from './chromium.ts';
import type { E2eSettings } from './e2ePage.ts';
import { type E2eServer, type ChangedSource, startE2eServer } from './e2eServer.ts';

/** The session's options in a test; issuer and client are filled in. */
type Options = Partial<E2eSettings['session']>;

/** An app on localhost, its provider and its API, each an origin of its own, and one visitor's browser. */
export interface E2eApp {
  readonly origin: string;
  readonly provider: DemoProvider;
  readonly api: DemoApi;
  readonly server: E2eServer;
  /** The visitor: pages of one context share cookies and storage. */
  readonly visitor: BrowserContext;
  /** Requests to the provider's authorization endpoint, in frames too. */
  readonly authorizations: readonly URL[];
  /** What the pages that are loaded from now on do. */
  set(settings: Omit<Partial<E2eSettings>, 'session'> & { session?: Options }): void;
  /** Opens a page of the app. */
  open(path?: string): Promise<Page>;
}

/** One Chromium for all tests of a file; `more`: arguments beside the usual ones. */
export const useChromium = (...more: string[]): (() => Browser) => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    const executablePath = findChromium();
    browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: [...chromiumArgs, ...more],
      // Users have it; Playwright turns it off.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    });
  });
  afterAll(() => browser?.close());
  return () => browser!;
};

const watchAuthorizations = (visitor: BrowserContext, issuer: string): URL[] => {
  const seen: URL[] = [];
  visitor.on('request', (request) => {
    const url = new URL(request.url());
    const isFirst = url.href.startsWith(`${issuer}/auth?`) && request.isNavigationRequest();
    if (isFirst) seen.push(url);
  });
  return seen;
};

/** Starts everything; it ends with the test. */
export const startE2eApp = async (
  browser: Browser,
  options: DemoProviderOptions & Parameters<E2eApp['set']>[0] & { readonly changed?: ChangedSource } = {},
): Promise<E2eApp> => {
  const { changed, session, storage, tokens, onReturn, begin, beside, ...providerOptions } = options;
  // Page and provider on one site: else the provider's cookies do not reach the frame of a silent sign-in.
  const provider = await startProvider({
    host: 'localhost',
    accessTokenSeconds: 300,
    refreshTokenSeconds: 1800,
    ...providerOptions,
  });
  const { issuer, jwks } = provider;
  const api = await startApi({ issuer, jwks });
  const filled = (own: Options = {}): E2eSettings['session'] => ({
    issuer,
    clientId: provider.clients.demo.clientId,
    scope: 'openid profile',
    tokenOrigins: api.origin,
    ...own,
  });
  let settings: E2eSettings = {
    session: filled(session),
    ...defined({ storage, tokens, onReturn, begin, beside }),
  };
  const server = await startE2eServer(() => settings, changed);
  const visitor = await browser.newContext();
  visitor.setDefaultTimeout(patient.timeout);
  onTestFinished(async () => {
    await visitor.close();
    await Promise.all([server.stop(), api.stop(), provider.stop()]);
    expect(provider.failures).toEqual([]);
  });

  return {
    origin: server.origin,
    provider,
    api,
    server,
    visitor,
    authorizations: watchAuthorizations(visitor, issuer),
    set({ session: own, ...rest }) {
      settings = { ...settings, ...rest, session: own ? filled(own) : settings.session };
    },
    async open(path = '/') {
      const page = await visitor.newPage();
      await page.goto(server.origin + path, { waitUntil: 'domcontentloaded' });
      return page;
    },
  };
};

const defined = <T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;

/** How the provider was asked each time: `null` with the user, `none` without. */
export const promptsOf = ({ authorizations }: Pick<E2eApp, 'authorizations'>): (string | null)[] =>
  authorizations.map(({ searchParams }) => searchParams.get('prompt'));

/** For `expect.poll`: a machine with other work can need long, and only a failure waits until the end. */
export const patient = { timeout: 60_000, interval: 100 };

/** Fills in the provider's form. */
export const fillForm = async (page: Page, username = 'user1'): Promise<void> => {
  await page.waitForSelector('#username');
  // At once: typing and clicking would take longer than all the rest.
  await page.evaluate((name) => {
    document.querySelector<HTMLInputElement>('#username')!.value = name;
    document.querySelector<HTMLInputElement>('#password')!.value = 'password';
    document.querySelector('form')!.requestSubmit();
  }, username);
};

/** Waits until the page's session says so. */
export const untilStatus = async (page: Page, status: 'signedIn' | 'signedOut'): Promise<void> =>
  void (await page.waitForFunction((wanted) => window.e2e?.session.status === wanted, status));

/** Opens the app, signs in at the provider and comes back. */
export const signInAt = async (app: E2eApp, path = '/', username = 'user1'): Promise<Page> => {
  const page = await app.open(path);
  await fillForm(page, username);
  await untilStatus(page, 'signedIn');
  return page;
};

/** Which of the session's values the page shows. */
export const stateOf = (page: Page) =>
  page.evaluate(() => {
    const { session, ...noted } = window.e2e;
    return {
      status: session.status,
      error: session.error?.code,
      name: session.user?.['name'],
      ...noted,
    };
  });
