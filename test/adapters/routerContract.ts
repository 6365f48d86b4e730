import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { SessionError, type Session, type Stop } from '../../src/index.ts';
import { connectionOf, type LeaveOptions } from '../../src/router/connectRoutes.ts';
import { createReadiness } from '../../src/session/readiness.ts';
import { createFakeSession, type FakeSession } from '../../src/testing/index.ts';
import { endedOf } from '../../src/ui/ended.ts';
import type { Person } from './contract.ts';
import { historyEntry } from './historyEntry.ts';

/**
 * A test app of a router: `/` shows `home`, `/ended` shows `ended`, `/app`, which is called as a base can be, shows `app`, and
 * the guarded pages `/items` and `/other` show `items` and `other`. Where a guard fails, the page shows `failed: ` and the message.
 */
interface RoutedApp {
  /** Goes to a path of the router as a link does. */
  go(path: string): void;
  /** Whether the router has nothing to do. */
  isIdle(): boolean;
  /** Undoes the connection of router and session. */
  stop: Stop;
  unmount(): void;
}

/** What a router's test app has to offer. */
export interface RouterAdapter {
  readonly name: string;
  /** Mounts the app at the address that the browser shows. @param base Begins and does not end with a slash, or is `/` */
  mount(session: FakeSession<Person>, into: HTMLElement, base: string, leave: LeaveOptions): RoutedApp;
}

/** A test app on the page, as tests see it. */
export interface Visit extends RoutedApp {
  readonly session: FakeSession<Person>;
  /** What the page shows now. */
  text(): string | null;
  /** The address that the browser shows, without its origin. */
  address(): string;
  /** Settles when the router has nothing to do. */
  idle(): Promise<void>;
  /** Calls what a sign-in by redirect calls when it comes back. */
  comeBack(url: string): void;
  /** Which addresses were asked to sign in for. */
  readonly asked: string[];
}

/** How an app is visited. */
export interface VisitOptions {
  readonly at?: string;
  readonly base?: string;
  readonly leave?: LeaveOptions;
  readonly session?: FakeSession<Person>;
}

/** A session that nobody has signed in to. */
export const newSession = (): FakeSession<Person> => {
  const session = createFakeSession<Person>({ user: { name: 'Ada' } });
  onTestFinished(session.stop);
  return session;
};

/** One that Ada is signed in to. */
export const signedInSession = async (): Promise<FakeSession<Person>> => {
  const session = newSession();
  await session.enter('authenticated');
  return session;
};

/** Opens a router's test app at an address. */
export const visit = (
  { mount }: Pick<RouterAdapter, 'mount'>,
  { at = '/', base = '/', leave = {}, session = newSession() }: VisitOptions,
): Visit => {
  history.replaceState(null, '', base.replace(/\/$/, '') + at);
  const listeners: ((url: string) => void)[] = [];
  vi.spyOn(session, 'onReturn').mockImplementation((listener) => {
    listeners.push((url) => listener(url, new URLSearchParams()));
    return () => void listeners.splice(0);
  });
  const asked: string[] = [];
  const require = session.require;
  vi.spyOn(session, 'require').mockImplementation((options) => {
    asked.push(String(options?.returnTo));
    return require(options);
  });
  const into = document.body.appendChild(document.createElement('div'));
  const app = mount(session, into, base, leave);
  onTestFinished(() => {
    app.stop();
    app.unmount();
    into.remove();
  });
  return {
    ...app,
    session,
    asked,
    text: () => into.textContent,
    address: () => location.pathname + location.search + location.hash,
    async idle() {
      await expect.poll(app.isIdle).toBe(true);
    },
    comeBack(url) {
      expect(listeners.length).toBeLessThanOrEqual(1);
      listeners.at(0)?.(url);
    },
  };
};

/** A start that takes until it is let go. */
export const holdStart = (session: Session<Person>): { release(): void } => {
  const held = createReadiness<void>();
  const start = session.start;
  vi.spyOn(session, 'start').mockImplementation(async () => {
    await held.promise;
    return start();
  });
  return { release: () => held.resolve() };
};

/** Gives page loads up, and tells where they would have led. */
const catchPageLoads = (): string[] => {
  const urls: string[] = [];
  const giveUp = (event: NavigateEvent): void => {
    if (!event.cancelable || event.destination.sameDocument) return;
    event.preventDefault();
    urls.push(event.destination.url);
  };
  navigation.addEventListener('navigate', giveUp);
  onTestFinished(() => navigation.removeEventListener('navigate', giveUp));
  return urls;
};

const absolute = (path: string): string => new URL(path, location.origin).href;

