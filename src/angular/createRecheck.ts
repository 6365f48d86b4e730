import type { Route, Router } from '@angular/router';
import { guardedRoutes } from './guardedRoutes.ts';

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
