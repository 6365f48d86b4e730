import { Location } from '@angular/common';
import { inject } from '@angular/core';
import {
  type ActivatedRouteSnapshot,
  type GuardResult,
  type Route,
  Router,
  type RouterStateSnapshot,
  type UrlSegment,
} from '@angular/router';
import { from, map, Observable } from 'rxjs';
import { admitPage } from '../router/admitPage.ts';
import { noteGuarded } from './guardedRoutes.ts';
import { injectSession } from './injectSession.ts';

/**
 * Guards a page that needs a session: it waits until it is known whether there is one, and else leads to a sign-in that comes
 * back to the page. For `canActivate`, `canActivateChild` and, so that its code is not even loaded, `canMatch`. It protects
 * nothing on a server, which knows of no session.
 *
 * @example
 * { path: 'account', component: Account, canActivate: [sessionGuard] }
 */
export const sessionGuard = (
  route: ActivatedRouteSnapshot | Route,
  to: RouterStateSnapshot | UrlSegment[],
): Observable<GuardResult> => {
  const [session, router, location] = [injectSession<unknown>(), inject(Router), inject(Location)];
  noteGuarded('routeConfig' in route ? route.routeConfig : route);
  // Segments are those of one route only.
  const url = 'url' in to ? to.url : router.serializeUrl(router.getCurrentNavigation()!.extractedUrl);
  return new Observable((observer) => {
    const superseded = new AbortController();
    // The router unsubscribes when somebody goes elsewhere.
    observer.add(() => superseded.abort());
    return from(admitPage(session, location.prepareExternalUrl(url), superseded.signal))
      .pipe(map((path) => path === undefined || router.parseUrl(path)))
      .subscribe(observer);
  });
};
