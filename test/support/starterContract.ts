import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startProvider } from '../../docs/demo/provider.ts';
import { fillForm, patient, useChromium } from './e2eApp.ts';
import { prepareStarter, type Starter } from './starter.ts';

/** What holds for each starter of a page that is built by Vite: its types, and one visit of what was built. */
export const testStarter = (name: string): void => {
  const browser = useChromium();
  let starter: Starter;
  beforeAll(async () => {
    starter = await prepareStarter(name);
  });

  describe(`the starter for ${name}`, () => {
    test.each(['check', 'check6'])(
      'has no type error, the declarations of what it uses included: %s',
      async (script) => {
        await expect(starter.run(script)).resolves.toBeUndefined();
      },
    );

    test('a deep link leads to a sign-in and back to its page, and a sign-out leaves it', async () => {
      const provider = await startProvider({ host: 'localhost' });
      onTestFinished(provider.stop);
      await starter.run('build', { VITE_ISSUER: provider.issuer });
      const server = await starter.serve(['vite', 'preview', '--host', 'localhost', '--port', '0']);
      onTestFinished(server.stop);
      const visitor = await browser().newContext();
      onTestFinished(() => visitor.close());
      const page = await visitor.newPage();
      const complaints: string[] = [];
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
      });
      const shown = async () => [
        page.url().replace(server.origin, ''),
        await page.innerText('h1', { timeout: 100 }).catch(() => null),
        await page.innerText('output', { timeout: 100 }).catch(() => null),
      ];

      await page.goto(`${server.origin}/items?x=1#part`, { waitUntil: 'commit' });
      await fillForm(page);
      await expect.poll(shown, patient).toEqual(['/items?x=1#part', 'Items of Ada User', 'signedIn']);

      await page.getByRole('button', { name: 'Sign out' }).click();
      await expect.poll(shown, patient).toEqual(['/', 'Home', 'signedOut']);
      expect(complaints).toEqual([]);
      expect(provider.failures).toEqual([]);
    });
  });
};
