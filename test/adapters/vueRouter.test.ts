import { type Component, createApp, defineComponent, h, ref } from 'vue';
import {
  createRouter,
  createWebHashHistory,
  createWebHistory,
  isNavigationFailure,
  NavigationFailureType,
  RouterView,
} from 'vue-router';
import { guardRoutes } from '../../src/vue/router.ts';
import { expect, onTestFinished, test } from 'vitest';
import {
  describeHashRouter,
  describeRouter,
  type RouterAdapter,
  signedInSession,
  visit,
} from './routerContract.ts';

const saying = (text: string): Component => defineComponent(() => () => text);

const mounting =
  (createHistory: typeof createWebHistory): RouterAdapter['mount'] =>
  (session, into, base, leave) => {
    const router = createRouter({
      history: createHistory(base),
      scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
      routes: [
        { path: '/', component: saying('home') },
        { path: '/ended', component: saying('ended') },
        { path: '/app', component: saying('app') },
        { path: '/items', component: saying('items'), meta: { signedIn: true } },
        { path: '/other', component: saying('other'), meta: { signedIn: true } },
      ],
    });
    let pending: unknown;
    router.beforeEach((to) => void (pending = to));
    router.afterEach((_to, _from, failure) => {
      if (!isNavigationFailure(failure, NavigationFailureType.cancelled)) pending = undefined;
    });
    const failure = ref('');
    router.onError((error: Error) => {
      failure.value = error.message;
      pending = undefined;
    });
    const stop = guardRoutes(router, session, leave);
    const app = createApp({ render: () => (failure.value ? `failed: ${failure.value}` : h(RouterView)) });
    app.use(router).mount(into);
    return {
      go: (path) => void router.push(path).catch(() => undefined),
      isIdle: () => pending === undefined,
      stop,
      unmount: () => app.unmount(),
    };
  };

const mount = mounting(createWebHistory);

describeRouter({ name: 'vue-router', mount });

describeHashRouter({ name: 'vue-router', mount: mounting(createWebHashHistory) });

test('who goes elsewhere as the session ends gets there', async () => {
  const session = await signedInSession();
  const app = visit({ mount }, { at: '/items', session });
  await expect.poll(app.text).toBe('items');
  const signedOut = session.signOut();
  app.go('/ended?why=bye');
  await signedOut;
  await app.idle();
  await expect.poll(app.text).toBe('ended');
  expect(app.address()).toBe('/ended?why=bye');
  // What was gone to before means nothing to the next end.
  await session.signIn();
  app.go('/other');
  await expect.poll(app.text).toBe('other');
  await session.signOut();
  await expect.poll(app.text).toBe('home');
});

test.each(['expire', 'signOut'] as const)(
  'a page for everybody stays where it is scrolled to: %s',
  async (end) => {
    const session = await signedInSession();
    const app = visit({ mount }, { session });
    await expect.poll(app.text).toBe('home');
    await app.idle();
    document.body.style.minHeight = '5000px';
    onTestFinished(() => void (document.body.style.minHeight = ''));
    scrollTo(0, 800);
    await (end === 'expire' ? session.expire('revoked') : session.signOut());
    // The guards would be run in the next turn, and the page be scrolled at the end of it.
    for (let turns = 0; turns < 2; turns++) await new Promise((resolve) => setTimeout(resolve));
    expect(scrollY).toBe(800);
  },
);
