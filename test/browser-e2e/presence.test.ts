import { describe, expect, test } from 'vitest';
import { patient, signInAt, startE2eApp, stateOf, untilStatus, useChromium } from '../support/e2eApp.ts';

const browser = useChromium();

describe('a refresh token that the provider has killed', () => {
  test('is replaced silently while the sign-in at the provider lives', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app);
    app.provider.revokeAll();
    await page.evaluate(() => window.e2e.session.renew());
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedIn', facts: ['signedIn', 'renewed'] });
    expect(app.authorizations.at(-1)!.searchParams.get('prompt')).toBe('none');
    const status = await page.evaluate(
      async (url) => (await window.e2e.session.fetch(url)).status,
      `${app.api.origin}/items`,
    );
    expect(status).toBe(200);
  });

  test('ends the session as revoked where that has ended too', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app);
    app.provider.revokeAll();
    app.provider.endSessions();
    const code = await page.evaluate(() => window.e2e.session.renew().catch((error) => error.code));
    expect(code).toMatch(/^(grant_refused|interaction_required)$/);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({
        status: 'signedOut',
        facts: ['signedIn', 'expired revoked'],
      });
  });
});

describe('presence', () => {
  test('by mouse moves alone outlives the refresh token; without them polling does not save the session', async () => {
    const app = await startE2eApp(browser(), {
      accessTokenSeconds: 4,
      refreshTokenSeconds: 6,
      session: { silent: false },
    });
    const page = await signInAt(app);
    const signedInAtMs = Date.now();
    const move = async (): Promise<number> => {
      await page.mouse.move(Math.random() * 500, Math.random() * 500);
      return Date.now() - signedInAtMs;
    };
    await expect.poll(move, patient).toBeGreaterThan(7000);
    const moved = await stateOf(page);
    expect(moved.status).toBe('signedIn');
    expect(new Set(moved.facts)).toEqual(new Set(['signedIn', 'renewed']));

    const renewals = app.provider.log.count('refresh_token');
    await page.evaluate((url) => {
      const { session } = window.e2e;
      setInterval(() => void session.fetch(url).catch(() => {}), 100);
    }, `${app.api.origin}/items`);
    await untilStatus(page, 'signedOut');
    const { facts } = await stateOf(page);
    expect(facts.slice(-3)).toEqual(['idled', 'warned', 'expired lapsed']);
    expect(app.provider.log.count('refresh_token') - renewals).toBeLessThanOrEqual(2);
    expect(app.api.ledger.count('fresh')).toBeGreaterThan(0);
    expect(app.api.ledger.summary()).toMatchObject({ expired: 0, missing: 0, invalid: 0 });
  });
});
