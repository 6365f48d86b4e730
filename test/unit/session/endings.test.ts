import { expect, test, vi } from 'vitest';
import { createSession, memoryStorage, type TokenResponse, type TokenStorage } from '../../../src/index.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';

const tokens: TokenResponse = { access_token: 'access', refresh_token: 'refresh', expires_in: 300 };

/** `Promise.withResolvers`, which Node 20 has not. */
const withResolvers = <T>(): { promise: Promise<T>; resolve(value: T): void } => {
  let resolve!: (value: T) => void;
  return { promise: new Promise<T>((settle) => (resolve = settle)), resolve: (value) => resolve(value) };
};

const sessionWith = (storage: TokenStorage, clock = createVirtualClock()) => {
  const revoked: (string | null)[] = [];
  const session = createSession({
    issuer: 'https://id.test',
    clientId: 'web',
    tokenOrigins: [],
    onWarning: () => {},
    endpoints: {
      token_endpoint: 'https://id.test/token',
      revocation_endpoint: 'https://id.test/revoke',
    },
    storage,
    clock,
    grants: { signIn: async () => tokens },
    async fetch(input, init) {
      revoked.push(new URLSearchParams(await new Request(input, init).text()).get('token'));
      return new Response(null);
    },
  });
  return { session, revoked, clock };
};

/** A storage that holds a session, and answers when it is told to. */
const storedSession = async () => {
  const storage = memoryStorage();
  const { session, clock } = sessionWith(storage);
  await session.signIn();
  await drainMicrotasks();
  session.stop();
  const { promise, resolve } = withResolvers<void>();
  const slow: TokenStorage = { ...storage, get: (key) => promise.then(() => storage.get(key)) };
  return { storage, slow, answer: resolve, clock };
};

test.each(['before it starts', 'while it restores', 'once it is restored'])(
  'a session that was stored is revoked where its user signs out %s',
  async (when) => {
    const { storage, slow, answer, clock } = await storedSession();
    const { session, revoked } = sessionWith(slow, clock);
    if (when !== 'before it starts') void session.start();
    if (when === 'once it is restored') answer();
    await drainMicrotasks();
    const done = session.signOut();
    answer();
    await done;
    await vi.waitFor(() => expect(revoked).toEqual(['refresh']));
    expect([await session.start(), session.status]).toEqual([null, 'signedOut']);
    expect(await storage.get(`token-vigil:${session.name}`)).toBe(undefined);
    session.stop();
  },
);

test('what a storage fails to give back cannot be revoked, and the user is signed out all the same', async () => {
  const { storage, clock } = await storedSession();
  const { session, revoked } = sessionWith({ ...storage, get: () => Promise.reject(new Error()) }, clock);
  await session.start();
  await session.signOut();
  expect([revoked, session.status]).toEqual([[], 'signedOut']);
  expect(await storage.get(`token-vigil:${session.name}`)).toBe(undefined);
});

test('who is told that a renewal was refused for good finds the session ended', async () => {
  const session = createSession({
    issuer: 'https://id.test',
    clientId: 'web',
    tokenOrigins: [],
    onWarning: () => {},
    clock: createVirtualClock(),
    grants: { signIn: async () => tokens, refresh: async () => ({ error: 'invalid_grant' }) },
  });
  await session.signIn();
  const seen = await session.renew().catch(({ code }) => [code, session.status, session.view.endReason]);
  expect(seen).toEqual(['grant_refused', 'signedOut', 'revoked']);
});
