import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startProvider } from '../../docs/demo/provider.ts';
import { useChromium } from '../support/e2eApp.ts';
import { prepareStarter, type Starter } from '../support/starter.ts';
import { visitStarter } from '../support/starterVisit.ts';

const browser = useChromium();
let starter: Starter;
beforeAll(async () => {
  starter = await prepareStarter('next');
});

describe('the starter for Next, with its App Router', () => {
  test.for([
    ['TypeScript 5.9', 'check'],
    ['TypeScript 6', 'check6'],
  ])('has no type error under %s, the declarations of what it uses included', async ([, script]) => {
    await expect(starter.run(script!)).resolves.toBeUndefined();
  });

  test('is built, renders a guarded page for nobody, and a deep link leads to a sign-in and back', async () => {
    const provider = await startProvider({ host: 'localhost' });
    onTestFinished(provider.stop);
    const env = { NEXT_PUBLIC_ISSUER: provider.issuer, NEXT_TELEMETRY_DISABLED: '1' };
    await starter.run('build', env);
    const server = await starter.serve(['next', 'start', '--hostname', 'localhost', '--port', '0'], env);
    onTestFinished(server.stop);

    const html = await (await fetch(`${server.origin}/items`)).text();
    expect(html).toContain('One moment …');
    expect(html).not.toContain('Items of');

    await visitStarter(browser(), server.origin);
    expect(provider.failures).toEqual([]);
  });
});
