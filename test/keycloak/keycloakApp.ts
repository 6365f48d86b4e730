import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { TestContext } from 'vitest';
import { type DemoApi, startApi } from '../../docs/demo/api.ts';
import type { E2eSettings } from '../support/e2ePage.ts';
import { type E2eServer, startE2eServer } from '../support/e2eServer.ts';

/** What of a token request can be told without its secrets. */
interface TokenRequest {
  readonly grant: string;
  /** `undefined`: the page was not allowed to read the answer, or none came. */
  readonly status: number | undefined;
}

/** An app on localhost, an API, a visitor's browser, and a realm of a running Keycloak. */
export interface KeycloakApp {
  readonly issuer: string;
  readonly origin: string;
  readonly api: DemoApi;
  readonly server: E2eServer;
  readonly visitor: BrowserContext;
  /** Token requests of all pages, in the order in which they ended. */
  readonly tokenRequests: readonly TokenRequest[];
  /** Opens a page of the app. */
  open(path?: string): Promise<Page>;
}

type Settings = Omit<Partial<E2eSettings>, 'session'> & { session?: Partial<E2eSettings['session']> };

const watchTokenRequests = (visitor: BrowserContext, issuer: string): TokenRequest[] => {
  const seen: TokenRequest[] = [];
  const isToken = (url: string): boolean => url === `${issuer}/protocol/openid-connect/token`;
  const grantOf = (body: string | null): string => new URLSearchParams(body ?? '').get('grant_type') ?? '';
  visitor.on('response', (response) => {
    const request = response.request();
    if (isToken(request.url()) && request.method() === 'POST')
      seen.push({ grant: grantOf(request.postData()), status: response.status() });
  });
  visitor.on('requestfailed', (request) => {
    if (isToken(request.url())) seen.push({ grant: grantOf(request.postData()), status: undefined });
  });
  return seen;
};

/** Starts app and API beside a realm; they end with the test. */
export const startKeycloakApp = async (
  browser: Browser,
  issuer: string,
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  { session, ...settings }: Settings = {},
): Promise<KeycloakApp> => {
  const api = await startApi({
    issuer,
    jwks: new URL(`${issuer}/protocol/openid-connect/certs`),
    // What Keycloak puts into the tokens of everybody who may manage their account.
    audience: 'account',
  });
  const all: E2eSettings = {
    session: { issuer, clientId: 'my_client', tokenOrigins: api.origin, ...session },
    ...settings,
  };
  const server = await startE2eServer(() => all);
  const visitor = await browser.newContext();
  visitor.setDefaultTimeout(30_000);
  onTestFinished(async () => {
    await visitor.close();
    await Promise.all([server.stop(), api.stop()]);
  });

  return {
    issuer,
    origin: server.origin,
    api,
    server,
    visitor,
    tokenRequests: watchTokenRequests(visitor, issuer),
    async open(path = '/') {
      const page = await visitor.newPage();
      await page.goto(server.origin + path, { waitUntil: 'domcontentloaded' });
      return page;
    },
  };
};
