import '@angular/compiler';
import { APP_BASE_HREF } from '@angular/common';
import { type ApplicationRef, ErrorHandler, type Type } from '@angular/core';
import {
  type CanActivateFn,
  NavigationError,
  provideRouter,
  Router,
  RouterOutlet,
  type Routes,
  withHashLocation,
} from '@angular/router';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { provideSession } from '../../src/angular/index.ts';
import { provideSessionRouter, sessionGuard } from '../../src/angular/router.ts';
import { createRecheck } from '../../src/angular/createRecheck.ts';
import { type ExpiredReason, SessionError } from '../../src/index.ts';
import type { LeaveOptions } from '../../src/router/connectRoutes.ts';
import { createFakeSession, type FakeSession } from '../../src/testing/index.ts';
import { component, startApp } from './angularApp.ts';
import { historyEntry } from './historyEntry.ts';

const home = location.href;
afterEach(() => {
  history.replaceState(null, '', home);
  document.body.replaceChildren();
});

const made = vi.fn<(text: string) => void>();
const page = (text: string, imports: Type<unknown>[] = []): Type<unknown> =>
  component(
    `page-${text}`,
    `${text} ${imports.length > 0 ? '<router-outlet />' : ''}`,
    () => {
      made(text);
      return {};
    },
    imports,
  );

const canActivate = [sessionGuard];
/** As apps combine guards of their own with ours. */
const wrapped: CanActivateFn = (route, to) => sessionGuard(route, to);
const routes = (): Routes => [
  { path: '', pathMatch: 'full', component: page('home') },
  { path: 'open', component: page('open') },
  { path: 'ended', component: page('ended') },
  { path: 'bye', component: page('bye') },
  { path: 'private', component: page('private'), canActivate },
  { path: 'other', component: page('other'), canActivate },
  {
    path: 'parent',
    component: page('parent', [RouterOutlet]),
    canActivate,
    children: [{ path: 'child', component: page('child'), canActivate }],
  },
  {
    path: 'children',
    canActivateChild: canActivate,
    children: [{ path: 'child', component: page('child') }],
  },
  { path: 'wrapped', component: page('wrapped'), canActivate: [wrapped] },
  {
    path: 'wrapped-children',
    canActivateChild: [wrapped],
    loadChildren: () => [{ path: 'child', component: page('child') }],
  },
  { path: 'matched', component: page('matched'), canMatch: canActivate },
  { path: 'matched', component: page('unmatched') },
];

interface Options {
  readonly session?: FakeSession<object>;
  readonly base?: string;
  readonly hash?: boolean;
  readonly leave?: LeaveOptions;
  readonly more?: Routes;
}

/** An app that is started at an address, and whose session is what the test makes of it. */
const startAt = async (
  path: string,
  { session = fake(), base = '/', hash, leave, more = [] }: Options = {},
): Promise<App> => {
  history.replaceState(null, '', path);
  const into = document.body.appendChild(document.createElement('div'));
  const onReturn = vi.spyOn(session, 'onReturn');
  const require = vi.spyOn(session, 'require');
  const app = await startApp(component('app-root', '<router-outlet />', undefined, [RouterOutlet]), into, [
    ...(hash ? [] : [{ provide: APP_BASE_HREF, useValue: base }]),
    provideRouter([...more, ...routes()], ...(hash ? [withHashLocation()] : [])),
    provideSession(session),
    provideSessionRouter(leave),
  ]);
  onTestFinished(() => {
    if (!app.destroyed) app.destroy();
  });
  return {
    app,
    session,
    router: app.injector.get(Router),
    shown: () => [into.textContent.trim(), location.href.slice(location.origin.length)],
    comeBack: (url) => onReturn.mock.calls[0]![0](url, new URLSearchParams()),
    returnTo: () => require.mock.calls.map(([options]) => options?.returnTo),
  };
};

interface App {
  readonly app: ApplicationRef;
  readonly session: FakeSession<object>;
  readonly router: Router;
  /** The page, and its address. */
  shown(): [text: string, at: string];
  /** A sign-in by redirect comes back. */
  comeBack(url: string): void;
  /** Where each sign-in that guards asked for is to come back to. */
  returnTo(): (string | undefined)[];
}

const fake = (): FakeSession<object> => {
  const session = createFakeSession({ user: {} });
  onTestFinished(session.stop);
  return session;
};
const signedIn = async (): Promise<FakeSession<object>> => {
  const session = fake();
  await session.enter('authenticated');
  return session;
};

const pending = <T>(): { promise: Promise<T>; resolve(value: T): void } => {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
};

