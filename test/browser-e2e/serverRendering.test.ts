import { describe, expect, onTestFinished, test } from 'vitest';
import { patient, useChromium } from '../support/e2eApp.ts';
import { type Flaw, type Framework, openHydrated, renderOnServer, textsIn } from '../support/hydratedApp.ts';
import { pictureOf } from '../support/serverRendering/person.ts';
import type { ServerRun } from '../support/serverRendering/renderOnce.ts';

const browser = useChromium();

const frameworks = ['angular', 'vue', 'react', 'solid', 'svelte'] as const;

/**
 * What makes hydration begin with what is so, and not with what a server has rendered. Angular is not among them: what it finds
 * different it renders anew, and says nothing.
 */
const flaws: Partial<Record<Framework, Flaw>> = {
  vue: { file: 'src/vue/follow.ts', from: 'shallowRef(!isHydrating())', to: 'shallowRef(true)' },
  react: { file: 'src/react/useSelection.ts', from: '() => atFirst', to: 'get' },
  solid: { file: 'src/solid/hydration.ts', from: '!sharedConfig.context', to: 'sharedConfig' },
  svelte: { file: 'src/svelte/follow.ts', from: 'root?.isHydrating()', to: 'false' },
};

const notKnownYet = {
  status: 'loading',
  user: 'nobody',
  picture: pictureOf(null),
  left: 'unknown',
  warning: 'closed',
  ended: 'going on',
  inside: 'outside',
};

const adaIsThere = {
  ...notKnownYet,
  status: 'signedIn',
  user: 'Ada',
  picture: pictureOf({ name: 'Ada' }),
  left: '299000',
  inside: 'inside',
};

const rendered = new Map<Framework, Promise<ServerRun>>();

/** Once for all tests of a framework. */
const serverRun = (framework: Framework): Promise<ServerRun> => {
  if (!rendered.has(framework)) rendered.set(framework, renderOnServer(framework));
  return rendered.get(framework)!;
};

describe.each(frameworks)('an app with %s', (framework) => {
  test('says on a server that nothing is known yet, and starts nothing there', async () => {
    const { html, ...run } = await serverRun(framework);
    const page = await browser().newPage();
    onTestFinished(() => page.close());
    await page.setContent(html);
    expect(await textsIn(page)).toEqual(notKnownYet);
    expect(run).toMatchObject({ status: 'loading', requests: 0, timers: 0, leftOver: [] });
  });

  test('is taken over by its page, and shows who signs in', async () => {
    const { page, complaints, texts } = await openHydrated(browser(), framework, await serverRun(framework));
    await expect.poll(texts, patient).toEqual({ ...notKnownYet, status: 'signedOut' });
    await page.evaluate(() => window.rendered.session.enter('authenticated'));
    await expect.poll(texts, patient).toEqual(adaIsThere);
    expect(await page.evaluate(() => window.rendered.isTakenOver())).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('is taken over where somebody is known to be signed in already', async () => {
    const run = await serverRun(framework);
    const { page, complaints, texts } = await openHydrated(browser(), framework, run, { query: '?known' });
    await expect.poll(texts, patient).toEqual(adaIsThere);
    expect(await page.evaluate(() => window.rendered.isTakenOver())).toBe(true);
    expect(complaints).toEqual([]);
  });
});

test.each(Object.entries(flaws) as [Framework, Flaw][])(
  'with %s it is noticed here where hydration does not begin with what the server sent',
  async (framework, flaw) => {
    const run = await serverRun(framework);
    const { complaints, texts } = await openHydrated(browser(), framework, run, { query: '?known', flaw });
    // Solid compares nothing: it leaves on the page what the server has sent.
    const isWrong = async () => complaints.length > 0 || (await texts())['inside'] !== adaIsThere.inside;
    await expect.poll(isWrong, patient).toBe(true);
  },
);
