import type { Session, Stop } from '../../index.ts';
import { connectRoutes, type LeaveOptions } from '../../router/connectRoutes.ts';
import { inBrowser } from '../../ui/inBrowser.ts';
import { createAdmissions } from './createAdmissions.ts';
import type { KitRouter } from './kitRouter.ts';
import { admitWith, SESSION_DEPENDENCY } from './sessionGuard.ts';
import { watchRouter } from './watchRouter.ts';

/**
 * Connects a session with SvelteKit's router: after a sign-in by redirect the router shows the page that the user asked for, and
 * when the session is over the guards are run again. Call it in `src/hooks.client.ts`, which Kit runs before every `load`.
 * Returns a function that disconnects them. On a server it does nothing.
 *
 * @example
 * import { goto, invalidate } from '$app/navigation';
 * import { navigating, page } from '$app/state';
 *
 * connectRouter(session, { goto, invalidate, navigating, page }, { ended: '/ended' });
 */
export const connectRouter = (session: Session<unknown>, router: KitRouter, options?: LeaveOptions): Stop => {
  if (!inBrowser) return () => undefined;
  const { goto, invalidate, base = '/' } = router;
  const watch = watchRouter(router);
  const forget = admitWith(session, createAdmissions(session, router, watch));
  const disconnect = connectRoutes(
    session,
    {
      base: () => base,
      async replace(path) {
        await watch.started;
        await goto(base.replace(/\/$/, '') + path, { replaceState: true });
      },
      async recheck() {
        await watch.started;
        await invalidate(SESSION_DEPENDENCY);
      },
    },
    options,
  );
  return () => {
    disconnect();
    forget();
    watch.stop();
  };
};
