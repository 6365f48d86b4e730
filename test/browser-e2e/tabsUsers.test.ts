import { describe, expect, test } from 'vitest';
import { fillForm, patient, startE2eApp, stateOf, untilStatus, useChromium } from '../support/e2eApp.ts';
import { createHold, endOf, isRenewal, noteEnd, signedInTabs, untilAllAgree } from '../support/tabs.ts';

const browser = useChromium();

declare global {
  interface Window {
    waiting: { outcome?: string };
  }
}

test('a sign-out in one tab is seen in all of them within a second', async () => {
  const app = await startE2eApp(browser());
  const tabs = await signedInTabs(app, 4);
  for (const tab of tabs) await noteEnd(tab);
  const at = await tabs[1]!.evaluate(() => {
    const now = Date.now();
    void window.e2e.session.signOut({ redirect: false });
    return now;
  });
  for (const tab of tabs) await untilStatus(tab, 'signedOut');
  const delays = (await Promise.all(tabs.map(endOf))).map((endedAt) => endedAt - at);
  console.log(`seen after ${delays.join(', ')} ms`);
  for (const delay of delays) expect(delay).toBeLessThan(1000);
  for (const tab of tabs)
    expect(await stateOf(tab)).toMatchObject({ facts: ['signedIn', 'signedOut'], status: 'signedOut' });
  expect(app.provider.log.count()).toBe(1);
});

test('a sign-out reaches a renewal that is under way in another tab: what it brings is given back', async () => {
  const app = await startE2eApp(browser());
  const [renewing, leaving] = await signedInTabs(app, 2);
  const held = createHold();
  app.provider.faults.token = { after: held.hold, count: 1 };
  const answered = app.visitor.waitForEvent('response', {
    predicate: (response) => isRenewal(response.request()),
    timeout: 60_000,
  });
  await renewing!.evaluate(() => void window.e2e.session.renew().catch(() => undefined));
  await held.reached;
  await leaving!.evaluate(() => window.e2e.session.signOut({ redirect: false }));
  for (const tab of [renewing!, leaving!]) await untilStatus(tab, 'signedOut');
  held.release();
  const { refresh_token: late } = (await (await answered).json()) as { refresh_token: string };
  await expect.poll(() => app.provider.isGood(late), patient).toBe(false);
  expect(await renewing!.evaluate(() => window.e2e.session.peekAccessToken() ?? null)).toBeNull();
  expect((await stateOf(renewing!)).status).toBe('signedOut');
});

describe('another user signs in in one tab', () => {
  test('and the others show, hold and send nothing of the first one, what waits included', async () => {
    const app = await startE2eApp(browser());
    const [first, second] = await signedInTabs(app, 2);
    // The API refuses the token once, and the renewal that this causes does not end: the repeat waits for it.
    const held = createHold();
    app.provider.faults.token = { after: held.hold, count: 1 };
    app.api.refuseNext(1);
    await first!.evaluate((api) => {
      window.waiting = {};
      window.e2e.session.fetch(api).then(
        ({ status }) => (window.waiting.outcome = String(status)),
        (error: Error & { code?: string }) => (window.waiting.outcome = error.code ?? error.name),
      );
    }, `${app.api.origin}/items`);
    await held.reached;

    app.provider.endSessions();
    await second!.evaluate(() => void window.e2e.session.signIn({ prompt: 'login' }));
    const arrived = app.api.ledger.entries.length;
    await fillForm(second!, 'user2');
    await second!.waitForFunction(() => window.e2e?.session.user?.['name'] === 'Bela User');
    await untilStatus(first!, 'signedOut');
    expect(
      await first!.evaluate(() => {
        const { session } = window.e2e;
        return [session.endReason, session.user, session.peekAccessToken() ?? null];
      }),
    ).toEqual(['switched', null, null]);
    await expect.poll(() => first!.evaluate(() => window.waiting.outcome), patient).toBe('session_ended');
    held.release();
    await expect.poll(() => app.provider.log.count('refresh_token'), patient).toBe(1);
    const refused = await first!.evaluate(
      (api) => window.e2e.session.fetch(api).catch((error: { code: string }) => error.code),
      `${app.api.origin}/items`,
    );
    expect(refused).toBe('signed_out');
    expect(app.api.ledger.entries.slice(arrived)).toEqual([]);
    expect(await stateOf(first!)).toMatchObject({
      status: 'signedOut',
      facts: ['signedIn', 'expired switched'],
    });
    expect(await stateOf(second!)).toMatchObject({ status: 'signedIn', name: 'Bela User' });
    expect(
      await second!.evaluate(
        async (api) => (await window.e2e.session.fetch(api)).status,
        `${app.api.origin}/items`,
      ),
    ).toBe(200);
    expect(app.api.ledger.entries.slice(arrived).map(({ sub }) => sub)).toEqual(['sub-2']);
  });

  test('and the same user again is no change: the others take the new tokens', async () => {
    const app = await startE2eApp(browser());
    const tabs = await signedInTabs(app, 3);
    await tabs[1]!.evaluate(() => void window.e2e.session.signIn({ prompt: 'login' }));
    await fillForm(tabs[1]!, 'user1');
    await untilStatus(tabs[1]!, 'signedIn');
    await untilAllAgree(tabs);
    expect(await stateOf(tabs[0]!)).toMatchObject({ status: 'signedIn', name: 'Ada User' });
    expect((await stateOf(tabs[0]!)).facts).not.toContain('signedOut');
    expect(app.provider.log.count('authorization_code')).toBe(2);
  });
});

