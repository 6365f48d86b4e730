import type { Page, Request, Route } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fillForm, patient, stateOf, untilStatus, useChromium } from '../support/e2eApp.ts';
import {
  beBusy,
  duplicateTab,
  endOf,
  freeze,
  generationOf,
  isRenewal,
  joinTab,
  noteEnd,
  renderersOf,
  spend,
  stopBusyness,
  stopWithoutFailure,
  untilAllAgree,
  watchedMs,
  watchProvider,
} from '../support/tabs.ts';
import { adminOf } from './admin.ts';
import { type KeycloakApp, startKeycloakApp } from './keycloakApp.ts';
import { newUser } from './newUser.ts';
import { askForTokens, servers } from './tokens.ts';

const browser = useChromium();

/** What this is about, and the time that it takes, are the same on older ones. */
const newest = servers.filter(({ version }) => Number.parseInt(version) >= 26);

const LIFE_SECONDS = 5;

/**
 * How long each access token lives, as Keycloak tells it, in milliseconds. It counts whole seconds:
 * one that it signs late in a second is a second short, and by the first one the renewals are spaced.
 */
const watchLives = ({ visitor, issuer }: KeycloakApp): Promise<number>[] => {
  const lives: Promise<number>[] = [];
  visitor.on('response', (answer) => {
    if (answer.url() !== `${issuer}/protocol/openid-connect/token` || !answer.ok()) return;
    const told = answer.json() as Promise<{ expires_in: number }>;
    // What a page was told that is closed meanwhile cannot be read.
    lives.push(told.then((tokens) => tokens.expires_in * 1000).catch(() => LIFE_SECONDS * 1000));
  });
  return lives;
};

/** Four tabs of one user, where each refresh token is accepted once, and access tokens are short. */
const fourTabs = async (
  url: string,
  {
    storage,
    ...session
  }: {
    readonly storage?: 'sessionStorage';
    readonly tokenTimeout?: number;
    readonly waitTimeout?: number;
  } = {},
): Promise<{ app: KeycloakApp; tabs: Page[]; lives: Promise<number>[] }> => {
  const clientId = `tabs-${Date.now()}`;
  await adminOf(url, 'rotating').createClient(clientId, {
    attributes: { 'access.token.lifespan': String(LIFE_SECONDS) },
  });
  const app = await startKeycloakApp(
    browser(),
    `${url}/realms/rotating`,
    { onTestFinished },
    { session: { clientId, ...session }, ...(storage && { storage }) },
  );
  const lives = watchLives(app);
  const page = await app.open();
  await fillForm(page, await newUser(app.issuer));
  await untilStatus(page, 'signedIn');
  const tabs = [page];
  while (tabs.length < 4) tabs.push(await joinTab(app));
  await renderersOf(tabs);
  return { app, tabs, lives };
};

const formOf = (request: Request): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(request.postData() ?? ''));

const renewalsOf = ({ tokenRequests }: KeycloakApp) =>
  tokenRequests.filter(({ grant }) => grant === 'refresh_token');

