import {
  DestroyRef,
  type EnvironmentProviders,
  inject,
  makeEnvironmentProviders,
  NgZone,
  provideEnvironmentInitializer,
} from '@angular/core';
import type { Session } from '../index.ts';
import { runSession } from '../ui/runSession.ts';
import { SESSION } from './injectSession.ts';

/**
 * Gives a session to an app, and runs it until the app is destroyed. The first render does not wait for it. Several apps may
 * have the same one.
 *
 * @example
 * bootstrapApplication(App, { providers: [provideSession(session)] })
 */
export const provideSession = (session: Session<unknown>): EnvironmentProviders =>
  makeEnvironmentProviders([
    { provide: SESSION, useValue: session },
    provideEnvironmentInitializer(() => {
      // Within the zone every pointer move would be followed by a change detection.
      inject(DestroyRef).onDestroy(inject(NgZone).runOutsideAngular(() => runSession(session)));
    }),
  ]);
