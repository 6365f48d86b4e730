import type { ActivatedRouteSnapshot, Route } from '@angular/router';

/** Those for which the guard has run, under whatever name the app has given it there. */
const guarded = new WeakSet<Route>();

/** Notes that a route is behind our guard. */
export const noteGuarded = (route: Route | null): void => {
  if (route) guarded.add(route);
};

/** A route that is shown, and whether it is behind our guard. */
interface ShownRoute {
  readonly route: Route;
  readonly isGuarded: boolean;
}

/** The routes that are shown, from the outermost to the innermost. */
export const shownRoutes = (shown: ActivatedRouteSnapshot, isWithin = false): ShownRoute[] => {
  const { routeConfig: route } = shown;
  const isGuarded = isWithin || (!!route && guarded.has(route));
  const own = route ? [{ route, isGuarded }] : [];
  return [...own, ...shown.children.flatMap((child) => shownRoutes(child, isGuarded))];
};
