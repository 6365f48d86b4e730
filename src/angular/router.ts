import { Location, LocationStrategy } from '@angular/common';
import {
  DestroyRef,
  type EnvironmentProviders,
  ErrorHandler,
  inject,
  makeEnvironmentProviders,
  NgZone,
  provideEnvironmentInitializer,
} from '@angular/core';
import { Router } from '@angular/router';
import type { Stop } from '../index.ts';
import { connectRoutes, type LeaveOptions } from '../router/connectRoutes.ts';
import { createRecheck } from './createRecheck.ts';
import { injectSession } from './injectSession.ts';

const connect = (leave: LeaveOptions | undefined): Stop => {
  const [router, strategy, location] = [inject(Router), inject(LocationStrategy), inject(Location)];
  const [zone, errors] = [inject(NgZone), inject(ErrorHandler)];
  const recheck = createRecheck(router);

  /** The session runs outside the zone; what the router makes belongs inside it. */
  const navigate = (begin: () => Promise<unknown>): Promise<unknown> =>
    zone.run(() => begin().catch((error: unknown) => errors.handleError(error)));

  return connectRoutes(
    injectSession<unknown>(),
    {
      // With `withHashLocation()` the base is a part of the fragment.
      base: () => (location.prepareExternalUrl('/').startsWith('#') ? '#' : '') + strategy.getBaseHref(),
      replace: (path) => navigate(() => router.navigateByUrl(path, { replaceUrl: true })),
      recheck: () => navigate(recheck),
    },
    leave,
  );
};

/**
 * Connects the session with Angular's router: a sign-in by redirect comes back through the router, and when the session is
 * over, the guards of the page that is shown are run again.
 *
 * @example
 * providers: [provideRouter(routes), provideSession(session), provideSessionRouter({ ended: '/ended' })]
 */
export const provideSessionRouter = (leave?: LeaveOptions): EnvironmentProviders =>
  makeEnvironmentProviders([
    provideEnvironmentInitializer(() => void inject(DestroyRef).onDestroy(connect(leave))),
  ]);

export { sessionGuard } from './sessionGuard.ts';
export type { LeaveOptions } from '../router/connectRoutes.ts';
