import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type DemoApi, startApi } from '../../docs/demo/api.ts';
import { signInAt, startE2eApp, useChromium } from '../support/e2eApp.ts';

const browser = useChromium();

const startOther = async ({
  issuer,
  jwks,
}: Pick<Parameters<typeof startApi>[0], 'issuer' | 'jwks'>): Promise<DemoApi> => {
  const other = await startApi({ issuer, jwks, host: 'localhost' });
  onTestFinished(() => other.stop());
  return other;
};

/** Sends a request through the gate; what the page may read of the answer does not matter here. */
const ask = (page: Page, url: string): Promise<string> =>
  page.evaluate(async (target) => {
    const { session } = window.e2e;
    return session.fetch(target).then(
      ({ status }) => String(status),
      (error: Error) => error.name,
    );
  }, url);

const verdictsOf = ({ ledger }: DemoApi): string[] =>
  ledger.entries.map(({ path, verdict }) => `${path} ${verdict}`);

describe('a token', () => {
  test('goes to exactly the allowed origins', async () => {
    const app = await startE2eApp(browser());
    const other = await startOther(app.provider);
    const page = await signInAt(app);
    const port = new URL(app.api.origin).port;
    expect(await ask(page, `${app.api.origin}/items`)).toBe('200');
    await ask(page, `${other.origin}/items`);
    // The same server under another name, and the allowed origin as a prefix of another.
    await ask(page, `http://localhost:${port}/items`);
    await ask(page, `${app.api.origin}@${new URL(other.origin).host}/items`);
    expect(verdictsOf(app.api)).toEqual(['/items fresh', '/items missing']);
    expect(new Set(verdictsOf(other))).toEqual(new Set(['/items missing']));
  });

  test('goes elsewhere where a seeded defect lets it, and that is seen here', async () => {
    const everywhere = `export const pageLocation = () => ({});
    export const createTokenOrigins = () => ({
      resolve(address: string) {
        const { origin, href } = new URL(address, location.href);
        return { origin, url: href };
      },
    });`;
    const app = await startE2eApp(browser(), {
      changed: { file: /src\/gate\/tokenOrigins\.ts$/, contents: everywhere },
    });
    const other = await startOther(app.provider);
    const page = await signInAt(app);
    await ask(page, `${other.origin}/items`);
    expect(verdictsOf(other)).toContain('/items fresh');
  });

  test('is not carried over a redirect to another origin, nor back again', async () => {
    const app = await startE2eApp(browser());
    const other = await startOther(app.provider);
    const page = await signInAt(app);
    const to = (origin: string, target: string): string =>
      `${origin}/redirect?to=${encodeURIComponent(target)}`;
    await ask(page, to(app.api.origin, `${other.origin}/items`));
    expect(verdictsOf(app.api)).toEqual(['/redirect fresh']);
    expect(verdictsOf(other)).toEqual(['/items missing']);
    expect(await ask(page, to(app.api.origin, '/items'))).toBe('200');
    expect(verdictsOf(app.api)).toEqual(['/redirect fresh', '/redirect fresh', '/items fresh']);
  });
});
