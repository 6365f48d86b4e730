import { afterEach, expect, test, vi } from 'vitest';
import {
  createSession,
  type IdTokenClaims,
  memoryStorage,
  SessionError,
  type SessionOptions,
  type UserMapper,
} from '../../../src/index.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

afterEach(() => vi.restoreAllMocks());

const tokens = (serial: number) => ({
  access_token: `access-${serial}`,
  refresh_token: `refresh-${serial}`,
  expires_in: 60,
  refresh_expires_in: 600,
});

const sessionWith = (grants: SessionOptions['grants'] & object, more: Partial<SessionOptions> = {}) => {
  const clock = createVirtualClock();
  const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({}));
  const session = createSession({
    issuer: 'https://id.test',
    clientId: 'web',
    tokenOrigins: 'https://api.test',
    clock,
    fetch,
    grants,
    ...more,
  });
  return { session, clock, fetch };
};

const authorizationOf = (call: Parameters<typeof globalThis.fetch> | undefined): string | null =>
  new Headers(call?.[1]?.headers).get('authorization');

test('a sign-in and a refresh of the app’s own carry the session', async () => {
  let serial = 1;
  const seen: unknown[] = [];
  const { session, clock, fetch } = sessionWith({
    signIn: async ({ username }) => (seen.push(username), tokens(serial)),
    refresh: async (refreshToken) => (seen.push(refreshToken), tokens(++serial)),
  });
  await session.signIn({ username: 'ada' });
  session.touch();
  await clock.advance(50_000);
  await session.fetch('https://api.test/items');
  expect(seen).toEqual(['ada', 'refresh-1']);
  expect(authorizationOf(fetch.mock.lastCall)).toBe('Bearer access-2');
  session.stop();
  expect(clock.pendingTimers).toBe(0);
});

test('what a sign-in is given as null is not there', async () => {
  const seen: unknown[] = [];
  const { session } = sessionWith({
    signIn: async (asked) => (seen.push({ ...asked, signal: undefined }), tokens(1)),
  });
  await session.signIn({ username: null, scope: 'openid', max_age: undefined } as never);
  // While signed in it does nothing without options.
  await session.signIn({ prompt: null } as never);
  expect(seen).toEqual([{ scope: 'openid' }]);
  session.stop();
});

test('what a sign-in of the app’s own throws decides by its code, and else only its name is kept', async () => {
  const refused = new SessionError('sign_in_refused', 'Wrong badge');
  const { session } = sessionWith({ signIn: async () => Promise.reject(refused) });
  await expect(session.signIn({})).rejects.toEqual(refused);

  const { session: other } = sessionWith({ signIn: async () => Promise.reject(new RangeError('secret')) });
  const error: unknown = await other.signIn({}).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'network_failed', retryable: true });
  expect((error as Error).cause).toBe(undefined);
  expect(String(error)).toContain('RangeError');
  expect(String(error)).not.toContain('secret');
});

test('a sign-in of the app’s own may throw before its first await, or return no promise', async () => {
  const { session } = sessionWith({
    signIn: () => {
      throw new Error('secret');
    },
  });
  const error: unknown = await session.signIn({}).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'network_failed' });
  expect(String(error)).not.toContain('secret');

  const { session: other } = sessionWith({ signIn: () => tokens(1) as never });
  await other.signIn({});
  expect(other.peekAccessToken()).toBe('access-1');
});

test.each([
  ['says when it asked brings tokens for their whole life', true, 'signedIn', 'access-1'],
  ['does not say so brings tokens that count as old', false, 'token_arrived_stale', undefined],
] as const)('a sign-in of the app’s own that waits for a person and %s', async (_, says, outcome, token) => {
  let answer: (() => void) | undefined;
  const { session, clock } = sessionWith({
    async signIn() {
      await new Promise<void>((resolve) => (answer = resolve));
      return { ...tokens(1), ...(says && { requestedAt: clock.wallMs() }) };
    },
  });
  const signedIn = session.signIn({}).then(
    () => 'signedIn',
    ({ code }: SessionError) => code,
  );
  await vi.waitFor(() => expect(answer).toBeDefined());
  await clock.advance(120_000);
  answer?.();
  expect(await signedIn).toBe(outcome);
  await clock.advance(45_000);
  expect(session.peekAccessToken()).toBe(token);
  session.stop();
});