describe.each(newest)('Keycloak $version with Revoke Refresh Token, four busy tabs', ({ url }) => {
  const timeout = watchedMs + 300_000;
  test('renew once for all, lose nobody who is closed, and sign out together', { timeout }, async () => {
    const { app, tabs, lives: told } = await fourTabs(url);
    const [first, second, third, fourth] = tabs as [Page, Page, Page, Page];
    for (const tab of tabs) await beBusy(tab, app.api.origin);
    const [begin, beganAt] = [await generationOf(first), Date.now()];
    // On a slow machine a life is half over before all tabs are there.
    const earlier = renewalsOf(app).length;
    await spend(watchedMs / 2, first);
    expect((await stopBusyness([fourth])).failed).toEqual([]);
    await fourth.close();
    await spend(watchedMs / 2, first);

    const [renewals, spanMs] = [renewalsOf(app).slice(earlier), Date.now() - beganAt];
    const lives = (await generationOf(first)) - begin;
    // A request that was on its way for longer than its token lived is answered by one renewal.
    const late = app.api.ledger.count('expired');
    console.log(`${Math.round(spanMs / 1000)} s, ${renewals.length} renewals, ${late} requests late`);
    const { failed, leastLeftMs } = await stopBusyness([first, second, third]);
    expect(failed).toEqual([]);
    expect(leastLeftMs).toBeGreaterThanOrEqual(1000);
    expect(renewals.filter(({ status }) => status !== 200)).toEqual([]);
    const shortestMs = Math.min(...(await Promise.all(told)));
    expect(shortestMs).toBeGreaterThanOrEqual(LIFE_SECONDS * 1000 - 1000);
    // Renewals are half a life apart, and one may have begun before.
    expect(renewals.length).toBeLessThanOrEqual((1.05 * spanMs) / (shortestMs / 2) + 1 + late);
    expect(Math.abs(lives - renewals.length)).toBeLessThanOrEqual(1);
    expect(lives).toBeGreaterThan(4);
    expect(app.api.ledger.summary()).toMatchObject({ missing: 0, invalid: 0 });
    await untilAllAgree([first, second, third]);

    const asked = watchProvider(app.visitor, app.issuer);
    await second.reload({ waitUntil: 'commit' });
    await untilStatus(second, 'signedIn');
    // Here too a tab may have been the next to renew, for which it reads where the token endpoint is.
    expect(asked.filter((address) => !/\/(openid-configuration|token)$/.test(address))).toEqual([]);
    expect(renewalsOf(app)).toHaveLength(app.tokenRequests.length - 1);

    for (const tab of [first, second, third]) await noteEnd(tab);
    await third.evaluate(() => window.e2e.session.signOut({ redirect: false }));
    for (const tab of [first, second, third]) await untilStatus(tab, 'signedOut');
    const [endedMs, ...seenMs] = await Promise.all([third, first, second].map(endOf));
    for (const atMs of seenMs) expect(atMs - endedMs!).toBeLessThan(1000);
    for (const tab of [first, third])
      await expect.poll(async () => (await stateOf(tab)).facts.at(-1), patient).toBe('signedOut');
    // By their beginning: one that is under way is answered later.
    const begun = (): number => asked.filter((address) => address.endsWith('/token')).length;
    const before = begun();
    // At the provider it is over as well: nobody comes back by itself.
    await expect.poll(async () => (await stateOf(second)).status, patient).toBe('signedOut');
    expect(begun()).toBe(before);
  });

  test('that are frozen or left and come back have the newest tokens, and know of a sign-out', async () => {
    // The tab that is stopped may be the one that renews: it is waited for by `tokenTimeout` and five seconds.
    const { app, tabs } = await fourTabs(url, { tokenTimeout: 1500, waitTimeout: 30_000 });
    const [frozen, left, awake] = tabs as [Page, Page, Page, Page];
    const [pid] = await renderersOf([frozen, awake]);
    for (const tab of tabs) await beBusy(tab, app.api.origin);
    await stopWithoutFailure([left], app);
    await left.goto('about:blank');
    const before = await generationOf(awake);
    let thaw = freeze(pid!);
    // What the two wanted to renew with is spent by then.
    await expect.poll(() => generationOf(awake), patient).toBeGreaterThan(before + 2);
    thaw();
    await left.goBack({ waitUntil: 'commit' });
    await untilStatus(left, 'signedIn');
    await untilAllAgree(tabs);
    await stopWithoutFailure([frozen, awake, tabs[3]!], app);
    expect(renewalsOf(app).filter(({ status }) => status !== 200)).toEqual([]);

    await noteEnd(frozen);
    thaw = freeze(pid!);
    // A tab that slept for more than five seconds knows that it did.
    await spend(6500, awake);
    await awake.evaluate(() => window.e2e.session.signOut({ redirect: false }));
    for (const tab of [left, tabs[3]!]) await untilStatus(tab, 'signedOut');
    const thawedAtMs = Date.now();
    thaw();
    await untilStatus(frozen, 'signedOut');
    expect((await endOf(frozen)) - thawedAtMs).toBeLessThan(1000);
  });

  test('that are duplicated spend no token that the original has spent', async () => {
    const { app, tabs } = await fourTabs(url, { storage: 'sessionStorage' });
    const [original] = tabs as [Page];
    const copy = await duplicateTab(app, original);
    await Promise.all([copy, original].map((tab) => tab.evaluate(() => window.e2e.session.renew())));
    await untilAllAgree([...tabs, copy]);
    expect(app.tokenRequests.filter(({ status }) => status !== 200)).toEqual([]);
    expect(app.tokenRequests.filter(({ grant }) => grant !== 'refresh_token')).toHaveLength(1);
  });

  test.each(['before Keycloak has heard of it', 'after Keycloak has answered'] as const)(
    'go on where the one that renews is closed %s',
    async (moment) => {
      const { app, tabs } = await fourTabs(url);
      for (const tab of tabs) await beBusy(tab, app.api.origin);
      const endpoint = `${app.issuer}/protocol/openid-connect/token`;
      const renewing = await new Promise<Page>((resolve, reject) => {
        let isTaken = false;
        const takeAway = async (route: Route): Promise<void> => {
          const request = route.request();
          if (isTaken || !isRenewal(request)) return route.fallback();
          isTaken = true;
          if (moment === 'after Keycloak has answered') {
            const answer = await askForTokens(app.issuer, formOf(request));
            if (answer.status !== 200) reject(new Error(`Keycloak answered ${answer.status}`));
          }
          await request.frame().page().close();
          resolve(request.frame().page());
        };
        void app.visitor.route(endpoint, takeAway);
      });
      const left = tabs.filter((tab) => tab !== renewing);
      const generation = Math.max(...(await Promise.all(left.map(generationOf))));
      await expect
        .poll(async () => Math.min(...(await Promise.all(left.map(generationOf)))), patient)
        .toBeGreaterThan(generation + 1);
      expect((await stopBusyness(left)).failed).toEqual([]);
      expect(renewalsOf(app).filter(({ status }) => status === 400)).toEqual([]);
      for (const tab of left)
        expect(await stateOf(tab)).toMatchObject({ status: 'signedIn', who: 'Ada User' });
      await untilAllAgree(left);
    },
  );
});
