import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { SessionError } from '../../src/index.ts';
import { createFakeSession } from '../../src/testing/index.ts';
import { connectRouter, type LeaveOptions, sessionGuard } from '../../src/svelte/kit.ts';
import { createKitState } from './svelte/kitState.svelte.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

/** What Kit does, as far as a guard sees it; the test is the user. */
const startKit = ({ base, ...leave }: LeaveOptions & { base?: string } = {}) => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  /** Pages for which the user is sent to the provider. */
  const asked: string[] = [];
  // Whoever leaves for the provider does not come back to this page.
  vi.spyOn(session, 'require').mockImplementation(({ returnTo = '', signal } = {}) => {
    if (session.status === 'signedIn') return Promise.resolve(session.user!);
    const page = returnTo.replace(location.origin, '');
    asked.push(page);
    return new Promise((_, reject) =>
      signal?.addEventListener('abort', () => {
        asked.splice(asked.indexOf(page), 1);
        reject(signal.reason);
      }),
    );
  });
  let comeBack: ((url: string) => void) | undefined;
  vi.spyOn(session, 'onReturn').mockImplementation((listener) => {
    comeBack = (url) => listener(url, new URLSearchParams());
    return () => undefined;
  });
  const state = createKitState();
  const gone: { to: string; replaceState: boolean }[] = [];
  const invalidated: string[] = [];
  let shownLoad: (() => Promise<void>) | undefined;
  const at = (path: string): URL => new URL(path, location.origin);
  const guard = sessionGuard(session);
  const run = (path: string) => {
    const dependencies: string[] = [];
    const settled = vi.fn<(outcome: string) => void>();
    const url = at(path);
    // As in `load`.
    Object.defineProperty(url, 'hash', {
      get: () => {
        throw new Error('Cannot access event.url.hash');
      },
    });
    const loaded = guard({ url, depends: (...on) => void dependencies.push(...on) });
    const done = loaded.then(
      () => settled('passed'),
      (error: Error) => settled(error.message),
    );
    return { settled, dependencies, done };
  };
  const stop = connectRouter(
    session,
    {
      async goto(url, { replaceState }) {
        gone.push({ to: url.replace(location.origin, ''), replaceState });
      },
      async invalidate(dependency) {
        invalidated.push(dependency);
        await shownLoad?.();
      },
      navigating: state.navigating,
      page: state.page,
      ...(base !== undefined && { base }),
    },
    leave,
  );
  onTestFinished(() => {
    stop();
    session.stop();
  });
  return {
    session,
    asked,
    gone,
    invalidated,
    load: run,
    /** What is loaded again when it is invalidated. */
    rerun: (again: () => Promise<void>) => void (shownLoad = again),
    comeBack: (path: string) => comeBack?.(at(path).href),
    /** The first page is shown, or another one. */
    show(path: string) {
      history.pushState(null, '', path);
      state.navigate(null);
      state.show(at(path));
    },
    /** A navigation begins; returns what ends it. */
    navigate(path: string) {
      let end: (() => void) | undefined;
      const complete = new Promise<void>((resolve) => (end = resolve));
      state.navigate({ to: { url: at(path) }, complete });
      return () => end?.();
    },
    /** Whatever is to happen has happened. */
    settle: () => session.advance(0),
  };
};

