import { expect, onTestFinished, test } from 'vitest';
import { createSession, type TokenResponse } from '../../../src/index.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';

const jwt = (claims: object): string =>
  ['{}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');

/** Tokens of somebody. */
const tokensOf = (sub: string): TokenResponse => ({
  access_token: `access-${sub}`,
  refresh_token: `refresh of ${sub}`,
  expires_in: 300,
  id_token: jwt({ iss: 'https://id.test', aud: 'web', sub, iat: 1_800_000_000, exp: 1_800_000_300 }),
});

/** Alice is signed in, and Bob is about to be: so many microtasks have gone by since he asked. */
const alice = async (microtasks: number) => {
  const session = createSession({
    issuer: 'https://id.test',
    clientId: 'web',
    clock: createVirtualClock(),
    grants: { signIn: async ({ login_hint = '' }) => tokensOf(login_hint) },
  });
  onTestFinished(session.stop);
  const facts: string[] = [];
  session.on('*', (fact) => facts.push(fact.type === 'expired' ? fact.reason : fact.type));
  const signIn = (login_hint: string): Promise<unknown> =>
    session.signIn({ login_hint }).then(
      (user) => user.sub,
      (error: unknown) => (error as { code: unknown }).code,
    );
  await signIn('alice');
  const bob = signIn('bob');
  for (let turn = 0; turn < microtasks; turn++) await Promise.resolve();
  return { session, facts, signIn, bob };
};

/** Longer than a sign-in takes: nothing here waits for a timer. */
const LONGEST = 80;
const turns = Array.from({ length: LONGEST }, (_, microtasks) => microtasks);

test('whoever signs in is never given the user who was there before, whenever another signs in', async () => {
  const outcomes = new Set<unknown>();
  for (const microtasks of turns) {
    const { session, signIn, bob } = await alice(microtasks);
    const carol = signIn('carol');
    outcomes.add(await bob);
    expect([await carol, session.user?.sub, session.peekAccessToken()]).toEqual([
      'carol',
      'carol',
      'access-carol',
    ]);
  }
  expect(outcomes).toEqual(new Set(['bob', 'sign_in_cancelled']));
});

test.each(['alice', 'carol'])(
  'tokens of %s that a backend sends along end a session of Bob at any moment, and leave none of Alice',
  async (sub) => {
    const seen = new Set<string>();
    for (const microtasks of turns) {
      const { session, bob, facts } = await alice(microtasks);
      await session.adopt(tokensOf(sub)).catch(() => false);
      const outcome = await bob;
      await drainMicrotasks();
      // Either it came first, and was about Alice; or Bob was there, and the session is over.
      seen.add([outcome, session.user?.sub, session.peekAccessToken(), facts.at(-1)].join());
    }
    const right = new Set(['bob,bob,access-bob,signedIn', 'bob,,,switched', 'sign_in_cancelled,,,switched']);
    expect([...seen].filter((each) => !right.has(each))).toEqual([]);
    expect(seen.size).toBeGreaterThan(1);
  },
);
