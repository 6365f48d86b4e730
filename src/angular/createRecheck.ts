import type { Route, Router } from '@angular/router';
import { shownRoutes } from './guardedRoutes.ts';

/** Makes what runs the guards of the page that is shown, or of the one that is on its way. */
export const createRecheck = (router: Router): (() => Promise<void>) => {
  const changed = new Set<Route>();
  let running = 0;

  const shown = () => shownRoutes(router.routerState.snapshot.root);

  const begin = (): void => {
    running++;
    for (const { route, isGuarded } of shown()) {
      if (!isGuarded || route.runGuardsAndResolvers) continue;
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

  /** Going to a page once more scrolls to its top: only where there is a guard to run. */
  const hasGuards = (): boolean =>
    shown().some(({ route, isGuarded }) => isGuarded || route.runGuardsAndResolvers !== undefined);

  return async () => {
    if (!router.getCurrentNavigation() && !hasGuards()) return;
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
