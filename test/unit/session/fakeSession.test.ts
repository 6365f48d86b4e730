import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSession, type FakeState } from '../../../src/testing/index.ts';

const expected: Record<FakeState, string> = {
  anonymous: 'anonymous.settled',
  authenticated: 'authenticated',
  refreshing: 'refreshing.granting',
  backingOff: 'refreshing.backingOff',
  idle: 'idle.quiet',
  warning: 'idle.warning',
  expired: 'expired',
};
const states = Object.keys(expected) as FakeState[];
const pairs = states.flatMap((from) => states.map((to) => [from, to] as const));

const ada = { name: 'Ada' };

describe('every state can be entered from every state', () => {
  test.each(pairs)('from %s to %s', async (from, to) => {
    const session = createFakeSession({ user: ada });
    onTestFinished(session.stop);
    await session.enter(from);
    expect(session.state).toBe(expected[from]);
    await session.enter(to);
    expect(session.state).toBe(expected[to]);
    expect(session.user).toEqual(to === 'anonymous' || to === 'expired' ? null : ada);
  });

  test.each(pairs)('from %s to %s, where only `stay` answers a warning', async (from, to) => {
    const session = createFakeSession({
      user: ada,
      idle: { after: 60_000, signOutAfter: 180_000, confirm: true },
    });
    onTestFinished(session.stop);
    await session.enter(from);
    await session.enter(to);
    expect(session.state).toBe(expected[to]);
  });
});

test('a state that the options rule out is an error', async () => {
  const session = createFakeSession({ user: ada, idle: false });
  await expect(session.enter('idle')).rejects.toMatchObject({ code: 'option_invalid' });
});

test('stopped and started again, it is as it was, and tells nothing twice', async () => {
  const session = createFakeSession({ user: ada });
  const heard: string[] = [];
  session.on('*', ({ type }) => heard.push(type));
  await session.enter('authenticated');
  session.stop();
  expect(session.status).toBe('loading');
  await expect(session.start()).resolves.toEqual(ada);
  expect([session.status, session.user, session.canRequest]).toEqual(['signedIn', ada, true]);
  expect(heard).toEqual(['signedIn']);
});

test('a start does not count as activity', async () => {
  const session = createFakeSession({ user: ada, idle: { after: 60_000 } });
  await session.enter('authenticated');
  await session.advance(50_000);
  session.stop();
  await session.start();
  await session.advance(11_000);
  expect(session.state).toBe('idle.quiet');
});

test('it starts at the real time', () => {
  const before = Date.now();
  const { clock } = createFakeSession({ user: ada });
  expect(clock.wallMs()).toBeGreaterThanOrEqual(before);
  expect(clock.wallMs()).toBeLessThanOrEqual(Date.now());
});

test('it touches the network only through a `fetch` that it is given', async () => {
  const network = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response());
  onTestFinished(() => network.mockRestore());
  const session = createFakeSession({ user: ada });
  await session.enter('authenticated');
  await expect(session.fetch('https://api.test/')).rejects.toThrow('sends nothing');
  expect(network).not.toHaveBeenCalled();
  const given = createFakeSession({ user: ada, fetch: async () => Response.json('local') });
  const answer = await given.fetch('https://api.test/');
  expect(await answer.json()).toBe('local');
});

test.each(['revoked', 'lapsed', 'switched'] as const)('ends as it is told: %s', async (reason) => {
  const session = createFakeSession({ user: ada });
  onTestFinished(session.stop);
  const reasons: string[] = [];
  session.on('expired', ({ reason: told }) => reasons.push(told));
  await session.enter('authenticated');
  await session.expire(reason);
  expect(reasons).toEqual([reason]);
  expect([session.state, session.user, session.peekAccessToken()]).toEqual(['expired', null, undefined]);
  session.signsInNext({ name: 'Bob' });
  await session.signIn();
  expect(session.user).toEqual({ name: 'Bob' });
});
