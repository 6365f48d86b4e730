import {
  isNavigationFailure,
  NavigationFailureType,
  type RouteLocationNormalized,
  type Router,
} from 'vue-router';
import type { Session, Stop } from '../index.ts';
import { admitPage } from '../router/admitPage.ts';
import { connectRoutes, type LeaveOptions } from '../router/connectRoutes.ts';

/** Which pages need a session, and where to go without one. */
export interface GuardOptions extends LeaveOptions {
  /** Whether a page needs a session. @default pages with `meta: { signedIn: true }`, their own or a parent's */
  readonly needsSession?: (to: RouteLocationNormalized) => boolean;
}

/**
 * Guards the routes of vue-router: a page that needs a session waits until it is known whether there is one. If there is none,
 * the user signs in and comes back to the page. Call it before the router is used. Returns a function that removes the guards.
 *
 * @example
 * guardRoutes(router, session, { ended: '/ended' })
 */
export const guardRoutes = (
  router: Router,
  session: Session<unknown>,
  { needsSession = ({ meta }) => meta['signedIn'] === true, ...leave }: GuardOptions = {},
): Stop => {
  /** The page that is navigated to. */
  let asked: RouteLocationNormalized | undefined;
  let superseded = new AbortController();
  const stopGuarding = router.beforeEach(async (to) => {
    asked = to;
    superseded.abort();
    superseded = new AbortController();
    if (!needsSession(to)) return true;
    return (await admitPage(session, router.resolve(to.fullPath).href, superseded.signal)) ?? true;
  });
  const noteEnd = (): void => void (asked = undefined);
  const stopWatching = [
    router.onError(noteEnd),
    router.afterEach((_to, _from, failure) => {
      // A navigation that another has taken the place of is not the end of that one.
      if (!isNavigationFailure(failure, NavigationFailureType.cancelled)) noteEnd();
    }),
  ];
  const disconnect = connectRoutes(
    session,
    {
      base: () => router.options.history.base,
      replace: (path) => router.replace(path),
      async recheck() {
        // Who goes elsewhere as the session ends still gets there. The router asks its guards some turns after the call.
        await new Promise((resolve) => setTimeout(resolve));
        const page = asked ?? router.currentRoute.value;
        // Going to a page once more scrolls to its top.
        if (!needsSession(page)) return;
        const { path, query, hash } = page;
        await router.replace({ path, query, hash, force: true });
      },
    },
    leave,
  );
  return () => {
    stopGuarding();
    stopWatching.forEach((stop) => stop());
    disconnect();
  };
};

export type { LeaveOptions } from '../router/connectRoutes.ts';
