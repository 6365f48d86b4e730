import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ActivitySource, SessionError } from '../../../src/index.ts';
import { createFakeSession, type FakeSession, type FakeSessionOptions } from '../../../src/testing/index.ts';

/** Who signs in here. */
interface Person {
  readonly sub: string;
  readonly name: string;
}

const ada: Person = { sub: '1', name: 'Ada' };
const bob: Person = { sub: '2', name: 'Bob' };

/** A recipe of the documentation for one data library. */
export interface Recipe {
  readonly name: string;
  /** Its app, which asks for todos every 30 s and lists them, and what its cache holds by now, where that outlives the app. */
  open(session: FakeSession<Person>): { readonly app: ReactNode; kept?(): unknown };
  /** Whether it asks again when a user who was there all along comes back to the tab. */
  readonly refetchesOnFocus: boolean;
  /** The body of an answer with these todos. */
  bodyOf(todos: readonly string[]): unknown;
}

type Answer = () => Response | Promise<Response>;

/** Where the session listens too: in the capture phase, ahead of the libraries. A test cannot make trusted events. */
const sight: ActivitySource = (onActive) => {
  const places = [
    [document, 'visibilitychange'],
    [window, 'focus'],
  ] as const;
  for (const [target, type] of places) target.addEventListener(type, onActive, { capture: true });
  return () => {
    for (const [target, type] of places) target.removeEventListener(type, onActive, { capture: true });
  };
};

/** As when the user comes back to the tab. */
const showPage = (): void => {
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  window.dispatchEvent(new Event('focus'));
};

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** Lets the library's own time pass (its polls, its pauses between tries), and React and Redux show what came of it. */
const pass = async (ms: number): Promise<void> => {
  const steps = ms ? 10 : 0;
  for (let step = 0; step < steps; step++) {
    await vi.advanceTimersByTimeAsync(ms / steps);
    await frame();
  }
  for (let step = 0; step < 4; step++) {
    await vi.advanceTimersByTimeAsync(0);
    await frame();
  }
};

const POLL_MS = 30_000;

/** How a condition is awaited. */
const patience = { timeout: 5000, interval: 20 };