/** What holds of every router's guard and connection. */
export const describeRouter = (adapter: RouterAdapter): void => {
  const testsAddress = location.href;
  const open = (options: VisitOptions = {}): Visit => visit(adapter, options);
  beforeEach(() => {
    // Routers tell of each error that a page shows.
    vi.spyOn(console, 'error').mockReturnValue(undefined);
    vi.spyOn(console, 'warn').mockReturnValue(undefined);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    history.replaceState(null, '', testsAddress);
  });

  describe(`the router ${adapter.name}`, () => {
    test('a guarded page waits until it is known whether somebody is signed in', async () => {
      const session = await signedInSession();
      const start = holdStart(session);
      const app = open({ at: '/items', session });
      await expect.poll(() => session.start).toHaveBeenCalled();
      expect(app.text()).not.toContain('items');
      start.release();
      await expect.poll(app.text).toBe('items');
      expect(app.address()).toBe('/items');
    });

    test('nobody signed in: a deep link signs in, and comes back to all of its address', async () => {
      const app = open({ at: '/items?x=1&y=a%20b#part' });
      await expect.poll(app.text).toBe('items');
      expect(app.asked).toEqual([absolute('/items?x=1&y=a%20b#part')]);
      expect(app.session.status).toBe('signedIn');
    });

    test('nobody signed in: a link signs in, and comes back to all of its address', async () => {
      const app = open();
      await expect.poll(app.text).toBe('home');
      expect(app.asked).toEqual([]);
      app.go('/items?x=1#part');
      await expect.poll(app.text).toBe('items');
      expect(app.asked).toEqual([absolute('/items?x=1#part')]);
    });

    test('with a base, the address that is asked for has it', async () => {
      const app = open({ base: '/app' });
      await expect.poll(app.text).toBe('home');
      app.go('/items?x=1#part');
      await expect.poll(app.text).toBe('items');
      expect(app.asked).toEqual([absolute('/app/items?x=1#part')]);
      expect(app.address()).toBe('/app/items?x=1#part');
    });

    test.each(['/', '/app'])('a sign-out leads from a guarded page to `signedOut`, base %s', async (base) => {
      const session = await signedInSession();
      const app = open({ base, session, leave: { signedOut: '/ended?why=asked#now' } });
      await expect.poll(app.text).toBe('home');
      app.go('/items');
      await expect.poll(app.text).toBe('items');
      const entry = historyEntry();
      app.asked.length = 0;
      await session.signOut();
      await expect.poll(app.text).toBe('ended');
      expect(app.address()).toBe(`${base.replace(/\/$/, '')}/ended?why=asked#now`);
      await app.idle();
      expect([app.asked, session.status]).toEqual([[], 'signedOut']);
      // Back does not lead to the page that was left.
      expect(historyEntry()).toBe(entry);
    });

    test('a sign-out leads to `/` unless the app says otherwise', async () => {
      const session = await signedInSession();
      const app = open({ at: '/items', session });
      await expect.poll(app.text).toBe('items');
      await session.signOut();
      await expect.poll(app.text).toBe('home');
      expect(app.address()).toBe('/');
    });

    test('a path that begins like the base is one of the router', async () => {
      const session = await signedInSession();
      const app = open({ at: '/items', base: '/app', session, leave: { signedOut: '/app' } });
      await expect.poll(app.text).toBe('items');
      await session.signOut();
      await expect.poll(app.text).toBe('app');
      expect(app.address()).toBe('/app/app');
      app.go('/ended');
      await expect.poll(app.text).toBe('ended');
      app.comeBack(absolute('/app/app'));
      await expect.poll(app.text).toBe('app');
      expect(app.address()).toBe('/app/app');
    });

    test.each([
      ['a path', '/ended'],
      ['a function', (reason: string) => (reason === 'revoked' ? '/ended' : undefined)],
    ])('an end leads from a guarded page to `ended`: %s', async (_, ended) => {
      const session = await signedInSession();
      const app = open({ at: '/items?x=1#part', base: '/app', session, leave: { ended } });
      await expect.poll(app.text).toBe('items');
      const entry = historyEntry();
      app.asked.length = 0;
      await session.expire('revoked');
      await expect.poll(app.text).toBe('ended');
      await app.idle();
      expect([app.asked, session.status, app.address()]).toEqual([[], 'signedOut', '/app/ended']);
      expect(endedOf(session).get()).toMatchObject({
        reason: 'revoked',
        returnTo: absolute('/app/items?x=1#part'),
      });
      expect(historyEntry()).toBe(entry);
    });

    test('after an end the next guarded page signs in again', async () => {
      const session = await signedInSession();
      const app = open({ at: '/items', session, leave: { ended: '/ended' } });
      await expect.poll(app.text).toBe('items');
      await session.expire('revoked');
      await expect.poll(app.text).toBe('ended');
      await app.idle();
      app.asked.length = 0;
      app.go('/other');
      await expect.poll(app.text).toBe('other');
      expect(app.asked).toEqual([absolute('/other')]);
    });

    test('without `ended` an end signs in again for the page that is shown', async () => {
      const session = await signedInSession();
      const app = open({ at: '/items?x=1#part', session });
      await expect.poll(app.text).toBe('items');
      app.asked.length = 0;
      await session.expire('revoked');
      await expect.poll(() => app.asked).toEqual([absolute('/items?x=1#part')]);
      await expect.poll(() => session.status).toBe('signedIn');
      await app.idle();
      expect([app.text(), app.address()]).toEqual(['items', '/items?x=1#part']);
    });

    test('pages that are not guarded stay where they are', async () => {
      const session = await signedInSession();
      const app = open({ session, leave: { ended: '/ended', signedOut: '/ended' } });
      await expect.poll(app.text).toBe('home');
      await session.expire('revoked');
      await app.idle();
      await session.signIn();
      await session.signOut();
      await app.idle();
      expect([app.text(), app.address(), app.asked]).toEqual(['home', '/', []]);
    });

    test('who goes elsewhere while the guard waits is not signed in', async () => {
      const session = newSession();
      const start = holdStart(session);
      const app = open({ session });
      await expect.poll(app.text).toBe('home');
      app.go('/items');
      await expect.poll(() => session.start).toHaveBeenCalledTimes(1);
      app.go('/ended');
      await expect.poll(app.text).toBe('ended');
      start.release();
      await session.start();
      await app.idle();
      expect([app.text(), app.asked, session.status]).toEqual(['ended', [], 'signedOut']);
    });

    test('whoever goes elsewhere while a sign-in is prepared is not sent to it', async () => {
      const session = newSession();
      const app = open({ session });
      await expect.poll(app.text).toBe('home');
      const asked: { page: string; signal: AbortSignal | undefined }[] = [];
      vi.mocked(session.require).mockImplementation(({ returnTo = '', signal } = {}) => {
        asked.push({ page: returnTo, signal });
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      });
      const pages = () => asked.map(({ page, signal }) => [page, signal?.aborted]);
      app.go('/items');
      await expect.poll(pages).toEqual([[absolute('/items'), false]]);
      app.go('/other?x=1#part');
      await expect.poll(pages).toEqual([
        [absolute('/items'), true],
        [absolute('/other?x=1#part'), false],
      ]);
      app.go('/ended');
      await expect.poll(app.text).toBe('ended');
      await app.idle();
      expect([app.address(), asked.map(({ signal }) => signal?.aborted)]).toEqual(['/ended', [true, true]]);
    });

    test('guards that fail as they are run again are told of by the router alone', async () => {
      const session = await signedInSession();
      const app = open({ at: '/items', session });
      await expect.poll(app.text).toBe('items');
      const stray: unknown[] = [];
      const note = (event: PromiseRejectionEvent): void => {
        event.preventDefault();
        stray.push(event.reason);
      };
      window.addEventListener('unhandledrejection', note);
      onTestFinished(() => window.removeEventListener('unhandledrejection', note));
      vi.mocked(session.require).mockRejectedValue(new SessionError('client_refused', 'No such client'));
      await session.expire('revoked');
      await expect.poll(app.text).toBe('failed: No such client');
      await app.idle();
      // The browser tells of stray rejections in a task of its own.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      expect(stray).toEqual([]);
    });

    test('a sign-in that was given up shows the page that the user came from', async () => {
      const session = newSession();
      const app = open({ session, base: '/app' });
      await expect.poll(app.text).toBe('home');
      vi.mocked(session.require).mockImplementation(async () => {
        // As after Back from the provider: the page is the one from which the link was followed.
        history.replaceState(history.state, '', '/app');
        throw new SessionError('sign_in_cancelled', 'Given up');
      });
      app.go('/items');
      await expect.poll(() => session.require).toHaveBeenCalled();
      await app.idle();
      await expect.poll(app.text).toBe('home');
      expect(app.address().replace(/\/$/, '')).toBe('/app');
    });

    test('a sign-in that fails for good is shown as the error of the page', async () => {
      const session = newSession();
      const app = open({ session });
      await expect.poll(app.text).toBe('home');
      vi.mocked(session.require).mockRejectedValue(new SessionError('client_refused', 'No such client'));
      app.go('/items');
      await expect.poll(app.text).toBe('failed: No such client');
    });

    test.each(['/', '/app'])('a sign-in comes back through the router, in place: base %s', async (base) => {
      const session = await signedInSession();
      const app = open({ base, session });
      await expect.poll(app.text).toBe('home');
      const entry = historyEntry();
      const target = `${base.replace(/\/$/, '')}/other?x=1#part`;
      app.comeBack(absolute(target));
      await expect.poll(app.text).toBe('other');
      expect([app.address(), historyEntry()]).toEqual([target, entry]);
    });

    test('a sign-in comes back while the first page still waits for it', async () => {
      const session = newSession();
      const start = holdStart(session);
      const app = open({ at: '/items?code=1', session });
      await expect.poll(() => session.start).toHaveBeenCalled();
      app.comeBack(absolute('/other'));
      start.release();
      await expect.poll(app.text).toBe('other');
      expect([app.address(), app.asked]).toEqual(['/other', [absolute('/other')]]);
    });

    test('an address outside of the base is a page load', async () => {
      const app = open({ base: '/app' });
      await expect.poll(app.text).toBe('home');
      const loads = catchPageLoads();
      app.comeBack(absolute('/application?x=1'));
      await expect.poll(() => loads).toEqual([absolute('/application?x=1')]);
      await app.idle();
      expect(app.text()).toBe('home');
    });

    test('after its stop nothing is connected any more', async () => {
      const session = await signedInSession();
      const leave = { ended: '/ended', signedOut: '/ended' };
      const app = open({ at: '/items', base: '/app', session, leave });
      await expect.poll(app.text).toBe('items');
      app.stop();
      // A guard that is still there goes by no router any more.
      expect(connectionOf(session).base).toBe('/');
      app.comeBack(absolute('/app/other'));
      await session.expire('revoked');
      await session.signIn();
      await session.signOut();
      await app.idle();
      expect([app.text(), app.address()]).toEqual(['items', '/app/items']);
    });
  });
};