test.each([
  ['that has not come yet', 60_000],
  ['that is none', Number.NaN],
])('a sign-in of the app’s own gains nothing by a time %s', async (_, aheadMs) => {
  const { session, clock } = sessionWith({
    signIn: async () => ({ ...tokens(1), requestedAt: clock.wallMs() + aheadMs }),
  });
  await session.signIn({});
  await clock.advance(50_000);
  expect(session.peekAccessToken()).toBeUndefined();
  session.stop();
});

test('a refresh of the app’s own that never settles is given up after the token time-out, and tried again', async () => {
  let asked = 0;
  const { session, clock } = sessionWith({
    signIn: async () => tokens(1),
    refresh: () => (++asked === 1 ? new Promise(() => {}) : Promise.resolve(tokens(2))),
  });
  await session.signIn({});
  const renewed = session.renew();
  await clock.advance(9_999);
  expect([asked, session.busy]).toEqual([1, true]);
  await Promise.all([expect(renewed).rejects.toMatchObject({ code: 'network_failed' }), clock.advance(1)]);
  session.touch();
  await clock.advance(2_000);
  expect([asked, session.peekAccessToken()]).toEqual([2, 'access-2']);
  session.stop();
});

test('require() throws what the provider has said where nothing else can come, though a sign-in is under way', async () => {
  const answers = [Promise.resolve(tokens(1)), new Promise<never>(() => {})];
  const { session, clock } = sessionWith({
    signIn: () => answers.shift()!,
    refresh: async () => ({ error: 'invalid_grant' }),
  });
  await session.signIn({});
  void session.signIn({ acr_values: 'gold' }).catch(() => undefined);
  await clock.advance(0);
  void session.renew().catch(() => undefined);
  await clock.advance(60_000);
  await expect(session.require()).rejects.toMatchObject({ code: 'grant_refused' });
  expect(session.status).toBe('signedIn');
  session.stop();
});
test.each([0, 1, 5])(
  'a renewal whose tokens live for %i s rejects, or says truly that they are new',
  async (life) => {
    const { session } = sessionWith({
      signIn: async () => tokens(1),
      refresh: async () => ({ ...tokens(2), expires_in: life }),
    });
    await session.signIn({});
    const outcome = await session.renew().then(
      () => 'resolved',
      ({ code }) => code as string,
    );
    expect([outcome, session.peekAccessToken()]).toEqual(
      life === 5 ? ['resolved', 'access-2'] : ['token_arrived_stale', 'access-1'],
    );
    session.stop();
  },
);
test('a renewal that brings no usable life leaves the token that is fresh, and its refresh token is the one sent next', async () => {
  const refresh = vi.fn<(sent?: string) => Promise<ReturnType<typeof tokens>>>();
  refresh.mockResolvedValueOnce({ ...tokens(2), expires_in: 0 });
  refresh.mockResolvedValueOnce(tokens(3));
  const { session, clock } = sessionWith({ signIn: async () => tokens(1), refresh });
  await session.signIn({});
  await session.renew().catch(() => undefined);
  expect(session.error?.code).toBe('token_arrived_stale');
  expect([session.status, session.peekAccessToken()]).toEqual(['signedIn', 'access-1']);
  await session.renew();
  expect(refresh.mock.calls).toEqual([['refresh-1'], ['refresh-2']]);
  expect(session.peekAccessToken()).toBe('access-3');
  await clock.advance(60_000);
  refresh.mockResolvedValue({ ...tokens(4), expires_in: 0 });
  await session.renew().catch(() => undefined);
  expect([session.status, session.peekAccessToken()]).toEqual(['signedIn', undefined]);
  session.stop();
});