/** What holds of every data library with the session's gate, as its recipe sets it up. */
export const describeRecipe = (recipe: Recipe): void => {
  /** The tokens with which the API was asked. */
  let bearers: (string | null)[];
  /** How the API answers from now on. */
  let answer: Answer;
  /** What the library's cache holds. */
  let kept: () => string;
  /** What the gate told of the library's requests. */
  let requests: { readonly type: string; readonly error?: string | undefined }[];

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    document.body.replaceChildren();
    bearers = [];
    requests = [];
  });
  afterEach(() => void vi.useRealTimers());

  const fake = (options: Partial<FakeSessionOptions<Person>> = {}): FakeSession<Person> => {
    const session = createFakeSession<Person>({
      user: ada,
      tokenOrigins: location.origin,
      activity: [sight],
      fetch: async (input, init) => {
        bearers.push(new Request(input, init).headers.get('Authorization'));
        return answer();
      },
      ...options,
    });
    session.onRequest((event) => void requests.push(event));
    answer = () => Response.json(recipe.bodyOf([`${session.user?.name} ${bearers.length}`]));
    onTestFinished(session.stop);
    return session;
  };

  const mount = async (session: FakeSession<Person>): Promise<void> => {
    const root = createRoot(document.body.appendChild(document.createElement('div')));
    onTestFinished(() => root.unmount());
    const { app, kept: keptNow } = recipe.open(session);
    kept = () => JSON.stringify(keptNow?.() ?? []);
    root.render(app);
    await pass(0);
  };

  const shown = (): string => document.body.textContent;
  const alerts = (): number => document.querySelectorAll('[role=alert]').length;
  /** What is on the screen, and how many failures, a little of the library's time later. */
  const screen = async (): Promise<[text: string, alerts: number]> => {
    await vi.advanceTimersByTimeAsync(patience.interval);
    return [shown(), alerts()];
  };
  const started = (): number => requests.filter(({ type }) => type === 'started').length;
  const refusals = (): unknown[] => requests.flatMap(({ error }) => error ?? []);
  const bearerOf = (session: FakeSession<Person>): string => `Bearer ${session.peekAccessToken()}`;

  /** A signed-in user who looks at what the API has answered. */
  const loaded = async (options?: Partial<FakeSessionOptions<Person>>): Promise<FakeSession<Person>> => {
    const session = fake(options);
    await session.enter('authenticated');
    await mount(session);
    await expect.poll(screen, patience).toEqual(['Ada 1', 0]);
    return session;
  };

  /** A user who is there, and whose token has lapsed while a renewal is under way. */
  const stale = async (options?: Partial<FakeSessionOptions<Person>>): Promise<FakeSession<Person>> => {
    const session = fake(options);
    await session.enter('refreshing');
    while (session.peekAccessToken()) {
      session.touch();
      await session.advance(1000);
    }
    return session;
  };

  /** The user leaves, until the token has lapsed. */
  const leave = async (session: FakeSession<Person>): Promise<void> => {
    await session.enter('idle');
    while (session.canRequest) await session.advance(1000);
    await pass(0);
  };

  const comeBack = (session: FakeSession<Person>): Promise<void> => {
    session.touch();
    return session.advance(0);
  };

  const unavailable = (): Response => new Response(null, { status: 503 });
  const stalled = (): Promise<Response> => new Promise(() => undefined);
  const longTokens = { tokenLife: 7_200_000, refreshTokenLife: 14_400_000, idle: { after: 60_000 } };
  const cases = [
    ['has lapsed', undefined],
    ['is fresh', longTokens],
  ] as const;

  describe(`the recipe for ${recipe.name}`, () => {
    test('a request waits for a fresh token', async () => {
      const session = await stale();
      await mount(session);
      await vi.waitFor(() => expect(started()).toBe(1), patience);
      expect(bearers).toEqual([]);
      await session.enter('authenticated');
      await expect.poll(screen, patience).toEqual(['Ada 1', 0]);
      expect(bearers).toEqual([bearerOf(session)]);
    });

    test('it polls while the user is there', async () => {
      await loaded();
      await pass(POLL_MS);
      await expect.poll(screen, patience).toEqual(['Ada 2', 0]);
    });

    test('polls are paused while the user is away, what was shown stays, and it is refetched when they are back', async () => {
      const session = await loaded();
      await leave(session);
      await pass(10 * POLL_MS);
      expect([started(), alerts(), shown()]).toEqual([1, 0, 'Ada 1']);

      await comeBack(session);
      await expect.poll(screen, patience).toEqual(['Ada 2', 0]);
      expect(bearers).toEqual([expect.any(String), bearerOf(session)]);
      expect(bearers[0]).not.toBe(bearers[1]);
      expect(refusals()).toEqual([]);

      await pass(POLL_MS);
      await expect.poll(screen, patience).toEqual(['Ada 3', 0]);
    });

    test('nothing is asked by what is opened while the user is away', async () => {
      const session = fake();
      await leave(session);
      await mount(session);
      await pass(POLL_MS);
      expect([started(), alerts()]).toEqual([0, 0]);
      await comeBack(session);
      await expect.poll(screen, patience).toEqual(['Ada 1', 0]);
    });

    test('a user who comes back before the token has lapsed sees what is new', async () => {
      const session = await loaded(longTokens);
      await session.enter('idle');
      await pass(0);
      expect([session.canRequest, bearers.length]).toEqual([true, 1]);
      await comeBack(session);
      await expect.poll(screen, patience).toEqual(['Ada 2', 0]);
      await pass(0);
      expect(started()).toBe(2);
    });

    test.each(cases)('the page gets the focus, and the token %s: one request', async (_, options) => {
      const session = await loaded(options);
      await (options ? session.enter('idle') : leave(session));
      // SWR hears of the focus once in 5 s.
      await pass(10_000);
      showPage();
      await session.advance(0);
      await expect.poll(screen, patience).toEqual(['Ada 2', 0]);
      await pass(0);
      expect([started(), refusals()]).toEqual([2, []]);
      expect(bearers[1]).toBe(bearerOf(session));
    });

    test('the page gets the focus, and the user was there', async () => {
      await loaded();
      await pass(10_000);
      showPage();
      await pass(0);
      await expect.poll(screen, patience).toEqual([recipe.refetchesOnFocus ? 'Ada 2' : 'Ada 1', 0]);
    });

    test.each(['session_idle', 'signed_out', 'session_ended', 'session_stopped'] as const)(
      '%s is neither tried again nor shown as a failure',
      async (code) => {
        const session = fake();
        await session.enter('authenticated');
        // The gate of a session that the component has not heard of yet.
        const refused = vi.spyOn(session, 'fetch').mockRejectedValue(new SessionError(code, 'Not now'));
        await mount(session);
        await pass(20_000);
        expect([refused.mock.calls.length, alerts()]).toEqual([1, 0]);
      },
    );

    test('what may pass is tried again: an error of the session', async () => {
      const session = await stale();
      await mount(session);
      await vi.waitFor(() => expect(started()).toBe(1), patience);
      await session.advance(8000);
      expect(refusals()).toEqual(['wait_timed_out']);
      await session.enter('authenticated');
      await pass(20_000);
      await expect.poll(screen, patience).toEqual(['Ada 1', 0]);
    });

    test('what may pass is tried again: an error of the API', async () => {
      const session = fake();
      const ok = answer;
      answer = () => (bearers.length === 1 ? unavailable() : ok());
      await session.enter('authenticated');
      await mount(session);
      await pass(20_000);
      await expect.poll(screen, patience).toEqual(['Ada 2', 0]);
    });

    test('what does not pass is shown', async () => {
      const session = fake();
      answer = unavailable;
      await session.enter('authenticated');
      await mount(session);
      await pass(20_000);
      await vi.waitFor(() => expect(alerts()).toBe(1), patience);
    });

    test.each(cases)(
      'a failure of the API when the user is back is shown beside what was there: the token %s',
      async (_, options) => {
        const session = await loaded(options);
        await (options ? session.enter('idle') : leave(session));
        answer = unavailable;
        await comeBack(session);
        await pass(20_000);
        await vi.waitFor(() => expect(alerts()).toBe(1), patience);
        expect(shown()).toMatch(/Ada 1$/);
      },
    );

    const ends: Record<string, (session: FakeSession<Person>) => Promise<void>> = {
      'signed out': (session) => session.signOut(),
      'somebody else signed in elsewhere': (session) => session.expire('switched'),
      'the session was ended by the provider': (session) => session.expire('revoked'),
    };
    test.each(Object.entries(ends))('the next user sees nothing of the first: %s', async (_, end) => {
      const session = await loaded();
      await end(session);
      await expect.poll(screen, patience).toEqual(['Sign in', 0]);
      expect(kept()).not.toContain('Ada');

      answer = stalled;
      session.signsInNext(bob);
      await session.signIn();
      await vi.waitFor(() => expect(started()).toBe(2), patience);
      expect(shown()).toBe('');
    });

    test('somebody else signs in while the first is signed in, who is seen no more', async () => {
      const session = await loaded();
      const ok = answer;
      let release!: () => void;
      answer = () => new Promise<void>((resolve) => (release = resolve)).then(ok);
      session.signsInNext(bob);
      await session.signIn({ prompt: 'login' });
      await vi.waitFor(() => expect(started()).toBe(2), patience);
      expect(shown()).toBe('');
      expect(kept()).not.toContain('Ada');
      release();
      await expect.poll(screen, patience).toEqual(['Bob 2', 0]);
    });

    test('an answer for the first user that comes late is not shown to the second', async () => {
      const session = fake();
      let comeLate!: (response: Response) => void;
      const late = new Promise<Response>((resolve) => (comeLate = resolve));
      const ok = answer;
      answer = () => (bearers.length === 1 ? late : ok());
      await session.enter('authenticated');
      await mount(session);
      await vi.waitFor(() => expect(started()).toBe(1), patience);
      session.signsInNext(bob);
      await session.signIn({ prompt: 'login' });
      await expect.poll(screen, patience).toEqual(['Bob 2', 0]);
      comeLate(Response.json(recipe.bodyOf(['Ada 1'])));
      await pass(0);
      expect([shown(), alerts()]).toEqual(['Bob 2', 0]);
    });
  });
};
