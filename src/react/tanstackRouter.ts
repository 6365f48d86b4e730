import { redirect } from '@tanstack/react-router';
import { SessionError, type Session, type Stop } from '../index.ts';
import { admitPage } from '../router/admitPage.ts';
import { connectionOf, connectRoutes, type LeaveOptions } from '../router/connectRoutes.ts';
import { addressOfPath } from '../router/pathWithin.ts';
import { inBrowser } from '../ui/inBrowser.ts';

/** What `beforeLoad` is called with, as far as a guard looks at it. */
export interface GuardArgs {
  readonly location: {
    readonly href: string;
    /** With the router's `basepath`, which `href` lacks where there is this. */
    readonly publicHref?: string;
  };
  readonly abortController: AbortController;
  readonly preload: boolean;
}

/** What `createRouter` makes, as far as a session is connected with it. */
export interface TanstackRouter {
  readonly basepath: string;
  readonly history: { replace(path: string): void; createHref(path: string): string };
  invalidate(): Promise<void>;
}

/** `base` as a connection has it: behind a `#` with a hash history. */
const withBase = (base: string, path: string): string => base.replace(/^.*#/, '').replace(/\/$/, '') + path;

/** An address as this router would write it, for a query can be written in several ways. */
const normalized = (address: string): string => {
  const { pathname, searchParams, hash } = new URL(address, location.href);
  return `${pathname}?${searchParams}${hash}`;
};

/** The address that is asked for, as it is written in the address bar if it is that one. */
const addressOf = (base: string, { href, publicHref = href }: GuardArgs['location']): string => {
  const address = addressOfPath(base, publicHref);
  return normalized(address) === normalized(location.href) ? location.href : address;
};

/** A preload stops here where nobody is known: its loader would load, and keep, what nobody may see. */
const requireKnown = ({ status }: Session<unknown>): void => {
  if (status === 'signedIn') return;
  throw new SessionError('signed_out', 'Nobody is signed in, so this page is not preloaded');
};

/**
 * A guard for routes of TanStack Router, for the route itself and all below: the page waits until it is known whether
 * somebody is signed in, and else leads to a sign-in that comes back to it. A preload signs nobody in, and loads nothing
 * while nobody is signed in.
 *
 * @example
 * createRoute({ getParentRoute: () => root, path: 'items', component: ItemsPage, beforeLoad: sessionGuard(session) })
 */
export const sessionGuard =
  (session: Session<unknown>) =>
  async ({ location: asked, abortController, preload }: GuardArgs): Promise<void> => {
    if (!inBrowser) return;
    if (preload) return requireKnown(session);
    const { signal } = abortController;
    const path = await admitPage(session, addressOf(connectionOf(session).base, asked), signal);
    if (path !== undefined) throw redirect({ href: withBase(connectionOf(session).base, path) });
  };

/**
 * Connects a session with a router of `createRouter`: a sign-in by redirect comes back through the router, and when the
 * session is over the guards of the page that is shown are run again. Call it before the app is rendered; returns a function
 * that undoes it.
 *
 * @example
 * connectRouter(router, session, { ended: '/ended' })
 */
export const connectRouter = (
  router: TanstackRouter,
  session: Session<unknown>,
  leave?: LeaveOptions,
): Stop =>
  connectRoutes(
    session,
    {
      base: () => (router.history.createHref('/').includes('#') ? '#' : '') + router.basepath,
      replace: (path) => router.history.replace(withBase(router.basepath, path)),
      recheck: () => router.invalidate(),
    },
    leave,
  );

export type { LeaveOptions } from '../router/connectRoutes.ts';
