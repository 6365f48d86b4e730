import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadingView } from '../../../src/index.ts';
import { createFakeSession, type FakeSessionOptions } from '../../../src/testing/index.ts';

const ada = { name: 'Ada' };

const fake = (options: Partial<FakeSessionOptions<typeof ada>> = {}) => {
  const session = createFakeSession({ user: ada, ...options });
  onTestFinished(session.stop);
  return session;
};

/** How often a subscriber is told. */
const countOf = (subscribe: (listener: () => void) => () => void) => {
  const told = vi.fn();
  subscribe(told);
  return told;
};

describe('the view', () => {
  test('of a session that has not begun knows nothing', () => {
    expect(fake().view).toBe(loadingView);
  });

  test('of a session that was stopped knows nothing either, and its subscribers are told', async () => {
    const session = fake();
    await session.enter('authenticated');
    const told = countOf(session.subscribe);
    session.stop();
    expect(told).toHaveBeenCalledOnce();
    expect(session.view).toEqual(loadingView);
    expect(session.peekAccessToken()).toBe(undefined);
  });

  test('has every field as a getter of the session', async () => {
    const session = fake();
    await session.enter('warning');
    const { view } = session;
    for (const field of Object.keys(loadingView) as (keyof typeof view)[])
      expect(session[field]).toBe(view[field]);
  });

  test('stays the same over a minute of presence, and nobody is told', async () => {
    const session = fake();
    await session.enter('authenticated');
    const told = countOf(session.subscribe);
    const { view } = session;
    for (let second = 0; second < 60; second++) {
      session.touch();
      await session.advance(1000);
    }
    expect(session.view).toBe(view);
    expect(told).not.toHaveBeenCalled();
  });

  test('keeps the user over renewals that change nothing about them', async () => {
    const session = fake();
    await session.enter('authenticated');
    const { user } = session.view;
    await session.renew();
    expect(session.view.user).toBe(user);
  });

  test('shows a renewal as busy, and its failure as the error', async () => {
    const session = fake();
    await session.enter('refreshing');
    expect(session.view).toMatchObject({ status: 'signedIn', busy: true, canRequest: true });
    await session.enter('backingOff');
    expect(session.view).toMatchObject({ busy: false, error: { code: 'provider_unavailable' } });
    await session.enter('authenticated');
    expect(session.view.error).toBe(undefined);
  });

  test('says why a session is over until somebody signs in', async () => {
    const session = fake();
    await session.expire('revoked');
    expect(session.view).toMatchObject({
      status: 'signedOut',
      state: 'expired',
      user: null,
      endReason: 'revoked',
    });
    await session.signIn();
    expect(session.endReason).toBe(null);
  });

  test('turns `canRequest` off, and tells, when a token lapses that nothing renews', async () => {
    const session = fake({ idle: { after: 60_000 } });
    await session.enter('idle');
    expect(session.canRequest).toBe(true);
    const seen: boolean[] = [];
    session.subscribe(() => seen.push(session.view.canRequest));
    const [{ lease }, before] = [session.actor.getSnapshot().context, session.clock.wallMs()];
    await session.advance(lease!.freshUntil.wallMs - before - 1);
    expect([session.canRequest, seen]).toEqual([true, []]);
    await session.advance(1);
    expect([session.canRequest, seen]).toEqual([false, [false]]);
  });

  test.each(['hold', 'renew'] as const)('keeps `canRequest` where idle requests %s', async (requests) => {
    const session = fake({ idle: { after: 60_000, requests } });
    await session.enter('idle');
    await session.advance(300_000);
    expect(session.canRequest).toBe(true);
  });

  test('leaves no timer behind', async () => {
    const session = fake({ idle: { after: 60_000 } });
    await session.enter('idle');
    session.stop();
    expect(session.clock.pendingTimers).toBe(0);
  });
});

describe('the warning', () => {
  const idle = { after: 60_000, signOutAfter: 180_000, warnBefore: 60_000 };

  test('can be read by who comes after it was told', async () => {
    const session = fake({ idle });
    const deadlines: number[] = [];
    session.on('warned', ({ deadline }) => deadlines.push(deadline.wallMs));
    await session.enter('warning');
    const { warning } = session.view;
    expect([warning?.deadline.wallMs]).toEqual(deadlines);
    await session.advance(30_000);
    expect(session.view.warning).toBe(warning);
    session.stay();
    expect(session.view.warning).toBe(null);
  });

  test('is there again after a stop and a start', async () => {
    const session = fake({ idle });
    await session.enter('warning');
    const end = session.warning!.deadline.wallMs;
    session.stop();
    await session.start();
    await session.advance(0);
    expect(session.warning?.deadline.wallMs).toBe(end);
  });
});

