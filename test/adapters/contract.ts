import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  createFakeSession,
  createFakeTabs,
  type FakeSession,
  type FakeSessionOptions,
} from '../../src/testing/index.ts';
import { guardedUser } from '../../src/ui/guardedUser.ts';
import { stringsIn } from './stringsIn.ts';

/** Who signs in here. */
export interface Person {
  readonly name: string;
}

/**
 * What every framework's test app shows, each part by a component of its own, in an element with `data-part`. `guarded` is
 * the required user by itself, `inside` the same within the boundary for signed-in content, whose fallback is `outside`. Within
 * it is also `trusting`: a selector that is written as if somebody were always signed in.
 */
const parts = [
  'status',
  'user',
  'state',
  'initials',
  'token',
  'session',
  'warning',
  'ended',
  'inside',
] as const;

/** The name of a part. */
export type Part = (typeof parts)[number] | 'guarded' | 'trusting';

/** What a selector may choose of the view. */
export type Choice = 'busy' | 'canRequest';

/** A test app on the page. */
interface Mounted {
  unmount(): void | Promise<void>;
}

/** What a framework's test app has to offer. */
export interface Adapter {
  readonly name: string;
  /** How often a component renders at the same thing: twice under React's StrictMode. @default 1 */
  readonly rendersPerChange?: number;
  /** Mounts these parts, which call `note` whenever they render, and with `mounted` when they are made. */
  mount(
    session: FakeSession<Person>,
    into: HTMLElement,
    shown: readonly Part[],
    note: (part: Part, what: 'rendered' | 'mounted') => void,
  ): Mounted | Promise<Mounted>;
  /** Settles when the framework has rendered what has changed. */
  settle(): Promise<void>;
  /** What devtools will see besides elements and what hangs on them: a list that grows while components are made. */
  devtools?(): Iterable<object>;
  /** Mounts a part without giving it a session; throws what that throws. */
  mountWithout(part: Part, into: HTMLElement): Promise<void>;
  /** Mounts a selector of the field that is chosen, `busy` at first. Returns a function that chooses another one. */
  mountChoosing(session: FakeSession<Person>, into: HTMLElement): Promise<(choice: Choice) => void>;
  /** Mounts a part that selects `{ name }`, a new object each time; throws what that throws. */
  mountRestless(session: FakeSession<Person>, into: HTMLElement): Promise<void>;
}

