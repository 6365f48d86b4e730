import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startProvider } from '../../docs/demo/provider.ts';
import { useChromium } from './e2eApp.ts';
import { prepareStarter, type Starter } from './starter.ts';
import { visitStarter } from './starterVisit.ts';

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
      await visitStarter(browser(), server.origin);
      expect(provider.failures).toEqual([]);
    });
  });
};