describe('endsAt', () => {
  test('is the end of the refresh token where nothing ends sooner', async () => {
    const session = fake();
    await session.enter('authenticated');
    expect(session.endsAt).toBe(session.actor.getSnapshot().context.lease!.refreshDeadline!.wallMs);
  });

  test('follows a user by the minute while they are there, and is exact while they are away', async () => {
    const session = fake({ idle: { after: 60_000, signOutAfter: 180_000 } });
    await session.enter('authenticated');
    const first = session.clock.wallMs() + 180_000;
    expect(session.endsAt).toBe(first);
    const told = countOf(session.subscribe);
    await session.advance(59_000);
    session.touch();
    expect([session.endsAt, told.mock.calls.length]).toEqual([first, 0]);
    await session.advance(2000);
    session.touch();
    expect(session.endsAt).toBe(session.clock.wallMs() + 180_000);
    const lastActivityMs = session.clock.wallMs();
    await session.enter('idle');
    expect(session.endsAt).toBeGreaterThan(lastActivityMs);
    expect(session.endsAt).toBe(session.actor.getSnapshot().context.lastActivity!.wallMs + 180_000);
  });

  test('is not known where nobody is ever away', async () => {
    const session = fake({ idle: false });
    await session.enter('authenticated');
    expect(session.endsAt).toBe(null);
  });

  test('is not known while the session is held awake', async () => {
    const session = fake();
    await session.enter('authenticated');
    const release = session.keepAwake();
    expect(session.endsAt).toBe(null);
    release();
    expect(session.endsAt).not.toBe(null);
  });
});

describe('a selection', () => {
  test('tells once when the selector begins to throw, and once when it no longer does', async () => {
    const session = fake();
    await session.enter('authenticated');
    const { get, subscribe } = session.select(({ user }) => user!.name);
    const told = countOf(subscribe);
    await session.signOut();
    session.touch();
    expect(told).toHaveBeenCalledOnce();
    expect(get).toThrow(TypeError);
    await session.signIn();
    expect(told).toHaveBeenCalledTimes(2);
    expect(get()).toBe('Ada');
  });

  test('tells every subscriber of a change from what was read, though that was told to nobody', async () => {
    const session = fake();
    await session.enter('authenticated');
    let field: 'busy' | 'canRequest' = 'busy';
    const { get, subscribe } = session.select((view) => view[field]);
    const told = [countOf(subscribe), countOf(subscribe)];
    expect(get()).toBe(false);
    field = 'canRequest';
    expect(get()).toBe(true);
    await session.signOut();
    expect(get()).toBe(false);
    for (const each of told) expect(each).toHaveBeenCalled();
  });

  test('is told only when what it picks is another', async () => {
    const session = fake();
    await session.enter('authenticated');
    const status = session.select((view) => view.status);
    const state = session.select((view) => view.state);
    const [ofStatus, ofState] = [countOf(status.subscribe), countOf(state.subscribe)];
    for (let times = 0; times < 20; times++) await session.renew();
    expect([ofStatus.mock.calls.length, ofState.mock.calls.length]).toEqual([0, 40]);
    await session.signOut();
    expect([ofStatus.mock.calls.length, status.get()]).toEqual([1, 'signedOut']);
  });

  test('keeps an object that is the same by the caller’s own measure', async () => {
    const session = fake();
    await session.enter('authenticated');
    const { get, subscribe } = session.select(
      ({ user, busy }) => ({ name: user?.name, busy }),
      (a, b) => a.name === b.name,
    );
    const told = countOf(subscribe);
    const first = get();
    await session.renew();
    expect(get()).toBe(first);
    await session.signOut();
    expect(get()).toEqual({ name: undefined, busy: false });
    expect(told).toHaveBeenCalledOnce();
  });

  test('that makes a new object each time is refused in a sentence, before it renders for ever', async () => {
    const session = fake();
    await session.enter('authenticated');
    const restless = session.select(({ user }) => ({ name: user?.name }));
    expect(() => restless.get()).toThrow(/one and the same view/);
    const calm = session.select(
      ({ user }) => ({ name: user?.name }),
      (a, b) => a.name === b.name,
    );
    expect(calm.get()).toEqual({ name: 'Ada' });
  });

  test('ends with its undo', async () => {
    const session = fake();
    const told = vi.fn();
    session.select((view) => view.status).subscribe(told)();
    await session.enter('authenticated');
    expect(told).not.toHaveBeenCalled();
  });
});

