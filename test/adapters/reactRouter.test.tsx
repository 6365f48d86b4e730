import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, type RouteObject, RouterProvider, useRouteError } from 'react-router';
import { connectRouter, sessionGuard } from '../../src/react/reactRouter.ts';
import type { FakeSession } from '../../src/testing/index.ts';
import type { Person } from './contract.ts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  describeRouter,
  holdStart,
  newSession,
  type RouterAdapter,
  signedInSession,
  visit,
} from './routerContract.ts';

const Failed = (): ReactNode => `failed: ${(useRouteError() as Error).message}`;

const routesOf = (guarded: (path: string) => RouteObject[]): RouteObject[] => [
  {
    ErrorBoundary: Failed,
    HydrateFallback: () => 'waiting',
    children: [
      { path: '/', Component: () => 'home' },
      { path: '/ended', Component: () => 'ended' },
      { path: '/app', Component: () => 'app' },
      ...guarded('items'),
      ...guarded('other'),
    ],
  },
];

const mounting =
  (
    guarded: (session: FakeSession<Person>) => (path: string) => RouteObject[],
    connect: typeof connectRouter = connectRouter,
  ): RouterAdapter['mount'] =>
  (session, into, base, leave) => {
    const router = createBrowserRouter(routesOf(guarded(session)), { basename: base });
    const stop = connect(router, session, leave);
    const root = createRoot(into);
    flushSync(() => root.render(<RouterProvider router={router} />));
    return {
      go: (path) => void router.navigate(path),
      isIdle: () => router.state.navigation.state === 'idle' && router.state.revalidation === 'idle',
      stop,
      unmount() {
        root.unmount();
        router.dispose();
      },
    };
  };

describeRouter({
  name: 'react-router, with a loader',
  mount: mounting((session) => (path) => [{ path, Component: () => path, loader: sessionGuard(session) }]),
});

describeRouter({
  name: 'react-router, with a middleware',
  mount: mounting((session) => (path) => [
    { path, Component: () => path, middleware: [sessionGuard(session)] },
  ]),
});

describe('react-router', () => {
  afterEach(() => void vi.restoreAllMocks());

  /** The guard as routers before 7.15 call it. */
  const oldPages = (session: FakeSession<Person>) => {
    const guard = sessionGuard(session);
    return (path: string): RouteObject[] => [
      { path, Component: () => path, loader: ({ request }) => guard({ request }) },
    ];
  };
  const before715 = mounting(oldPages);

  test('the fragment is known though a request has none', async () => {
    const deep = visit({ mount: before715 }, { at: '/items?y=a%20b#part', base: '/app' });
    await expect.poll(deep.text).toBe('items');
    expect(deep.asked).toEqual([`${location.origin}/app/items?y=a%20b#part`]);
    deep.asked.length = 0;
    await deep.session.expire('revoked');
    await expect.poll(() => deep.asked).toEqual([`${location.origin}/app/items?y=a%20b#part`]);
  });

  test.each([
    ['/items#part', '/items#part'],
    ['/items', '/items'],
  ])('the fragment of a link is known, and not taken for that of the page before: %s', async (to, asked) => {
    const app = visit({ mount: before715 }, { at: '/#top' });
    await expect.poll(app.text).toBe('home');
    app.go(to);
    await expect.poll(app.text).toBe('items');
    expect(app.asked).toEqual([`${location.origin}${asked}`]);
  });

  test('the fragment of a link is not that of the page before, though no router is connected', async () => {
    const mount = mounting(oldPages, () => () => undefined);
    const app = visit({ mount }, { at: '/#top' });
    await expect.poll(app.text).toBe('home');
    app.go('/items');
    await expect.poll(app.text).toBe('items');
    expect(app.asked).toEqual([`${location.origin}/items`]);
  });

  test('a loader may call the guard before it loads', async () => {
    const load = vi.fn<() => void>();
    const mount = mounting((session) => (path) => [
      {
        path,
        Component: () => path,
        async loader(args) {
          await sessionGuard(session)(args);
          load();
        },
      },
    ]);
    const session = newSession();
    const app = visit({ mount }, { at: '/items', session });
    await expect.poll(app.text).toBe('items');
    expect([app.asked.length, load.mock.calls.length]).toEqual([1, 1]);
    await session.signOut();
    await expect.poll(app.text).toBe('home');
    expect(load.mock.calls.length).toBe(1);
  });

  /** Pages below a guarded route, which never revalidate. */
  const below = (load: () => unknown) =>
    mounting((session) => (path) => [
      {
        middleware: [sessionGuard(session)],
        children: [{ path, Component: () => path, loader: load, shouldRevalidate: () => false }],
      },
    ]);

  test('a middleware guards the routes below it before they load', async () => {
    const session = newSession();
    const start = holdStart(session);
    const seen: string[] = [];
    const app = visit({ mount: below(() => seen.push(session.status)) }, { at: '/items', session });
    await expect.poll(() => session.start).toHaveBeenCalled();
    start.release();
    await expect.poll(app.text).toBe('items');
    expect(seen).toEqual(['signedIn']);
  });

  test('a middleware is run again at an end, even where `shouldRevalidate` says no', async () => {
    const session = await signedInSession();
    const app = visit({ mount: below(() => null) }, { at: '/items', session, leave: { ended: '/ended' } });
    await expect.poll(app.text).toBe('items');
    await session.expire('revoked');
    await expect.poll(app.text).toBe('ended');
  });
});
