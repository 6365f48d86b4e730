import { FetchBackend, HttpBackend, HttpXhrBackend } from '@angular/common/http';
import {
  type EnvironmentProviders,
  inject,
  isDevMode,
  makeEnvironmentProviders,
  provideEnvironmentInitializer,
  type ProviderToken,
} from '@angular/core';
import { SessionError } from '../errors/sessionError.ts';
import { inBrowser } from '../ui/inBrowser.ts';
import { createSessionBackend } from './createSessionBackend.ts';
import { injectSession } from './injectSession.ts';

const innerBackend = (): HttpBackend => inject(FetchBackend, { optional: true }) ?? inject(HttpXhrBackend);

const isAngulars = (backend: HttpBackend): boolean =>
  backend instanceof FetchBackend || backend instanceof HttpXhrBackend;

/**
 * Sends the requests of `HttpClient` through the session's gate: those to token origins wait for a fresh token, and a 401 is
 * repeated once with a newer one. The token is put on behind all interceptors, so that none of them sees it. A refusal is an
 * `HttpErrorResponse` of status 0, whose `error` is a `SessionError`. On a server requests pass untouched.
 *
 * It comes after `provideHttpClient(…)`, and after it again wherever a lazy route has that among its providers.
 *
 * @param inner What sends them then. @default Angular's own: `FetchBackend` where there is one, as with `withFetch()`, else
 *   `HttpXhrBackend`; with `withXhr()` of Angular 22 say `HttpXhrBackend`
 * @throws {SessionError} `option_invalid` where it does not come after `provideHttpClient(…)`; in development only
 * @example
 * providers: [provideSession(session), provideHttpClient(), provideSessionBackend()]
 */
export const provideSessionBackend = (inner?: ProviderToken<HttpBackend>): EnvironmentProviders =>
  makeEnvironmentProviders([
    {
      provide: HttpBackend,
      useFactory: () => {
        const backend = inner ? inject(inner) : innerBackend();
        return inBrowser ? createSessionBackend(injectSession<unknown>(), backend) : backend;
      },
    },
    provideEnvironmentInitializer(() => {
      // Later providers replace earlier ones without a word, and each request would go without a token.
      if (inBrowser && isDevMode() && isAngulars(inject(HttpBackend)))
        throw new SessionError(
          'option_invalid',
          'provideSessionBackend: must come after `provideHttpClient(…)` among the providers',
        );
    }),
  ]);
