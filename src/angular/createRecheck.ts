import type { ActivatedRouteSnapshot, Route, Router } from '@angular/router';
import { sessionGuard } from './sessionGuard.ts';

const isGuarded = ({ canActivate = [], canActivateChild = [] }: Route): boolean =>
  [...canActivate, ...canActivateChild].includes(sessionGuard);

/** The routes that are shown behind our guard, and do not say when guards are run. */
const guardedRoutes = (shown: ActivatedRouteSnapshot, isWithin = false): Route[] => {
  const { routeConfig: route } = shown;
  const isBehind = isWithin || (!!route && isGuarded(route));
  const own = isBehind && route && !route.runGuardsAndResolvers ? [route] : [];
  return [...own, ...shown.children.flatMap((child) => guardedRoutes(child, isBehind))];
};

/** Makes what runs the guards of the page that is shown, or of the one that is on its way. */
export const createRecheck = (router: Router): (() => Promise<void>) => {
  const changed = new Set<Route>();
  let running = 0;

  const begin = (): void => {
    running++;
    for (const route of guardedRoutes(router.routerState.snapshot.root)) {
      changed.add(route);
      route.runGuardsAndResolvers = 'always';
    }
  };
  const end = (): void => {
    // One that was superseded by another is over before the guards are run.
    if (--running > 0) return;
    for (const route of changed) delete route.runGuardsAndResolvers;
    changed.clear();
  };

  return async () => {
    const { extractedUrl: to, extras } = router.getCurrentNavigation() ?? {
      extractedUrl: router.url,
      extras: { replaceUrl: true },
    };
    begin();
    try {
      await router.navigateByUrl(to, { ...extras, onSameUrlNavigation: 'reload' });
    } finally {
      end();
    }
  };
};