/** A sign-in that leaves the page and never comes back. */
const leavesThePage = (session: FakeSession<object>): void =>
  void vi.spyOn(session, 'require').mockReturnValue(new Promise(() => undefined));

/** It is not known yet whether anybody is signed in. */
const unknown = (): { session: FakeSession<object>; know(): void } => {
  const session = fake();
  const { promise, resolve } = pending<null>();
  vi.spyOn(session, 'start').mockReturnValue(promise);
  return { session, know: () => resolve(null) };
};

describe('a guard', () => {
  test('waits until it is known whether somebody is signed in', async () => {
    const { session, know } = unknown();
    const app = await startAt('/open', { session });
    await expect.poll(app.shown).toEqual(['open', '/open']);
    const going = app.router.navigateByUrl('/private');
    await expect.poll(() => vi.mocked(session.start).mock.calls.length).toBe(1);
    expect([app.shown(), app.returnTo()]).toEqual([['open', '/open'], []]);
    know();
    await going;
    await expect.poll(app.shown).toEqual(['private', '/private']);
  });

  test.each([
    ['/private', 'private'],
    ['/matched', 'matched'],
    ['/parent/child', 'parent child'],
    ['/children/child', 'child'],
  ])('signs in, to come back to the page with query and fragment: %s', async (path, text) => {
    const address = `${path}?x=1#part`;
    const app = await startAt(address);
    await expect.poll(app.shown).toEqual([text, address]);
    expect([...new Set(app.returnTo())]).toEqual([location.origin + address]);
  });

  test('signs in where the base of the router is a folder', async () => {
    const app = await startAt('/app/private#part', { base: '/app/' });
    await expect.poll(app.shown).toEqual(['private', '/app/private#part']);
    expect(app.returnTo()).toEqual([`${location.origin}/app/private#part`]);
  });

  test('signs nobody in for a page that is not wanted any more', async () => {
    const { session, know } = unknown();
    const app = await startAt('/private', { session });
    await vi.waitFor(() => expect(session.start).toHaveBeenCalledOnce());
    await app.router.navigateByUrl('/open');
    know();
    await session.enter('anonymous');
    await expect.poll(app.shown).toEqual(['open', '/open']);
    expect(app.returnTo()).toEqual([]);
  });

  test('goes back to where the user was, who turned back at the provider', async () => {
    const app = await startAt('/open');
    await expect.poll(app.shown).toEqual(['open', '/open']);
    made.mockClear();
    vi.mocked(app.session.require).mockRejectedValue(new SessionError('sign_in_cancelled', 'Back'));
    await app.router.navigateByUrl('/private');
    await expect.poll(app.shown).toEqual(['open', '/open']);
    expect(made.mock.calls).toEqual([]);
  });

  test('fails as the sign-in fails', async () => {
    const app = await startAt('/open');
    await expect.poll(app.shown).toEqual(['open', '/open']);
    const error = new SessionError('sign_in_refused', 'refused');
    vi.mocked(app.session.require).mockRejectedValue(error);
    const failed = firstValueFrom(
      app.router.events.pipe(filter((event) => event instanceof NavigationError)),
    );
    await expect(app.router.navigateByUrl('/private')).rejects.toBe(error);
    expect((await failed).error).toBe(error);
    await expect.poll(app.shown).toEqual(['open', '/open']);
  });
});

describe('coming back from a sign-in', () => {
  test.each([
    ['/', '/private?x=1#part'],
    ['/app/', '/app/private?x=1#part'],
  ])('shows the page in place of the one that is shown: base %s', async (base, path) => {
    const app = await startAt(base, { base, session: await signedIn() });
    await expect.poll(app.shown).toEqual(['home', base]);
    const entry = historyEntry();
    app.comeBack(location.origin + path);
    await expect.poll(app.shown).toEqual(['private', path]);
    expect(historyEntry()).toBe(entry);
  });

  test('overtakes the page that is on its way', async () => {
    const session = await signedIn();
    const slow = pending<boolean>();
    const more = [{ path: 'slow', component: page('slow'), canActivate: [() => slow.promise] }];
    const app = await startAt('/slow', { session, more });
    app.comeBack(`${location.origin}/private`);
    await expect.poll(app.shown).toEqual(['private', '/private']);
    slow.resolve(true);
    await app.app.whenStable();
    expect(app.shown()[0]).toBe('private');
  });

  test('knows addresses with a hash', async () => {
    const app = await startAt('/index.html#/private?x=1', { hash: true });
    await expect.poll(app.shown).toEqual(['private', '/index.html#/private?x=1']);
    expect(app.returnTo()).toEqual([`${location.origin}/index.html#/private?x=1`]);
    app.comeBack(`${location.origin}/index.html#/other?x=1`);
    await expect.poll(app.shown).toEqual(['other', '/index.html#/other?x=1']);
  });

  test.each([
    ['/ended', ['ended', '/index.html#/ended']],
    ['/private', ['private', '/index.html#/private']],
  ])('knows where a sign-out leads to with a hash: %s', async (signedOut, shown) => {
    const session = await signedIn();
    const app = await startAt('/index.html#/other', { hash: true, session, leave: { signedOut } });
    await expect.poll(app.shown).toEqual(['other', '/index.html#/other']);
    await session.signOut();
    await expect.poll(app.shown).toEqual(shown);
  });
});

