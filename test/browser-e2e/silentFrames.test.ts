import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  type E2eApp,
  patient,
  promptsOf,
  signInAt,
  startE2eApp,
  stateOf,
  untilStatus,
  useChromium,
} from '../support/e2eApp.ts';

const browser = useChromium();

/** As a browser that is started again with so many tabs: there was a session, and no tab of it is left. */
const restored = async (app: E2eApp, count: number): Promise<Page[]> => {
  const page = await signInAt(app);
  await page.close();
  app.set({ begin: 'start' });
  return Promise.all(Array.from({ length: count }, () => app.open('/here')));
};

const untilNobody = async (tabs: readonly Page[], error?: string): Promise<void> => {
  for (const tab of tabs) {
    await expect
      .poll(() => stateOf(tab), patient)
      .toMatchObject({ status: 'signedOut', who: 'nobody', warnings: [], ...(error && { error }) });
    expect(await tab.evaluate(() => document.querySelectorAll('iframe').length)).toBe(0);
    expect(new URL(tab.url()).pathname).toBe('/here');
  }
};

describe('a frame that', () => {
  test('the cookies of the provider do not reach ends signed out in all tabs, and nobody asks again', async () => {
    // Another site than the app's: what browsers call a third party.
    const app = await startE2eApp(browser(), { host: '127.0.0.1', session: { silent: 'frame' } });
    const tabs = await restored(app, 3);
    await untilNobody(tabs);
    for (const tab of tabs) await tab.reload({ waitUntil: 'commit' });
    await untilNobody(tabs);
    expect(promptsOf(app)).toEqual([null, 'none']);
  });

  test.each([
    ['shows the form of the provider', { body: '<!doctype html><title>Sign in</title><form></form>' }],
    ['the provider does not let be framed', { headers: { 'X-Frame-Options': 'DENY' }, body: 'Sign in' }],
    ['gets no answer at all', undefined],
  ])('%s is given up, and nobody is forgotten: a later page asks again', async (_which, answer) => {
    const app = await startE2eApp(browser());
    const silent = (url: URL): boolean => url.searchParams.get('prompt') === 'none';
    await app.visitor.route(silent, (route) =>
      answer ? route.fulfill({ contentType: 'text/html', ...answer }) : undefined,
    );
    const tabs = await restored(app, 1);
    await untilNobody(tabs, 'network_failed');
    expect(promptsOf(app)).toEqual([null, 'none']);
    await app.visitor.unroute(silent);
    await untilStatus(await app.open('/later'), 'signedIn');
    // Whoever waits is signed in by it.
    await untilStatus(tabs[0]!, 'signedIn');
    expect(promptsOf(app)).toEqual([null, 'none', 'none']);
  });
});
