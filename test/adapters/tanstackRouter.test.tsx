import {
  createHashHistory,
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  type RouterHistory,
  RouterProvider,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { connectRouter, sessionGuard } from '../../src/react/tanstackRouter.ts';
import type { FakeSession } from '../../src/testing/index.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Person } from './contract.ts';
import {
  describeHashRouter,
  describeRouter,
  newSession,
  type RouterAdapter,
  signedInSession,
  visit,
} from './routerContract.ts';

const Failed = ({ error }: ErrorComponentProps): ReactNode => `failed: ${(error as Error).message}`;

const load = vi.fn<(path: string) => void>();

const routerOf = (session: FakeSession<Person>, basepath: string, history?: RouterHistory) => {
  const root = createRootRoute();
  const open = <Path extends string>(path: Path, text: string) =>
    createRoute({ getParentRoute: () => root, path, component: () => text });
  const guarded = <Path extends string>(path: Path) =>
    createRoute({
      getParentRoute: () => root,
      path,
      component: () => path,
      errorComponent: Failed,
      beforeLoad: sessionGuard(session),
      loader: () => load(path),
    });
  const routeTree = root.addChildren([
    open('/', 'home'),
    open('/ended', 'ended'),
    open('/app', 'app'),
    guarded('items'),
    guarded('other'),
  ]);
  return createRouter({ routeTree, basepath, ...(history && { history }) });
};

const mounting =
  (
    note: (router: ReturnType<typeof routerOf>) => void,
    createHistory?: () => RouterHistory,
  ): RouterAdapter['mount'] =>
  (session, into, basepath, leave) => {
    const router = routerOf(session, basepath, createHistory?.());
    note(router);
    const stop = connectRouter(router, session, leave);
    const root = createRoot(into);
    flushSync(() => root.render(<RouterProvider router={router} />));
    return {
      go: (path) => void router.navigate({ href: path }),
      isIdle: () => router.state.status === 'idle',
      stop,
      unmount() {
        root.unmount();
        router.history.destroy();
      },
    };
  };

describeRouter({ name: 'TanStack Router', mount: mounting(() => undefined) });

describeHashRouter({ name: 'TanStack Router', mount: mounting(() => undefined, createHashHistory) });

describe('TanStack Router', () => {
  beforeEach(() => void load.mockReset());
  afterEach(() => void vi.restoreAllMocks());

  const open = (session: FakeSession<Person>) => {
    let router: ReturnType<typeof routerOf>;
    const app = visit({ mount: mounting((its) => (router = its)) }, { session });
    return { ...app, preload: () => router.preloadRoute({ to: '/items' }) };
  };

  test('a preload neither signs in nor loads, and the page is loaded when it is asked for', async () => {
    const complaints = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const session = newSession();
    const started = vi.spyOn(session, 'start');
    const app = open(session);
    await expect.poll(app.text).toBe('home');
    await app.preload();
    expect([app.asked, started.mock.calls, load.mock.calls, complaints.mock.calls]).toEqual([[], [], [], []]);
    app.go('/items');
    await expect.poll(app.text).toBe('items');
    expect([app.asked, load.mock.calls]).toEqual([[`${location.origin}/items`], [['items']]]);
  });

  test('a preload loads where somebody is signed in', async () => {
    const app = open(await signedInSession());
    await expect.poll(app.text).toBe('home');
    await app.preload();
    expect([app.asked, load.mock.calls]).toEqual([[], [['items']]]);
  });

  test('the page that the router shows counts, where the address bar shows another', async () => {
    const session = newSession();
    const asked = vi.spyOn(session, 'require');
    const router = routerOf(session, '/');
    router.update({ ...router.options, history: createMemoryHistory({ initialEntries: ['/items#part'] }) });
    await router.load();
    expect(asked.mock.calls.map(([options]) => options?.returnTo)).toEqual([`${location.origin}/items#part`]);
  });

  test('what was loaded for one user is loaded anew for the next', async () => {
    const session = await signedInSession();
    const app = open(session);
    await expect.poll(app.text).toBe('home');
    await app.preload();
    await session.signOut();
    await app.idle();
    app.go('/items');
    await expect.poll(app.text).toBe('items');
    expect([app.asked.length, load.mock.calls.length]).toEqual([1, 2]);
  });
});