describe('the end of a session', () => {
  test.each([
    '/private',
    '/other',
    '/parent/child',
    '/children/child',
    '/matched',
    '/wrapped',
    '/wrapped-children/child',
  ])('leads from a guarded page to where the app says: %s', async (path) => {
    const ended = vi.fn((reason: ExpiredReason) => (reason === 'revoked' ? '/ended?why=1#part' : undefined));
    const app = await startAt(path, { session: await signedIn(), leave: { ended } });
    await expect.poll(() => app.shown()[0]).not.toBe('');
    vi.mocked(app.session.require).mockClear();
    const entry = historyEntry();
    await app.session.expire('revoked');
    await expect.poll(app.shown).toEqual(['ended', '/ended?why=1#part']);
    expect([ended.mock.calls, historyEntry(), app.returnTo()]).toEqual([[['revoked']], entry, []]);
  });

  test('leads to a sign-in that comes back where the app says nothing', async () => {
    const app = await startAt('/private?x=1#part', { session: await signedIn() });
    await expect.poll(app.shown).toEqual(['private', '/private?x=1#part']);
    leavesThePage(app.session);
    vi.mocked(app.session.require).mockClear();
    await app.session.expire('revoked');
    await vi.waitFor(() => expect(app.returnTo()).toEqual([`${location.origin}/private?x=1#part`]));
  });

  test.each([
    [undefined, 'home', '/'],
    ['/bye', 'bye', '/bye'],
  ])('leads away from a guarded page after a sign-out: to %s', async (signedOut, text, at) => {
    const leave = signedOut === undefined ? {} : { signedOut };
    const app = await startAt('/private', { session: await signedIn(), leave });
    await expect.poll(app.shown).toEqual(['private', '/private']);
    await app.session.signOut();
    await expect.poll(app.shown).toEqual([text, at]);
  });

  test('leaves other pages alone, and does not go to them once more, which would scroll to the top', async () => {
    const app = await startAt('/open?x=1', { session: await signedIn(), leave: { ended: '/ended' } });
    await expect.poll(app.shown).toEqual(['open', '/open?x=1']);
    made.mockClear();
    const gone = vi.spyOn(app.router, 'navigateByUrl');
    await app.session.expire('revoked');
    await app.app.whenStable();
    expect(app.shown()).toEqual(['open', '/open?x=1']);
    await app.router.navigateByUrl('/bye');
    expect([made.mock.calls, gone.mock.calls]).toEqual([[['bye']], [['/bye']]]);
  });

  test('keeps to the page that the user is going to', async () => {
    const app = await startAt('/private', { session: await signedIn() });
    await expect.poll(app.shown).toEqual(['private', '/private']);
    const entry = historyEntry();
    void app.session.signOut();
    void app.router.navigateByUrl('/bye', { state: { own: 1 } });
    await expect.poll(app.shown).toEqual(['bye', '/bye']);
    expect(historyEntry()).not.toBe(entry);
    expect(history.state).toMatchObject({ own: 1 });
  });

  test('leads to a sign-in for the page that was opened, not for the start page', async () => {
    const { session, know } = unknown();
    const app = await startAt('/private?x=1', { session });
    await vi.waitFor(() => expect(session.start).toHaveBeenCalledOnce());
    leavesThePage(session);
    know();
    vi.mocked(session.start).mockRestore();
    await session.expire('revoked');
    await vi.waitFor(() => expect(app.returnTo()).toContain(`${location.origin}/private?x=1`));
    expect(app.shown()[0]).toBe('');
  });

  test('runs guards even where one end follows another at once', async () => {
    const own = vi.fn<CanActivateFn>(() => true);
    const more: Routes = [{ path: 'own', component: page('own'), canActivate: [sessionGuard, own] }];
    const app = await startAt('/own', { session: await signedIn(), more });
    await expect.poll(app.shown).toEqual(['own', '/own']);
    own.mockClear();
    const recheck = createRecheck(app.router);
    await Promise.all([recheck(), recheck()]);
    expect(own).toHaveBeenCalledOnce();
  });

  test('leads to a sign-in later, when it is asked for a guarded page again', async () => {
    const app = await startAt('/private', { session: await signedIn(), leave: { ended: '/ended' } });
    await expect.poll(app.shown).toEqual(['private', '/private']);
    await app.session.expire('revoked');
    await expect.poll(app.shown).toEqual(['ended', '/ended']);
    await app.router.navigateByUrl('/other');
    await expect.poll(app.shown).toEqual(['other', '/other']);
    expect(app.session.status).toBe('signedIn');
  });

  test('leads to a sign-in by Back, and past the guarded page by another', async () => {
    const app = await startAt('/open', { session: await signedIn() });
    await expect.poll(app.shown).toEqual(['open', '/open']);
    await app.router.navigateByUrl('/private');
    await app.router.navigateByUrl('/ended');
    await app.session.signOut();
    leavesThePage(app.session);
    history.back();
    await vi.waitFor(() => expect(app.returnTo().at(-1)).toBe(`${location.origin}/private`));
    history.back();
    await expect.poll(app.shown).toEqual(['open', '/open']);
  });

  test('runs guards again in what is left as it was found', async () => {
    const resolved = vi.fn(() => 1);
    const mode = (): boolean => false;
    const more: Routes = [
      { path: 'resolved', component: page('resolved'), canActivate, resolve: { x: resolved } },
      { path: 'own', component: page('own'), canActivate, runGuardsAndResolvers: mode },
    ];
    const leave = { ended: '/ended' };
    const app = await startAt('/resolved', { session: await signedIn(), more, leave });
    await expect.poll(app.shown).toEqual(['resolved', '/resolved']);
    await app.session.expire('revoked');
    await expect.poll(app.shown).toEqual(['ended', '/ended']);
    await app.router.navigateByUrl('/resolved');
    const times = resolved.mock.calls.length;
    await app.router.navigateByUrl('/resolved?x=1');
    expect(resolved.mock.calls.length).toBe(times);
    await app.router.navigateByUrl('/own');
    await app.session.expire('revoked');
    await app.app.whenStable();
    expect(app.shown()[0]).toBe('own');
    expect(app.router.config.find(({ path }) => path === 'own')?.runGuardsAndResolvers).toBe(mode);
  });

  test('tells the app of an error, and leads to a sign-in later', async () => {
    const more: Routes = [
      { path: 'own', component: page('own'), canActivate: [() => session.status === 'signedIn' || fail()] },
    ];
    const fail = (): never => {
      throw new Error('of the app');
    };
    const session = await signedIn();
    more[0]!.runGuardsAndResolvers = 'always';
    const app = await startAt('/own', { session, more, leave: { ended: '/ended' } });
    await expect.poll(app.shown).toEqual(['own', '/own']);
    const told = vi.spyOn(app.app.injector.get(ErrorHandler), 'handleError').mockReturnValue(undefined);
    await session.expire('revoked');
    await expect.poll(() => told.mock.calls).toEqual([[new Error('of the app')]]);
    await app.router.navigateByUrl('/private');
    await expect.poll(app.shown).toEqual(['private', '/private']);
  });

  test('asks guards of the app, too', async () => {
    const own = vi.fn<CanActivateFn>(() => true);
    const more: Routes = [{ path: 'own', component: page('own'), canActivate: [sessionGuard, own] }];
    const app = await startAt('/own', { session: await signedIn(), more, leave: { ended: '/ended' } });
    await expect.poll(app.shown).toEqual(['own', '/own']);
    await app.session.expire('revoked');
    await expect.poll(app.shown).toEqual(['ended', '/ended']);
    expect(own).toHaveBeenCalledTimes(2);
  });
});

test('nothing is left when the app is destroyed', async () => {
  const session = await signedIn();
  onTestFinished(session.run());
  const forget = vi.fn();
  vi.spyOn(session, 'onReturn').mockReturnValue(forget);
  const app = await startAt('/private', { session, leave: { ended: '/ended' } });
  await expect.poll(app.shown).toEqual(['private', '/private']);
  const navigated = vi.spyOn(app.router, 'navigateByUrl');
  app.app.destroy();
  expect(forget).toHaveBeenCalledOnce();
  await session.expire('revoked');
  expect(session.endReason).toBe('revoked');
  expect(navigated).not.toHaveBeenCalled();
});