describe('what remains', () => {
  test('of a token counts down in whole steps, rounded up', async () => {
    const session = fake({ idle: false });
    await session.enter('authenticated');
    const { get, subscribe } = session.remaining('token', 10_000);
    expect(get()).toBe(300_000);
    const seen: (number | null)[] = [];
    subscribe(() => seen.push(get()));
    await session.advance(29_000);
    expect(seen).toEqual([290_000, 280_000, 270_000]);
    await session.renew();
    expect(seen.at(-1)).toBe(300_000);
  });

  test('of a session stays while the user is there, and runs while they are away', async () => {
    const session = fake({ idle: { after: 60_000, signOutAfter: 180_000 } });
    await session.enter('authenticated');
    const { get, subscribe } = session.remaining('session', 60_000);
    const told = countOf(subscribe);
    for (let second = 0; second < 120; second++) {
      session.touch();
      await session.advance(500);
    }
    expect([get(), told.mock.calls.length]).toEqual([180_000, 0]);
    await session.advance(121_000);
    expect([get(), told.mock.calls.length]).toEqual([60_000, 2]);
    await session.advance(60_000);
    expect([session.state, get()]).toEqual(['expired', null]);
  });

  test('is a second at a time by default, and nothing where nobody is signed in', async () => {
    const session = fake();
    const { get, subscribe } = session.remaining('token');
    const told = countOf(subscribe);
    expect(get()).toBe(null);
    await session.enter('authenticated');
    expect(get()).toBe(299_000);
    await session.signOut();
    expect([get(), told.mock.calls.length]).toEqual([null, 2]);
  });

  test('has no end where nobody is ever away', async () => {
    const session = fake({ idle: false });
    await session.enter('authenticated');
    expect(session.remaining('session').get()).toBe(null);
  });

  test('sets one timer per listener, and leaves none', async () => {
    const session = fake();
    await session.enter('authenticated');
    const before = session.clock.pendingTimers;
    const { subscribe } = session.remaining('session');
    const stops = [subscribe(() => {}), subscribe(() => {})];
    expect(session.clock.pendingTimers).toBe(before + 2);
    await session.advance(5000);
    expect(session.clock.pendingTimers).toBe(before + 2);
    for (const stop of stops) stop();
    expect(session.clock.pendingTimers).toBe(before);
    const last = subscribe(() => {});
    session.stop();
    expect(session.clock.pendingTimers).toBe(0);
    last();
  });
});

describe('starts and stops', () => {
  test('the last of those who run a session stops it, and each counts once', async () => {
    const session = fake();
    const [one, two] = [session.run(), session.run()];
    await session.ready;
    one();
    one();
    expect(session.status).toBe('signedOut');
    two();
    expect(session.status).toBe('loading');
  });

  test('a stop of the session ends all of them, and theirs mean nothing any more', async () => {
    const session = fake();
    const one = session.run();
    session.stop();
    expect(session.status).toBe('loading');
    const two = session.run();
    await session.ready;
    one();
    expect(session.status).toBe('signedOut');
    two();
    expect(session.status).toBe('loading');
  });

  test('a start counts nothing', async () => {
    const session = fake();
    await session.start();
    session.run()();
    expect(session.status).toBe('loading');
  });

  test('what subscribes to the actor goes on with the next one', async () => {
    const session = fake();
    const values: unknown[] = [];
    const facts: string[] = [];
    session.actor.subscribe(({ value }) => values.push(value));
    session.actor.on('signedIn', ({ type }) => facts.push(type));
    await session.start();
    session.stop();
    const { unsubscribe } = session.actor.subscribe({ next: ({ value }) => values.push(value) });
    await session.enter('authenticated');
    expect(values.filter((value) => value === 'authenticated').length).toBeGreaterThanOrEqual(2);
    expect(session.actor.getSnapshot().value).toBe('authenticated');
    expect(facts).toEqual(['signedIn']);
    unsubscribe();
    const before = values.length;
    session.touch();
    expect(values.length).toBe(before + 1);
  });

  test('what a subscriber of the actor throws is printed', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => printed.mockRestore());
    const session = fake();
    session.actor.subscribe(() => {
      throw new Error('mine');
    });
    await session.enter('authenticated');
    expect(session.status).toBe('signedIn');
    expect(printed).toHaveBeenCalled();
  });

  test('tokens that came while nobody listened are told as a renewal', async () => {
    const session = fake();
    await session.enter('refreshing');
    const heard: string[] = [];
    session.on('*', ({ type }) => heard.push(type));
    session.stop();
    await session.enter('authenticated');
    expect(session.actor.getSnapshot().context.lease?.generation).toBe(2);
    expect(heard).toEqual(['renewed']);
  });

  test('the address bar is the app’s once it is known who is signed in', async () => {
    const session = fake();
    const arrived = vi.fn();
    void session.arrived.then(arrived);
    await session.advance(1000);
    expect(arrived).not.toHaveBeenCalled();
    await session.start();
    await session.advance(0);
    expect(arrived).toHaveBeenCalledOnce();
  });
});
