import { expect, onTestFinished, test } from 'vitest';
import { createFakeTabs, type FakeSession, type FakeSessionOptions } from '../../../src/testing/index.ts';

type User = { readonly name: string };
const ada: User = { name: 'Ada' };
const bob: User = { name: 'Bob' };

const openTwo = (options: Partial<FakeSessionOptions<User>> = {}) => {
  const tabs = createFakeTabs<User>({ user: ada, ...options });
  const [a, b] = [tabs.open(), tabs.open()];
  onTestFinished(() => [a, b].forEach(tabs.close));
  return { tabs, a, b };
};

const seen = (...tabs: FakeSession<User>[]) => tabs.map(({ status, user }) => [status, user?.name]);

const factsOf = (tab: FakeSession<User>): string[] => {
  const facts: string[] = [];
  tab.on('*', (fact) => facts.push(fact.type === 'expired' ? `expired: ${fact.reason}` : fact.type));
  return facts;
};

const generationOf = (tab: FakeSession<User>) => tab.actor.getSnapshot().context.lease?.generation;

test('a sign-in in one tab signs the others in', async () => {
  const { a, b } = openTwo();
  await a.signIn();
  expect(seen(a, b)).toEqual([
    ['signedIn', 'Ada'],
    ['signedIn', 'Ada'],
  ]);
  expect(b.peekAccessToken()).toBe(a.peekAccessToken());
});

test('a tab that is opened later is signed in, without another sign-in', async () => {
  const { tabs, a } = openTwo();
  await a.signIn();
  const c = tabs.open();
  onTestFinished(c.stop);
  await expect(c.start()).resolves.toEqual(ada);
  expect(c.peekAccessToken()).toBe(a.peekAccessToken());
});

test('a sign-out in one tab signs the others out', async () => {
  const { a, b } = openTwo();
  await a.signIn();
  const facts = factsOf(b);
  await a.signOut();
  expect(seen(a, b)).toEqual([
    ['signedOut', undefined],
    ['signedOut', undefined],
  ]);
  expect([facts, b.peekAccessToken()]).toEqual([['signedOut'], undefined]);
});

test('one tab renews for all', async () => {
  const { tabs, a, b } = openTwo({ idle: false });
  await a.signIn();
  const facts = [factsOf(a), factsOf(b)];
  await a.renew();
  expect([generationOf(a), generationOf(b)]).toEqual([2, 2]);
  expect(b.peekAccessToken()).toBe(a.peekAccessToken());
  await tabs.advance(250_000);
  expect([generationOf(a), generationOf(b)]).toEqual([3, 3]);
  expect(facts).toEqual([
    ['renewed', 'renewed'],
    ['renewed', 'renewed'],
  ]);
});

test('two renewals that waited for the provider bring one new token', async () => {
  const { tabs, a, b } = openTwo();
  await a.enter('refreshing');
  void b.renew();
  await tabs.advance(0);
  expect([a.state, b.state]).toEqual(['refreshing.granting', 'refreshing.granting']);
  await a.enter('authenticated');
  expect([a.state, b.state]).toEqual(['authenticated', 'authenticated']);
  expect([generationOf(a), generationOf(b)]).toEqual([2, 2]);
});

test('activity in one tab counts in all', async () => {
  const { tabs, a, b } = openTwo({ idle: { after: 300_000, signOutAfter: 600_000 } });
  await a.enter('warning');
  expect([a.state, b.state]).toEqual(['idle.warning', 'idle.warning']);
  a.stay();
  await tabs.advance(0);
  expect([a.status, b.status]).toEqual(['signedIn', 'signedIn']);
  expect([a.state, b.state]).toEqual(['authenticated', 'authenticated']);
});

test('a tab that is used keeps the others from ending the session', async () => {
  const { tabs, a, b } = openTwo({ idle: { after: 60_000, signOutAfter: 120_000 } });
  await a.signIn();
  for (let minutes = 0; minutes < 10; minutes++) {
    a.touch();
    await tabs.advance(30_000);
  }
  expect([a.state, b.state]).toEqual(['authenticated', 'authenticated']);
});

test.each(['revoked', 'lapsed', 'switched'] as const)('an end reaches all tabs: %s', async (reason) => {
  const { a, b } = openTwo();
  await a.signIn();
  const facts = factsOf(b);
  await a.expire(reason);
  expect([a.state, b.state]).toEqual(['expired', 'expired']);
  expect(facts.at(-1)).toBe(`expired: ${reason}`);
  expect(facts.filter((fact) => fact.startsWith('expired'))).toHaveLength(1);
});

test('another user who signs in ends the session of the first one in the other tabs', async () => {
  const { tabs, a, b } = openTwo();
  await a.signIn();
  const facts = factsOf(b);
  a.signsInNext(bob);
  await a.signIn({ prompt: 'login' });
  await tabs.advance(0);
  expect(seen(a, b)).toEqual([
    ['signedIn', 'Bob'],
    ['signedOut', undefined],
  ]);
  expect(facts).toEqual(['expired: switched']);
  await b.signIn();
  expect(b.user).toEqual(bob);
});

test('the same user who signs in anew stays signed in in the other tabs', async () => {
  const { tabs, a, b } = openTwo();
  await a.signIn();
  a.signsInNext({ name: 'Ada' });
  await a.signIn({ prompt: 'login' });
  await tabs.advance(0);
  expect(seen(a, b)).toEqual([
    ['signedIn', 'Ada'],
    ['signedIn', 'Ada'],
  ]);
  expect(b.peekAccessToken()).toBe(a.peekAccessToken());
});

test('a renewal shows who is signed in, not who signs in next', async () => {
  const { a, b } = openTwo();
  await a.signIn();
  a.signsInNext(bob);
  await a.renew();
  expect([a.user, b.user]).toEqual([ada, ada]);
});

test('tokens that a backend sends to one tab reach the others', async () => {
  const { a, b } = openTwo();
  await a.signIn();
  await a.adopt({ access_token: 'of-the-backend', token_type: 'Bearer' });
  expect([a.peekAccessToken(), b.peekAccessToken()]).toEqual(['of-the-backend', 'of-the-backend']);
});

test('a closed tab tells and hears nothing', async () => {
  const { tabs, a, b } = openTwo();
  await a.signIn();
  tabs.close(b);
  await a.signOut();
  expect([a.status, b.status]).toEqual(['signedOut', 'loading']);
  await expect(b.start()).resolves.toBeNull();
});

test('when the last tab was closed, nobody is signed in', async () => {
  const { tabs, a, b } = openTwo();
  await a.signIn();
  tabs.close(a);
  tabs.close(b);
  const c = tabs.open();
  onTestFinished(c.stop);
  await expect(c.start()).resolves.toBeNull();
});

test('what came too soon after the last activity to be noted still moves the end in all tabs', async () => {
  const idle = { after: 300_000, signOutAfter: 600_000, warnBefore: 20_000 };
  const { tabs, a, b } = openTwo({ idle });
  await a.signIn();
  await tabs.advance(20_000);
  const ends: number[] = [];
  const deadlines: number[] = [];
  for (const tab of [a, b]) {
    tab.on('warned', ({ deadline }) => deadlines.push(deadline.wallMs));
    tab.on('expired', () => ends.push(tabs.clock.wallMs()));
  }
  a.touch();
  await tabs.advance(14_000);
  a.touch();
  const end = tabs.clock.wallMs() + idle.signOutAfter;
  for (let seconds = 0; seconds < 610; seconds++) await tabs.advance(1000);
  expect(deadlines).toEqual([end, end]);
  expect(ends).toEqual([end, end]);
});