test('a name that the app has pinned brings no session to another client, nor ends it there', async () => {
  const session = { name: 'pinned' };
  const app = await startE2eApp(browser(), { session });
  const [tab] = await signedInTabs(app, 1);
  app.set({ begin: 'start', session: { ...session, clientId: 'another', silent: false } });
  const later = await app.open();
  await untilStatus(later, 'signedOut');
  await later.evaluate(() => window.e2e.session.signOut({ redirect: false }));
  await tab!.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await tab!.evaluate(() => window.e2e.session.renew());
  expect((await stateOf(tab!)).status).toBe('signedIn');
  expect(app.provider.log.requests.map(({ status }) => status)).toEqual([200, 200]);
});

test('a sign-in in one tab signs in all that wait', async () => {
  const app = await startE2eApp(browser(), { begin: 'start' });
  const tabs = [await app.open(), await app.open(), await app.open()];
  for (const tab of tabs) await untilStatus(tab, 'signedOut');
  await tabs[0]!.evaluate(() => void window.e2e.session.signIn());
  await fillForm(tabs[0]!);
  for (const tab of tabs) await untilStatus(tab, 'signedIn');
  await untilAllAgree(tabs);
  expect(app.authorizations).toHaveLength(1);
  expect(app.provider.log.count()).toBe(1);
});

test('hidden tabs that require a sign-in take up the one that is made where the user looks, and never leave', async () => {
  const app = await startE2eApp(browser());
  await app.visitor.addInitScript(() => {
    if (location.pathname !== '/hidden') return;
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
  });
  const hidden = [await app.open('/hidden'), await app.open('/hidden')];
  for (const tab of hidden)
    await tab.waitForFunction(() => window.e2e?.session.state === 'anonymous.signingIn');
  const seen = await app.open('/seen');
  await fillForm(seen);
  for (const tab of [seen, ...hidden]) await untilStatus(tab, 'signedIn');
  for (const tab of hidden) expect((await stateOf(tab)).who).toBe('Ada User');
  await untilAllAgree([seen, ...hidden]);
  expect(app.authorizations).toHaveLength(1);
});

test('two tabs at the form of the provider at once, for two users: the later one is signed in, and alone', async () => {
  const app = await startE2eApp(browser());
  const [first, second] = [await app.open(), await app.open()];
  await first.waitForSelector('#username');
  await second.waitForSelector('#username');
  await fillForm(first, 'user1');
  await untilStatus(first, 'signedIn');
  await fillForm(second, 'user2');
  await second.waitForFunction(() => window.e2e?.session.user?.['name'] === 'Bela User');
  await expect.poll(() => first.evaluate(() => window.e2e.session.endReason), patient).toBe('switched');
  expect(await stateOf(first)).toMatchObject({
    status: 'signedOut',
    facts: ['signedIn', 'expired switched'],
  });
});