/** What holds of every framework's adapter. */
export const describeAdapter = (adapter: Adapter): void => {
  let counts: Map<string, number>;
  beforeEach(() => {
    counts = new Map();
    document.body.replaceChildren();
  });

  const count = (part: Part, what: 'rendered' | 'mounted' = 'rendered'): number =>
    counts.get(`${part} ${what}`) ?? 0;
  const fake = (options: Partial<FakeSessionOptions<Person>> = {}): FakeSession<Person> => {
    const session = createFakeSession<Person>({ user: { name: 'Ada' }, ...options });
    onTestFinished(session.stop);
    return session;
  };
  const place = (): HTMLElement => document.body.appendChild(document.createElement('div'));
  const mount = async (
    session: FakeSession<Person>,
    shown: readonly Part[] = parts,
    into = place(),
  ): Promise<Mounted & { text(part: Part): string | null }> => {
    const note = (part: Part, what: string): void =>
      void counts.set(`${part} ${what}`, (counts.get(`${part} ${what}`) ?? 0) + 1);
    const mounted = await adapter.mount(session, into, shown, note);
    await adapter.settle();
    return {
      unmount: () => mounted.unmount(),
      text: (part) => into.querySelector(`[data-part=${part}]`)?.textContent ?? null,
    };
  };
  /** Time passes in steps of a frame, each of which the framework renders. */
  const pass = async (session: FakeSession<Person>, ms: number, stepMs: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await session.advance(stepMs);
      await adapter.settle();
    }
  };
  const go = async (step: Promise<unknown>): Promise<void> => {
    await step;
    await adapter.settle();
  };

  describe(`the adapter for ${adapter.name}`, () => {
    test('runs the session, and shows who is signed in', async () => {
      const session = fake();
      const app = await mount(session);
      await go(session.start());
      expect([app.text('status'), app.text('user')]).toEqual(['signedOut', 'nobody']);
      await go(session.enter('authenticated'));
      expect([app.text('status'), app.text('user'), app.text('state')]).toEqual([
        'signedIn',
        'Ada',
        'authenticated',
      ]);
      await go(session.signOut());
      expect([app.text('status'), app.text('user')]).toEqual(['signedOut', 'nobody']);
    });

    test('renders nothing again for 1,000 signs of presence', async () => {
      const session = fake();
      await session.enter('authenticated');
      await mount(session, ['status', 'user', 'state', 'initials']);
      counts.clear();
      for (let moves = 0; moves < 1000; moves++) {
        session.touch();
        await pass(session, 16, 16);
      }
      expect([...counts]).toEqual([]);
    });

    test('renders status and user not once for 20 renewals, and the state each time', async () => {
      const session = fake();
      await session.enter('authenticated');
      await mount(session, ['status', 'user', 'state']);
      counts.clear();
      for (let renewals = 0; renewals < 20; renewals++) {
        await go(session.enter('refreshing'));
        await go(session.enter('authenticated'));
      }
      expect(session.actor.getSnapshot().context.lease?.generation).toBe(21);
      expect([count('status'), count('user')]).toEqual([0, 0]);
      expect(count('state')).toBeGreaterThanOrEqual(20);
    });

    test('counts down in whole steps, once a step', async () => {
      const session = fake();
      await session.enter('authenticated');
      const app = await mount(session, ['token', 'session']);
      expect(app.text('token')).toMatch(/^\d+000$/);
      const before = Number(app.text('token'));
      counts.clear();
      await pass(session, 10_000, 250);
      expect(Number(app.text('token'))).toBe(before - 10_000);
      expect(count('token')).toBe(10 * (adapter.rendersPerChange ?? 1));
      expect(app.text('session')).toMatch(/^\d+0000$/);
    });

    test('opens the warning, counts, and closes it when the user stays', async () => {
      const session = fake({ idle: { after: 300_000, signOutAfter: 600_000 } });
      await session.enter('authenticated');
      const app = await mount(session, ['warning', 'status']);
      expect(app.text('warning')).toBe('closed');
      await go(session.enter('warning'));
      expect(app.text('warning')).toMatch(/^(60|59)000$/);
      const before = Number(app.text('warning'));
      counts.clear();
      await pass(session, 5000, 250);
      expect(Number(app.text('warning'))).toBe(before - 5000);
      expect(count('warning')).toBe(5 * (adapter.rendersPerChange ?? 1));
      expect(count('status')).toBe(0);
      session.stay();
      await adapter.settle();
      expect(app.text('warning')).toBe('closed');
    });

    test('shows the warning to what is mounted in the middle of it', async () => {
      const session = fake({ idle: { after: 300_000, signOutAfter: 600_000 } });
      await session.enter('warning');
      await session.advance(20_000);
      const app = await mount(session, ['warning']);
      expect(Number(app.text('warning'))).toBeLessThanOrEqual(40_000);
      expect(Number(app.text('warning'))).toBeGreaterThan(30_000);
    });

    test('says why a session is over, and knows the way back', async () => {
      const session = fake();
      await session.enter('authenticated');
      const app = await mount(session, ['ended']);
      expect(app.text('ended')).toBe('going on');
      await go(session.expire('revoked'));
      expect(app.text('ended')).toBe(`revoked at ${location.href}`);
      await go(session.signIn());
      expect(app.text('ended')).toBe('going on');
    });

    test('says why the last session is over, though nothing was mounted when it ended', async () => {
      const session = fake();
      onTestFinished(session.run());
      await session.enter('authenticated');
      const before = await mount(session, ['ended']);
      await go(session.expire('revoked'));
      expect(before.text('ended')).toContain('revoked');
      await before.unmount();
      await go(session.signIn());
      await session.expire('lapsed');
      const after = await mount(session, ['ended']);
      expect(after.text('ended')).toContain('lapsed');
    });

    test('keeps a required user on the screen until the page has left', async () => {
      const session = fake();
      await session.enter('authenticated');
      const app = await mount(session, ['guarded']);
      expect(app.text('guarded')).toBe('Ada');
      await go(session.expire('revoked'));
      expect([session.user, app.text('guarded')]).toEqual([null, 'Ada']);
    });

    test('knows a required user where something is added to the page after the end', async () => {
      const session = fake();
      onTestFinished(session.run());
      await session.enter('authenticated');
      const page = await mount(session, ['guarded']);
      await go(session.expire('revoked'));
      const added = await mount(session, ['guarded']);
      expect(added.text('guarded')).toBe('Ada');
      await page.unmount();
      await added.unmount();
      await adapter.settle();
      expect(guardedUser(session).get()).toBe(null);
    });

    test.each(['revoked', 'lapsed', 'switched'] as const)(
      'takes signed-in content away when the session ends: %s',
      async (reason) => {
        const session = fake();
        await session.enter('authenticated');
        const app = await mount(session, ['inside']);
        expect(app.text('inside')).toBe('Ada');
        await go(session.expire(reason));
        expect(session.endReason).toBe(reason);
        expect(app.text('inside')).toBe('outside');
      },
    );

    test('a selector that relies on a user is not asked once signed-in content is gone', async () => {
      const complaints = vi.spyOn(console, 'error').mockReturnValue(undefined);
      onTestFinished(() => complaints.mockRestore());
      const session = fake();
      await session.enter('authenticated');
      const app = await mount(session, ['trusting']);
      expect(app.text('trusting')).toBe('Ada');
      await go(session.expire('revoked'));
      expect(app.text('trusting')).toBe('outside');
      session.signsInNext({ name: 'Bob' });
      await go(session.signIn());
      expect(app.text('trusting')).toBe('Bob');
      expect(complaints.mock.calls).toEqual([]);
    });

    test('a selector that chooses another field follows that one', async () => {
      const session = fake();
      await session.enter('authenticated');
      const into = place();
      const choose = await adapter.mountChoosing(session, into);
      await adapter.settle();
      expect(into.textContent).toBe('false');
      choose('canRequest');
      await adapter.settle();
      expect(into.textContent).toBe('true');
      // The field chosen now becomes what the one chosen first was.
      await go(session.signOut());
      expect(into.textContent).toBe('false');
    });

    test('makes signed-in content anew for another user', async () => {
      const session = fake();
      await session.enter('authenticated');
      const app = await mount(session, ['inside']);
      const made = count('inside', 'mounted');
      await go(session.renew());
      expect(count('inside', 'mounted')).toBe(made);
      await go(session.expire('switched'));
      session.signsInNext({ name: 'Bob' });
      await go(session.signIn());
      expect(app.text('inside')).toBe('Bob');
      expect(count('inside', 'mounted')).toBeGreaterThan(made);
    });

    test('makes signed-in content anew where another user signs in over the first', async () => {
      const session = fake();
      await session.enter('authenticated');
      const app = await mount(session, ['inside']);
      const made = count('inside', 'mounted');
      session.signsInNext({ name: 'Bob' });
      await go(session.signIn({ prompt: 'login' }));
      expect(app.text('inside')).toBe('Bob');
      expect(count('inside', 'mounted')).toBeGreaterThan(made);
    });

    test('two tabs are signed in, warned, kept and signed out together', async () => {
      const tabs = createFakeTabs<Person>({
        user: { name: 'Ada' },
        idle: { after: 300_000, signOutAfter: 600_000 },
      });
      const [one, other] = [tabs.open(), tabs.open()];
      onTestFinished(() => [one, other].forEach(tabs.close));
      const apps = [await mount(one, ['warning', 'inside']), await mount(other, ['warning', 'inside'])];
      const shown = (): (string | null)[] => apps.flatMap((app) => [app.text('inside'), app.text('warning')]);
      await go(one.signIn());
      expect(shown()).toEqual(['Ada', 'closed', 'Ada', 'closed']);
      await go(other.enter('warning'));
      const [, warned, , warnedToo] = shown();
      expect(warned).not.toBe('closed');
      expect(warnedToo).toBe(warned);
      other.stay();
      await go(tabs.advance(0));
      expect(shown()).toEqual(['Ada', 'closed', 'Ada', 'closed']);
      await go(one.signOut());
      expect(shown()).toEqual(['outside', 'closed', 'outside', 'closed']);
    });

    test('leaves nothing behind where the session goes on', async () => {
      const session = fake();
      onTestFinished(session.run());
      await session.enter('authenticated');
      const { pendingTimers } = session.clock;
      const app = await mount(session, ['token', 'session']);
      expect(session.clock.pendingTimers).toBeGreaterThan(pendingTimers);
      await app.unmount();
      await adapter.settle();
      expect(session.clock.pendingTimers).toBe(pendingTimers);
    });

    test('stops the session when the last of several roots is gone, and leaves nothing behind', async () => {
      const session = fake();
      const [first, second] = [await mount(session), await mount(session)];
      await session.enter('authenticated');
      await first.unmount();
      await adapter.settle();
      expect(session.status).toBe('signedIn');
      await go(session.renew());
      expect(second.text('user')).toBe('Ada');
      await second.unmount();
      await adapter.settle();
      expect(session.status).toBe('loading');
      expect(session.clock.pendingTimers).toBe(0);
    });

    test('holds no token where devtools can see it', async () => {
      const session = fake();
      await session.enter('authenticated');
      const besides = adapter.devtools?.() ?? [];
      await mount(session);
      const token = await session.getAccessToken();
      // Frameworks complain of whoever walks through their insides.
      vi.spyOn(console, 'warn').mockReturnValue(undefined);
      onTestFinished(() => void vi.restoreAllMocks());
      const seen = stringsIn([...document.body.querySelectorAll('*'), ...besides]);
      expect(seen.length).toBeGreaterThan(20);
      expect(seen.filter((text) => text.includes(token))).toEqual([]);
    });

    test('says in a sentence what is wrong where no session was given', async () => {
      await expect(adapter.mountWithout('status', place())).rejects.toThrow('There is no session here');
    });

    test('says in a sentence what is wrong with a selector that never comes to rest', async () => {
      const session = fake();
      await session.enter('authenticated');
      await expect(adapter.mountRestless(session, place())).rejects.toThrow('one and the same view');
    });
  });
};