/** What holds of every router that has its paths in the fragment. */
export const describeHashRouter = (adapter: RouterAdapter): void => {
  const testsAddress = location.href;
  const open = (options: VisitOptions = {}): Visit => visit(adapter, options);
  afterEach(() => {
    vi.restoreAllMocks();
    history.replaceState(null, '', testsAddress);
  });

  describe(`paths in the fragment: ${adapter.name}`, () => {
    test('a deep link signs in, and comes back to all of its address', async () => {
      const app = open({ at: '/#/items?x=1#part' });
      await expect.poll(app.text).toBe('items');
      expect(app.asked).toEqual([absolute('/#/items?x=1#part')]);
    });

    test('a link signs in, and comes back to all of its address', async () => {
      const app = open({ at: '/#/' });
      await expect.poll(app.text).toBe('home');
      app.go('/items?x=1');
      await expect.poll(app.text).toBe('items');
      expect(app.asked).toEqual([absolute('/#/items?x=1')]);
    });

    test('a sign-in comes back through the router', async () => {
      const app = open({ at: '/#/', session: await signedInSession() });
      await expect.poll(app.text).toBe('home');
      app.comeBack(absolute('/#/other?x=1'));
      await expect.poll(app.text).toBe('other');
      expect(app.address()).toBe('/#/other?x=1');
    });

    test('an end leads from a guarded page to `ended`', async () => {
      const session = await signedInSession();
      const app = open({ at: '/#/items', session, leave: { ended: '/ended?why=1' } });
      await expect.poll(app.text).toBe('items');
      app.asked.length = 0;
      await session.expire('revoked');
      await expect.poll(app.text).toBe('ended');
      expect([app.address(), app.asked]).toEqual(['/#/ended?why=1', []]);
    });

    test('a sign-out that leads to a guarded page signs in there, once', async () => {
      const session = await signedInSession();
      const app = open({ at: '/#/items', session, leave: { signedOut: '/other' } });
      await expect.poll(app.text).toBe('items');
      app.asked.length = 0;
      await session.signOut();
      await expect.poll(app.text).toBe('other');
      expect(app.asked).toEqual([absolute('/#/other')]);
    });

    test('a sign-in that was given up shows the page that the user came from', async () => {
      const session = newSession();
      const app = open({ at: '/#/ended', session });
      await expect.poll(app.text).toBe('ended');
      vi.mocked(session.require).mockImplementation(async () => {
        history.replaceState(history.state, '', '/#/ended');
        throw new SessionError('sign_in_cancelled', 'Given up');
      });
      app.go('/items');
      await expect.poll(() => session.require).toHaveBeenCalled();
      await app.idle();
      await expect.poll(app.text).toBe('ended');
      expect(app.address()).toBe('/#/ended');
    });

    test('the address of another page is a page load', async () => {
      const app = open({ at: '/#/' });
      await expect.poll(app.text).toBe('home');
      const loads = catchPageLoads();
      app.comeBack(absolute('/elsewhere#/items'));
      await expect.poll(() => loads).toEqual([absolute('/elsewhere#/items')]);
    });
  });
};
