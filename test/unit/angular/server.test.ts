import '@angular/compiler';
import { HttpBackend } from '@angular/common/http';
import {
  createEnvironmentInjector,
  EnvironmentInjector,
  InjectionToken,
  Injector,
  NgZone,
  runInInjectionContext,
} from '@angular/core';
import { expect, onTestFinished, test } from 'vitest';
import { provideSessionBackend } from '../../../src/angular/http.ts';
import {
  injectEnded,
  injectIdleWarning,
  injectRemaining,
  injectSessionValue,
  injectSignedIn,
  injectStatus,
  injectUser,
  provideSession,
} from '../../../src/angular/index.ts';
import { createFakeSession } from '../../../src/testing/index.ts';

/** What a server has of Angular, without a document. */
const platform = (): EnvironmentInjector => {
  const zone = { runOutsideAngular: (run: () => unknown) => run() };
  const injector = Injector.create({ providers: [{ provide: NgZone, useValue: zone }] });
  return createEnvironmentInjector([], injector as EnvironmentInjector);
};

test('on a server nothing starts, and everything shows that nothing is known', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  await session.enter('authenticated');
  session.stop();
  const injector = createEnvironmentInjector([provideSession(session)], platform());
  const shown = runInInjectionContext(injector, () => [
    injectStatus()(),
    injectUser()(),
    injectSessionValue(({ state }) => state)(),
    injectRemaining('token')(),
    injectIdleWarning().open(),
    injectEnded()(),
    injectSignedIn()(),
  ]);
  expect(shown).toEqual(['loading', null, 'anonymous.restoring', null, false, null, []]);
  expect(session.clock.pendingTimers).toBe(0);
  injector.destroy();
});

test('on a server a session that is known is not shown', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  onTestFinished(session.stop);
  await session.enter('authenticated');
  const injector = createEnvironmentInjector([provideSession(session)], platform());
  const shown = runInInjectionContext(injector, () => [injectStatus()(), injectUser()(), injectSignedIn()()]);
  expect(shown).toEqual(['loading', null, []]);
});

test('on a server requests pass untouched', () => {
  const own: HttpBackend = { handle: () => expect.unreachable('asks nothing') };
  const OWN = new InjectionToken<HttpBackend>('own');
  const session = createFakeSession({ user: {} });
  const injector = createEnvironmentInjector(
    [provideSession(session), { provide: OWN, useValue: own }, provideSessionBackend(OWN)],
    platform(),
  );
  expect(injector.get(HttpBackend)).toBe(own);
});
