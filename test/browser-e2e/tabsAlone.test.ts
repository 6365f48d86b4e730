import type { Frame, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { TokenResponse } from '../../src/index.ts';
import { type E2eApp, patient, signInAt, startE2eApp, useChromium } from '../support/e2eApp.ts';

/** A name that is not this machine's: what is loaded from there by plain http is no secure context. */
const HOST = 'app.test';

const browser = useChromium(
  `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
  // Provider and API welcome pages of this machine alone.
  '--disable-web-security',
);

/** Lets the next page sign in by itself, with tokens as the provider has issued them: it cannot leave for that. */
const lend = async (app: E2eApp): Promise<void> => {
  const answered = app.visitor.waitForEvent('response', {
    predicate: (response) => response.request().method() === 'POST' && response.url().endsWith('/token'),
    ...patient,
  });
  const page = await signInAt(app);
  const tokens = (await (await answered).json()) as TokenResponse;
  await page.close();
  app.set({ begin: 'nothing', tokens });
};

/** Signs in, sends a request, renews and signs out. */
const useAlone = async (page: Frame, app: E2eApp) => {
  await page.waitForFunction(() => window.e2e);
  return page.evaluate(async (api) => {
    const { session, warnings, told } = window.e2e;
    await session.signIn();
    const { status } = await session.fetch(api);
    await session.renew();
    const { status: again } = await session.fetch(api);
    const before = session.status;
    await session.signOut({ redirect: false });
    return { answers: [status, again], statuses: [before, session.status], warnings, told };
  }, `${app.api.origin}/items`);
};

const worked = { answers: [200, 200], statuses: ['signedIn', 'signedOut'] };

describe('one tab works by itself, and says once what is missing, where the page', () => {
  test('is loaded by plain http', async () => {
    const app = await startE2eApp(browser());
    await lend(app);
    const page: Page = await app.visitor.newPage();
    await page.goto(app.origin.replace('localhost', HOST));
    expect(await page.evaluate(() => [isSecureContext, 'locks' in navigator])).toEqual([false, false]);
    expect(await useAlone(page.mainFrame(), app)).toEqual({
      ...worked,
      warnings: ['tabs_unavailable'],
      told: [expect.stringContaining('Web Locks, which need a secure context (https)')],
    });
  });

  test('is in a sandbox, without an origin', async () => {
    const app = await startE2eApp(browser());
    await lend(app);
    const page = await app.visitor.newPage();
    await page.goto(`${app.origin}/elsewhere`);
    await page.setContent(`<iframe sandbox="allow-scripts" src="${app.origin}/"></iframe>`);
    await expect.poll(() => page.frames().length, patient).toBe(2);
    const [, frame] = page.frames();
    expect(await useAlone(frame!, app)).toEqual({
      ...worked,
      warnings: [expect.stringMatching(/^(tabs|record)_unavailable$/)],
      told: [expect.stringContaining('this tab works by itself')],
    });
  });
});
