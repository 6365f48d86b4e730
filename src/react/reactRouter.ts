import { type createBrowserRouter, replace } from 'react-router';
import type { Session, Stop } from '../index.ts';
import { admitPage } from '../router/admitPage.ts';
import { connectRoutes, type LeaveOptions } from '../router/connectRoutes.ts';

/** What `createBrowserRouter` makes. */
type DataRouter = ReturnType<typeof createBrowserRouter>;

/** What a loader or a middleware is called with, as far as a guard looks at it. */
export interface GuardArgs {
  readonly request: Request;
  /** With a fragment, but its query is not as it was written. Routers before 7.15 have none. */
  readonly url?: URL;
}

const routers = new WeakMap<Session<unknown>, DataRouter>();

/** What a request lacks of the address that is asked for: by the rules of `fetch` it has no fragment. */
const fragmentOf = (session: Session<unknown>, { request, url }: GuardArgs): string => {
  if (url) return url.hash;
  const places = [routers.get(session)?.state.navigation.location, globalThis.location];
  const asked = places.find(
    (place) => place && new URL(place.pathname + place.search, request.url).href === request.url,
  );
  return asked?.hash ?? '';
};

/**
 * A guard for routes of react-router: the page waits until it is known whether somebody is signed in, and else leads to a
 * sign-in that comes back to it. As `middleware` it guards all routes below, and runs before any loader; as `loader` it
 * guards its own route, and needs that route's `shouldRevalidate` to let it run again when the session ends.
 *
 * @example
 * { path: 'items', Component: ItemsPage, middleware: [sessionGuard(session)] }
 */
export const sessionGuard =
  (session: Session<unknown>) =>
  async (args: GuardArgs): Promise<void> => {
    const { url, signal } = args.request;
    const path = await admitPage(session, url + fragmentOf(session, args), signal);
    // Going back must not lead to the page that was left.
    if (path !== undefined) throw replace(path);
  };

/**
 * Connects a session with a router of `createBrowserRouter`: a sign-in by redirect comes back through the router, and when
 * the session is over the guards of the page that is shown are run again. Call it before the app is rendered; returns a
 * function that undoes it.
 *
 * @example
 * connectRouter(router, session, { ended: '/ended' })
 */
export const connectRouter = (router: DataRouter, session: Session<unknown>, leave?: LeaveOptions): Stop => {
  routers.set(session, router);
  return connectRoutes(
    session,
    {
      base: () => router.basename ?? '/',
      replace: (path) => router.navigate(path, { replace: true }),
      recheck: () => router.revalidate(),
    },
    leave,
  );
};

export type { LeaveOptions } from '../router/connectRoutes.ts';
