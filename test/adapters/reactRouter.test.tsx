import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import {
  createBrowserRouter,
  createHashRouter,
  type LoaderFunctionArgs,
  type RouteObject,
  RouterProvider,
  useFetcher,
  useRouteError,
} from 'react-router';
import { connectRouter, sessionGuard } from '../../src/react/reactRouter.ts';
import type { FakeSession } from '../../src/testing/index.ts';
import type { Person } from './contract.ts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  describeHashRouter,
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
    create: typeof createBrowserRouter = createBrowserRouter,
  ): RouterAdapter['mount'] =>
  (session, into, base, leave) => {
    const router = create(routesOf(guarded(session)), { basename: base });
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

describeHashRouter({
  name: 'react-router',
  mount: mounting(
    (session) => (path) => [{ path, Component: () => path, middleware: [sessionGuard(session)] }],
    connectRouter,
    createHashRouter,
  ),
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

  /** Pages with a button that loads data of a guarded route which is no page. */
  const fetching = mounting((session) => {
    const guard = sessionGuard(session);
    const loader = async (args: LoaderFunctionArgs): Promise<string> => {
      await guard(args);
      return 'data';
    };
    const Page = (): ReactNode => {
      const { data, load } = useFetcher<string>();
      return <button onClick={() => void load('/data?x=1')}>{data ?? 'load'}</button>;
    };
    return (path) => [
      { path, Component: Page, ...(path === 'items' && { middleware: [guard] }) },
      { path: 'data', loader },
    ];
  });
  const press = (): void => document.querySelector('button')!.click();

  test('data that a page loads signs in for the page, not for the address of the data', async () => {
    const app = visit({ mount: fetching }, { at: '/other?y=a%20b#part', base: '/app' });
    await expect.poll(app.text).toBe('load');
    press();
    await expect.poll(app.text).toBe('data');
    expect(app.asked).toEqual([`${location.origin}/app/other?y=a%20b#part`]);
  });

  test('data that a guarded page has loaded signs in for the page when the session ends', async () => {
    const app = visit({ mount: fetching }, { at: '/items?y=1#part', session: await signedInSession() });
    await expect.poll(app.text).toBe('load');
    press();
    await expect.poll(app.text).toBe('data');
    app.asked.length = 0;
    await app.session.expire('revoked');
    await expect.poll(() => app.asked.length).toBe(2);
    expect([...new Set(app.asked)]).toEqual([`${location.origin}/items?y=1#part`]);
  });

  test('data of a page for everybody signs nobody in again who has signed out', async () => {
    const session = await signedInSession();
    const app = visit({ mount: fetching }, { at: '/other', session, leave: { signedOut: '/other' } });
    await expect.poll(app.text).toBe('load');
    press();
    await expect.poll(app.text).toBe('data');
    app.asked.length = 0;
    vi.spyOn(console, 'error').mockReturnValue(undefined);
    await session.signOut();
    await expect.poll(app.text).toMatch(/^failed: The session is over/);
    await app.idle();
    expect([app.asked, session.status]).toEqual([[], 'signedOut']);
    app.go('/items');
    await expect.poll(() => app.asked).toEqual([`${location.origin}/items`]);
  });

  test('a request is its own address again after the stop', async () => {
    const app = visit({ mount: fetching }, { at: '/other' });
    await expect.poll(app.text).toBe('load');
    app.stop();
    press();
    await expect.poll(app.text).toBe('data');
    expect(app.asked).toEqual([`${location.origin}/data?x=1`]);
  });
});
