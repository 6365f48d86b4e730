import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startProvider } from '../../docs/demo/provider.ts';
import { useChromium } from '../support/e2eApp.ts';
import { prepareStarter, type Starter } from '../support/starter.ts';
import { visitStarter } from '../support/starterVisit.ts';

const browser = useChromium();
let starter: Starter;
beforeAll(async () => {
  starter = await prepareStarter('react');
});

describe('the starter for React, with React Router', () => {
  test.for([
    ['TypeScript 5.9', 'check'],
    ['TypeScript 6', 'check6'],
  ])('has no type error under %s, the declarations of what it uses included', async ([, script]) => {
    await expect(starter.run(script!)).resolves.toBeUndefined();
  });

  test('is built, and a deep link leads to a sign-in and back to its page', async () => {
    const provider = await startProvider({ host: 'localhost' });
    onTestFinished(provider.stop);
    await starter.run('build', { VITE_ISSUER: provider.issuer });
    const server = await starter.serve(['vite', 'preview', '--host', 'localhost', '--port', '0']);
    onTestFinished(server.stop);
    await visitStarter(browser(), server.origin);
    expect(provider.failures).toEqual([]);
  });
});