describe('the guard for SvelteKit', () => {
  test('signs in for the page that is loaded first, and comes back to its fragment', async () => {
    const kit = startKit();
    history.replaceState(null, '', '/items?x=1#part');
    const { settled } = kit.load('/items?x=1#part');
    await kit.settle();
    expect(kit.asked).toEqual(['/items?x=1#part']);
    expect(settled).not.toHaveBeenCalled();
  });

  test('lets a signed-in user pass', async () => {
    const kit = startKit();
    await kit.session.enter('authenticated');
    const { settled, dependencies } = kit.load('/items');
    await kit.settle();
    expect(settled).toHaveBeenCalledExactlyOnceWith('passed');
    expect(dependencies).toEqual(['token-vigil:session']);
  });

  test('a page that is merely hovered over signs nobody in, and is not let pass before it is clicked', async () => {
    const kit = startKit();
    kit.show('/');
    const { settled } = kit.load('/items?x=1#hovered');
    await kit.settle();
    kit.navigate('/elsewhere');
    await kit.settle();
    kit.show('/elsewhere');
    await kit.settle();
    expect(kit.asked).toEqual([]);
    // Kit takes what it has loaded for a link with another fragment, too.
    kit.navigate('/items?x=1#clicked');
    await kit.settle();
    expect(kit.asked).toEqual(['/items?x=1#clicked']);
    expect(settled).not.toHaveBeenCalled();
  });

  test('a page that is hovered over by a signed-in user is preloaded', async () => {
    const kit = startKit();
    await kit.session.enter('authenticated');
    kit.show('/');
    const { settled } = kit.load('/items');
    await kit.settle();
    expect(settled).toHaveBeenCalledExactlyOnceWith('passed');
  });

  test('who has gone elsewhere meanwhile is not sent to a sign-in, until they ask for the page again', async () => {
    const kit = startKit();
    kit.show('/');
    kit.navigate('/items');
    const { settled } = kit.load('/items');
    kit.navigate('/elsewhere');
    await kit.settle();
    expect(kit.asked).toEqual([]);
    // Its load is not over: Kit would show the page to the next click.
    expect(settled).not.toHaveBeenCalled();
    kit.navigate('/items');
    await kit.settle();
    expect(kit.asked).toEqual(['/items']);
  });

  test('a page that is given up at the last moment waits as well', async () => {
    const kit = startKit();
    kit.show('/');
    kit.navigate('/items');
    const start = vi.spyOn(kit.session, 'start');
    start.mockResolvedValueOnce(null).mockImplementationOnce(async () => {
      kit.navigate('/elsewhere');
      return null;
    });
    const { settled } = kit.load('/items');
    await kit.settle();
    expect(kit.asked).toEqual([]);
    expect(settled).not.toHaveBeenCalled();
  });

  test('a navigation that was broken off is none any more', async () => {
    const kit = startKit();
    kit.show('/');
    const breakOff = kit.navigate('/items');
    await kit.settle();
    breakOff();
    await kit.settle();
    kit.load('/items');
    await kit.settle();
    expect(kit.asked).toEqual([]);
  });

  test('layouts of one page sign in once', async () => {
    const kit = startKit();
    kit.show('/');
    kit.navigate('/items');
    kit.load('/items');
    kit.load('/items');
    await kit.settle();
    expect(kit.asked).toEqual(['/items']);
  });

  test('tells pages of a hash router apart', async () => {
    const kit = startKit();
    kit.show('/#/');
    kit.load('/#/items');
    await kit.settle();
    expect(kit.asked).toEqual([]);
    kit.navigate('/#/items#part');
    await kit.settle();
    expect(kit.asked).toEqual(['/#/items#part']);
  });

  test.each(['', '/', '/app', '/app/'])(
    'leads the page that is shown away when the session ends, base %j',
    async (base) => {
      const kit = startKit({ ended: '/ended', base });
      const shown = `${base.replace(/\/$/, '')}/items`;
      await kit.session.enter('authenticated');
      kit.show(shown);
      await kit.settle();
      kit.rerun(() => kit.load(shown).done);
      await kit.session.expire('revoked');
      const to = `${base.replace(/\/$/, '')}/ended`;
      await vi.waitFor(() => expect(kit.gone).toEqual([{ to, replaceState: true }]));
      expect(kit.invalidated).toEqual(['token-vigil:session']);
      // The exit was for that page, and at that time.
      kit.show('/');
      kit.navigate('/other');
      kit.load('/other');
      await vi.waitFor(() => expect(kit.asked).toEqual(['/other']));
    },
  );

  test('a page that is asked for while the session ends is not put in the place of the one that is shown', async () => {
    const kit = startKit({ ended: '/ended' });
    await kit.session.enter('authenticated');
    kit.show('/');
    kit.rerun(() => new Promise(() => undefined));
    await kit.session.expire('revoked');
    await vi.waitFor(() => expect(kit.invalidated).toHaveLength(1));
    kit.navigate('/items');
    kit.load('/items');
    await vi.waitFor(() => expect(kit.gone).toEqual([{ to: '/ended', replaceState: false }]));
  });

  test('who comes back from the provider by Back stays on the page from which they went', async () => {
    const kit = startKit();
    kit.show('/');
    vi.spyOn(kit.session, 'require').mockRejectedValue(new SessionError('sign_in_cancelled', 'Back'));
    kit.navigate('/items');
    kit.load('/items');
    await vi.waitFor(() => expect(kit.gone).toEqual([{ to: '/', replaceState: true }]));
  });

  test('comes back through the router once it is started', async () => {
    const kit = startKit({ base: '/app' });
    kit.comeBack('/app/items?x=1#part');
    await kit.settle();
    expect(kit.gone).toEqual([]);
    kit.show('/app/');
    await vi.waitFor(() => expect(kit.gone).toEqual([{ to: '/app/items?x=1#part', replaceState: true }]));
  });

  test('says what is missing where the session knows of no router', async () => {
    const session = createFakeSession({ user: { name: 'Ada' } });
    const load = sessionGuard(session)({ url: new URL(location.href), depends: () => undefined });
    await expect(load).rejects.toThrow('Call `connectRouter(session, …)` in src/hooks.client.ts');
  });
});
