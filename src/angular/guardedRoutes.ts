import type { ActivatedRouteSnapshot, Route } from '@angular/router';

/** Those for which the guard has run, under whatever name the app has given it there. */
const guarded = new WeakSet<Route>();

/** Notes that a route is behind our guard. */
export const noteGuarded = ({ routeConfig }: ActivatedRouteSnapshot): void => {
  if (routeConfig) guarded.add(routeConfig);
};

/** The routes that are shown behind our guard, and do not say when guards are run. */
export const guardedRoutes = (shown: ActivatedRouteSnapshot, isWithin = false): Route[] => {
  const { routeConfig: route } = shown;
  const isBehind = isWithin || (!!route && guarded.has(route));
  const own = isBehind && route && !route.runGuardsAndResolvers ? [route] : [];
  return [...own, ...shown.children.flatMap((child) => guardedRoutes(child, isBehind))];
};