test('stored tokens are renewed by the refresh of the app’s own', async () => {
  const storage = memoryStorage();
  const { session, clock } = sessionWith({ signIn: async () => tokens(1) }, { storage });
  await session.signIn({});
  await clock.advance(0);
  session.stop();
  await clock.advance(55_000);
  const refresh = vi.fn(async () => tokens(2));
  const { session: reloaded, fetch } = sessionWith({ refresh }, { storage, clock });
  await reloaded.start();
  expect([reloaded.peekAccessToken(), refresh.mock.calls]).toEqual(['access-2', [['refresh-1']]]);
  expect(fetch).not.toHaveBeenCalled();
  reloaded.stop();
});

test('an access token that no header may have is refused, and the error does not quote it', async () => {
  const { session } = sessionWith({ signIn: async () => ({ ...tokens(1), access_token: 'planted\ntoken' }) });
  const error: unknown = await session.signIn({}).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'response_invalid' });
  expect(String(error)).not.toContain('planted');
});

test('require() takes the sign-in of the app’s own, without a page', async () => {
  const { session } = sessionWith({ signIn: async () => tokens(1) });
  await session.require();
  expect(session.status).toBe('signedIn');
  session.stop();
});

test('two that require a user at once share the sign-in, and later ones find the user', async () => {
  let asked = 0;
  const { session } = sessionWith({ signIn: async () => tokens(++asked) });
  const users = await Promise.all([session.require(), session.require()]);
  users.push(await session.require());
  expect([asked, new Set(users).size]).toEqual([1, 1]);
  session.stop();
});

test('whoever has no ID token is still somebody: without a name, of this issuer', async () => {
  const { session } = sessionWith({ signIn: async () => tokens(1) });
  expect(await session.signIn({})).toEqual({ iss: 'https://id.test', sub: '' });
  expect(session.user).toEqual({ iss: 'https://id.test', sub: '' });
  session.stop();
});

test('an answer without an access token is refused by name', async () => {
  const { session } = sessionWith({ signIn: async () => ({}) as never });
  await expect(session.signIn({})).rejects.toMatchObject({ code: 'response_invalid' });
});

const brokenMappers: [string, () => unknown][] = [
  ['throws', () => expect.fail('no such claim')],
  ['makes what JSON cannot show', () => ({ id: 1n })],
  ['makes nothing', () => undefined],
  ['says that nobody is signed in', () => null],
  ['returns a promise', async () => ({ id: 1 })],
  ['returns a promise that rejects', () => Promise.reject(new Error('no backend'))],
];

test.each(brokenMappers)('a mapper that %s costs a warning, not the session', async (_, user) => {
  vi.spyOn(console, 'error').mockReturnValue();
  const warnings: string[] = [];
  const { session } = sessionWith(
    { signIn: async () => tokens(1) },
    { user: user as UserMapper<IdTokenClaims>, onWarning: ({ code }) => warnings.push(code) },
  );
  const claims = { iss: 'https://id.test', sub: '' };
  expect([await session.signIn({}), await session.require(), session.user]).toEqual([claims, claims, claims]);
  expect([session.status, warnings]).toEqual(['signedIn', ['option_invalid']]);
  session.stop();
});

test('what a mapper throws, or rejects with, is printed', async () => {
  const printed = vi.spyOn(console, 'error').mockReturnValue();
  for (const user of [() => expect.fail('at once'), () => Promise.reject(new Error('later')) as never]) {
    const { session } = sessionWith({ signIn: async () => tokens(1) }, { user, onWarning: () => {} });
    await session.signIn({});
    session.stop();
  }
  expect(printed.mock.calls.flat().map(String)).toEqual([
    expect.stringContaining('at once'),
    expect.stringContaining('later'),
  ]);
});
