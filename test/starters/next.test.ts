import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startProvider } from '../../docs/demo/provider.ts';
import { besideStarter } from '../support/besideStarter.ts';
import { useChromium } from '../support/e2eApp.ts';
import { goShortPath } from '../support/shortPath.ts';
import { shortPathFacts, visitShortPath } from '../support/shortPathVisit.ts';
import { prepareStarter, type Starter } from '../support/starter.ts';
import { visitStarter } from '../support/starterVisit.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
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

  test('runs what the shortest path of docs/server-rendering.md leads to', async () => {
    const provider = await startProvider({ host: 'localhost' });
    onTestFinished(provider.stop);
    const { files } = await goShortPath('next');
    const project = await besideStarter(
      'next-short',
      starter,
      ['package.json', 'tsconfig.json'],
      {
        ...files,
        // The root is where its installation lies, too.
        'next.config.ts': `export default { cacheComponents: true, partialPrefetching: true, turbopack: { root: ${JSON.stringify(root)} } };\n`,
        'app/globals.css': '',
        'app/page.tsx': 'export default function Home() {\n  return <h1>Welcome</h1>;\n}\n',
        'app/items/page.tsx': 'export default function Items() {\n  return <h1>Get started</h1>;\n}\n',
      },
      {
        ...shortPathFacts(provider.issuer),
        // A build has no network here.
        'import { Geist, Geist_Mono } from "next/font/google";':
          'const Geist = (_: object) => ({ variable: "" });\nconst Geist_Mono = Geist;',
      },
    );
    const env = { NEXT_TELEMETRY_DISABLED: '1' };
    await project.run('build', env);
    const server = await project.serve(['next', 'start', '--hostname', 'localhost', '--port', '0'], env);
    onTestFinished(server.stop);
    const html = await (await fetch(`${server.origin}/items`)).text();
    expect(html).toContain('<p>One moment …</p>');
    await visitShortPath(browser(), `${server.origin}/items?x=1#part`, 'Get started');
    expect(provider.failures).toEqual([]);
  });
});
