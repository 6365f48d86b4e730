import 'zone.js';
import '@angular/compiler';
import { HttpClient, provideHttpClient } from '@angular/common/http';
import {
  type ApplicationRef,
  Component,
  type EnvironmentProviders,
  NgZone,
  provideZoneChangeDetection,
  type Type,
} from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { provideRouter, Router, RouterOutlet } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { provideSessionBackend } from '../../src/angular/http.ts';
import { injectRemaining, injectStatus, injectUser, provideSession } from '../../src/angular/index.ts';
import { provideSessionRouter, sessionGuard } from '../../src/angular/router.ts';
import { createSession, type Session } from '../../src/index.ts';
import { createFakeSession } from '../../src/testing/index.ts';
import { STUB_API } from '../support/stubApi.ts';
import type { Person } from './contract.ts';

/** How often Angular has looked at everything. */
const looked = vi.fn();
const home = location.href;
let into: HTMLElement;
let made = 0;
beforeEach(() => {
  into = document.body.appendChild(document.createElement('div'));
});
afterEach(() => {
  into.remove();
  history.replaceState(null, '', home);
});

const start = async (
  template: string,
  make: () => object,
  providers: EnvironmentProviders[],
  imports: Type<unknown>[] = [],
): Promise<ApplicationRef> => {
  const Root = function (this: object) {
    Object.assign(this, make(), { looked });
  } as unknown as Type<unknown>;
  // Angular tells components apart by what they are made of.
  const host = { 'data-made': String(++made) };
  Component({ selector: 'app-root', template: `${template}{{ looked() }}`, imports, host })(Root);
  const app = await createApplication({ providers: [provideZoneChangeDetection(), ...providers] });
  onTestFinished(() => app.destroy());
  app.bootstrap(Root, into);
  return app;
};

let sessions = 0;
/** A real session, whose page is this one. */
const realSession = (): Session<Person> => {
  const session = createSession<Person>({
    name: `zone ${++sessions}`,
    issuer: 'https://id.test',
    clientId: 'web',
    silent: false,
    user: () => ({ name: 'Ada' }),
    grants: { signIn: async () => ({ access_token: 'token', expires_in: 300 }) },
    onWarning: () => undefined,
  });
  onTestFinished(session.stop);
  return session;
};

/** By the methods that zone.js has put its own in place of. */
const unknownToZone = (
  method: 'addEventListener' | 'removeEventListener',
  type: string,
  listener: () => void,
): void => {
  const methods = document as unknown as Record<string, Document[typeof method]>;
  methods[`__zone_symbol__${method}`]!.call(document, type, listener, true);
};

const inBatches = async (send: (i: number) => Promise<unknown>): Promise<void> => {
  for (let sent = 0; sent < 1000; sent += 100)
    await Promise.all(Array.from({ length: 100 }, (_, i) => send(sent + i)));
};

/** The same real input 1,000 times. Chromium tells of it once a frame. */
const inputs = {
  pointermove: () =>
    inBatches((i) =>
      cdp().send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 200 + (i % 200), y: 200 + (i % 50) }),
    ),
  async touchmove() {
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
      cdp().send('Input.dispatchTouchEvent', { type, touchPoints: points });
    await touch('touchStart', [{ x: 200, y: 200 }]);
    await inBatches((i) => touch('touchMove', [{ x: 200 + (i % 200), y: 200 + (i % 50) }]));
    await touch('touchEnd', []);
  },
};

test.each(['pointermove', 'touchmove'] as const)(
  '0 change detections from 1,000 times %s, even if somebody signs in from within the zone',
  async (input) => {
    const session = realSession();
    const app = await start('', () => ({ status: injectStatus(), user: injectUser({ session }) }), [
      provideSession(session),
    ]);
    await session.ready;
    await app.injector.get(NgZone).run(() => session.signIn({ username: 'ada' }));
    await expect.poll(() => session.user?.name).toBe('Ada');
    const activeAt = (): number => session.actor.getSnapshot().context.lastActivity!.monotonicMs;
    const before = activeAt();
    await inputs[input]();
    await app.whenStable();
    looked.mockClear();
    const seen = vi.fn();
    unknownToZone('addEventListener', input, seen);
    await inputs[input]();
    unknownToZone('removeEventListener', input, seen);
    expect(seen.mock.calls.length).toBeGreaterThan(10);
    expect(activeAt()).toBeGreaterThan(before);
    expect(looked).not.toHaveBeenCalled();
    // The count would have seen one.
    app.injector.get(NgZone).run(() => undefined);
    expect(looked).toHaveBeenCalled();
  },
);

test('the view follows the session, which runs outside the zone', async () => {
  const session = createFakeSession<Person>({ user: { name: 'Ada' } });
  await start(
    '{{ status() }} {{ user()?.name }} {{ left() }} ',
    () => ({ status: injectStatus(), user: injectUser({ session }), left: injectRemaining('token') }),
    [provideSession(session)],
  );
  await session.enter('authenticated');
  await expect.poll(() => into.textContent).toMatch(/^signedIn Ada 299000/);
  await session.advance(10_000);
  await expect.poll(() => into.textContent).toMatch(/^signedIn Ada 289000/);
  await session.signOut();
  await expect.poll(() => into.textContent).toMatch(/^signedOut *$/);
});

test('requests come back to the zone in which they were made', async () => {
  const session = createFakeSession({ user: {}, tokenOrigins: [location.origin] });
  await session.enter('authenticated');
  const app = await start('', () => ({}), [
    provideSession(session),
    provideHttpClient(),
    provideSessionBackend(),
  ]);
  const zone = app.injector.get(NgZone);
  const isInside = zone.run(() =>
    firstValueFrom(app.injector.get(HttpClient).get(`${STUB_API}/things?log=zone`)).then(() =>
      NgZone.isInAngularZone(),
    ),
  );
  expect(await isInside).toBe(true);
});

test('pages that an end leads to are made in the zone', async () => {
  history.replaceState(null, '', '/private');
  const session = createFakeSession({ user: {} });
  await session.enter('authenticated');
  const where = vi.fn();
  const Ended = function () {
    where(NgZone.isInAngularZone());
  } as unknown as Type<unknown>;
  Component({ selector: 'page-ended', template: 'ended' })(Ended);
  const Private = function () {} as unknown as Type<unknown>;
  Component({ selector: 'page-private', template: 'private' })(Private);
  const app = await start(
    '<router-outlet />',
    () => ({}),
    [
      provideRouter([
        { path: 'private', component: Private, canActivate: [sessionGuard] },
        { path: 'ended', component: Ended },
      ]),
      provideSession(session),
      provideSessionRouter({ ended: '/ended' }),
    ],
    [RouterOutlet],
  );
  await expect.poll(() => into.textContent).toContain('private');
  expect(app.injector.get(Router).url).toBe('/private');
  await session.expire('revoked');
  await expect.poll(() => into.textContent).toContain('ended');
  expect(where.mock.calls).toEqual([[true]]);
});
