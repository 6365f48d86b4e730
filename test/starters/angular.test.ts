import { join } from 'node:path';
import { preview } from 'vite';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startProvider } from '../../docs/demo/provider.ts';
import { besideStarter } from '../support/besideStarter.ts';
import { useChromium } from '../support/e2eApp.ts';
import { goShortPath } from '../support/shortPath.ts';
import { shortPathFacts, visitShortPath } from '../support/shortPathVisit.ts';
import { prepareStarter, type Starter } from '../support/starter.ts';

const browser = useChromium();

describe.each([['angular'], ['angular20']])('the starter %s', (name) => {
  let starter: Starter;
  beforeAll(async () => {
    starter = await prepareStarter(name);
  });

  test('has no type error, neither in its templates nor in the declarations of what it uses', () =>
    starter.run('check'));

  test.runIf(name === 'angular')('is compiled ahead of time', () => starter.run('build'));

  test.runIf(name === 'angular')('runs what the shortest path of docs/angular.md leads to', async () => {
    const provider = await startProvider({ host: 'localhost' });
    onTestFinished(provider.stop);
    const { files } = await goShortPath('angular');
    const copied = ['package.json', 'angular.json', 'tsconfig.json', 'src/index.html'];
    const project = await besideStarter(
      'angular-short',
      starter,
      copied,
      files,
      shortPathFacts(provider.issuer),
    );
    await project.run('build');
    const server = await preview({
      root: project.folder,
      configFile: false,
      logLevel: 'error',
      build: { outDir: join('dist', 'starter', 'browser') },
      preview: { host: 'localhost', port: 0 },
    });
    onTestFinished(() => server.close());
    const { origin } = new URL(server.resolvedUrls?.local[0] ?? '');
    await visitShortPath(browser(), `${origin}/?x=1#part`, 'home works!');
    expect(provider.failures).toEqual([]);
  });
});
