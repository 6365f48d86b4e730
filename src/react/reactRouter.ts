import { type createBrowserRouter, replace } from 'react-router';
import { SessionError, type Session, type Stop } from '../index.ts';
import { admitPage } from '../router/admitPage.ts';
import { addressOfPath } from '../router/pathWithin.ts';
import { connectionOf, connectRoutes, type LeaveOptions } from '../router/connectRoutes.ts';
import { inBrowser } from '../ui/inBrowser.ts';

/** What `createBrowserRouter` makes. */
type DataRouter = ReturnType<typeof createBrowserRouter>;

/** What a loader or a middleware is called with, as far as a guard looks at it. */
export interface GuardArgs {
  readonly request: Request;
  /** With a fragment, but its query is not as it was written. Routers before 7.15 have none. */
  readonly url?: URL;
}

const routers = new WeakMap<Session<unknown>, DataRouter>();

type Place = Pick<Location, 'pathname' | 'search' | 'hash'>;

/** The page that the router shows, or is about to show. */
const pageOf = ({ state }: DataRouter): Place => state.navigation.location ?? state.location;

/** Where the page that a request is for can be found with its fragment, which by the rules of `fetch` no request has. */
const placeOf = (router: DataRouter | undefined, { url }: Request): Place | undefined =>
  [router?.state.navigation.location, router?.state.location, globalThis.location].find(
    (place) => place && new URL(place.pathname + place.search, url).href === url,
  );

/** The page to come back to, and whether it is not what is asked for: a fetcher asks for data of the page that is shown. */
const askedOf = (
  router: DataRouter | undefined,
  { request, url }: GuardArgs,
): { readonly address: string; readonly isForPage: boolean } => {
  const place = placeOf(router, request);
  if (place || !router) return { address: request.url + ((url ?? place)?.hash ?? ''), isForPage: true };
  const { pathname, search, hash } = pageOf(router);
  return { address: pathname + search + hash, isForPage: false };
};

/** Whether it has its paths in the fragment, as those of `createHashRouter` have. */
const hasHash = (router: DataRouter): boolean => router.createHref(new URL('/', location.href)).includes('#');

const over = (): SessionError =>
  new SessionError('signed_out', 'The session is over, so the data of a guarded route is not loaded again');

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
    const { request } = args;
    const { signal } = request;
    if (!inBrowser) return;
    // A router runs the guards of the first page while it is created, before it can be connected.
    await session.start();
    if (signal.aborted) return;
    const { address, isForPage } = askedOf(routers.get(session), args);
    // The router gets stuck at a fetcher that leads elsewhere while it runs the guards of the page again.
    if (!isForPage && connectionOf(session).exit !== undefined) throw over();
    const { href } = new URL(address, request.url);
    const shown = addressOfPath(connectionOf(session).base, href.slice(new URL(href).origin.length));
    const path = await admitPage(session, shown, signal);
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
  const disconnect = connectRoutes(
    session,
    {
      base: () => (hasHash(router) ? '#' : '') + (router.basename ?? '/'),
      replace: (path) => router.navigate(path, { replace: true }),
      recheck: () => router.revalidate(),
    },
    leave,
  );
  return () => {
    disconnect();
    if (routers.get(session) === router) routers.delete(session);
  };
};

export type { LeaveOptions } from '../router/connectRoutes.ts';
