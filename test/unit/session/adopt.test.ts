import { describe, expect, test, vi } from 'vitest';
import {
  createSession,
  type SessionOptions,
  type TokenResponse,
  type TokenStorage,
} from '../../../src/index.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';

const API = 'https://api.test';

const jwt = (claims: object): string =>
  ['{}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');

const answer = (name: string, more: Partial<TokenResponse> = {}): TokenResponse => ({
  access_token: name,
  refresh_token: `refresh of ${name}`,
  expires_in: 60,
  refresh_expires_in: 600,
  ...more,
});

const signedIn = async (first: TokenResponse, options: Partial<SessionOptions> = {}) => {
  const clock = createVirtualClock();
  const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({}));
  const refresh = vi.fn<(refreshToken?: string) => Promise<TokenResponse>>(async () => answer('renewed'));
  const session = createSession({
    issuer: 'https://id.test',
    clientId: 'web',
    tokenOrigins: API,
    clock,
    fetch,
    grants: { signIn: async () => first, refresh },
    ...options,
  });
  const facts: string[] = [];
  session.on('renewed', () => facts.push('renewed'));
  session.on('expired', ({ reason }) => facts.push(reason));
  await session.signIn({});
  return { session, clock, fetch, refresh, facts };
};

const secondsOf = (clock: { wallMs(): number }): number => Math.floor(clock.wallMs() / 1000);

describe('tokens that a backend sent along', () => {
  test('are sent from now on, and renewed when their own life asks for it', async () => {
    const { session, clock, refresh, facts } = await signedIn(answer('first'));
    await clock.advance(30_000);
    session.touch();
    expect(await session.adopt(answer('second'))).toBe(true);
    expect(session.peekAccessToken()).toBe('second');
    expect(facts).toEqual(['renewed']);
    await clock.advance(30_000);
    expect(refresh).not.toHaveBeenCalled();
    await clock.advance(20_000);
    expect(refresh.mock.calls).toEqual([['refresh of second']]);
  });

  test('leave a refresh token that they do not bring', async () => {
    const { session, clock, refresh } = await signedIn(answer('first'));
    await session.adopt({ access_token: 'second', expires_in: 20 });
    await clock.advance(19_000);
    expect(refresh.mock.calls).toEqual([['refresh of first']]);
  });

  test('leave the user, and what is stored, where they say nothing of either', async () => {
    const idToken = jwt({
      iss: 'https://id.test',
      aud: 'web',
      sub: 'ada',
      iat: 1_800_000_000,
      exp: 1_800_000_300,
    });
    const entries = new Map<string, string>();
    const storage: TokenStorage = {
      get: async (key) => entries.get(key),
      set: async (key, value) => void entries.set(key, value),
      remove: async (key) => void entries.delete(key),
    };
    const { session } = await signedIn(answer('first', { id_token: idToken }), { storage });
    expect(await session.adopt({ access_token: 'second', expires_in: 20 })).toBe(true);
    await drainMicrotasks();
    expect(session.user).toMatchObject({ sub: 'ada' });
    expect([...entries.values()].map((text) => (JSON.parse(text) as { tokens: unknown }).tokens)).toEqual([
      { accessToken: 'second', refreshToken: 'refresh of first', idToken },
    ]);
  });

  test('count their life from when the request that brought them was sent', async () => {
    const { session, clock } = await signedIn(answer('first'));
    const requestedAt = clock.wallMs() + 10_000;
    await clock.advance(20_000);
    expect(await session.adopt(answer('second'), { requestedAt })).toBe(true);
    const { lease } = session.actor.getSnapshot().context;
    expect(lease?.sentAt.wallMs).toBe(requestedAt);
    expect(lease?.accessDeadline.wallMs).toBe(requestedAt + 59_000);
  });

  test('gain nothing from a request time that has not come yet', async () => {
    const { session, clock } = await signedIn(answer('first'));
    await session.adopt(answer('second'), { requestedAt: clock.wallMs() + 3_600_000 });
    const { lease } = session.actor.getSnapshot().context;
    expect(lease?.sentAt.wallMs).toBe(clock.wallMs());
  });

  test.each(['soon', Number.NaN, 1n, {}])(
    'are refused with a request time that is none: %s',
    async (requestedAt) => {
      const { session } = await signedIn(answer('first'));
      const adopted = session.adopt(answer('second'), { requestedAt: requestedAt as number });
      await expect(adopted).rejects.toMatchObject({
        code: 'option_invalid',
        message: 'adopt: `requestedAt` must be of type number',
      });
      expect(session.peekAccessToken()).toBe('first');
    },
  );

  test('are new where the request time is null, as where it is left out', async () => {
    const { session } = await signedIn(answer('first'));
    expect(await session.adopt(answer('second'), { requestedAt: null as never })).toBe(true);
  });

  test('are ignored where they were asked for before ours', async () => {
    const { session, clock } = await signedIn(answer('first'));
    const requestedAt = clock.wallMs() - 1;
    await clock.advance(1000);
    expect(await session.adopt(answer('older'), { requestedAt })).toBe(false);
    expect(session.peekAccessToken()).toBe('first');
  });

  test('are ignored where they were issued before ours, whenever they were asked for', async () => {
    const held = jwt({ iat: 100, sub: 'ada' });
    const { session, clock } = await signedIn(answer(held));
    await clock.advance(1000);
    expect(await session.adopt(answer(jwt({ iat: 99, sub: 'ada' })))).toBe(false);
    expect(session.peekAccessToken()).toBe(held);
    const newer = jwt({ iat: 101, sub: 'ada' });
    expect(await session.adopt(answer(newer), { requestedAt: clock.wallMs() - 30_000 })).toBe(true);
    expect(session.peekAccessToken()).toBe(newer);
  });

  test('are no news where they are ours', async () => {
    const { session, facts } = await signedIn(answer('first'));
    expect(await session.adopt(answer('first'))).toBe(false);
    expect(facts).toEqual([]);
  });

  test('live as long as their payload says where the answer does not', async () => {
    const { session, clock } = await signedIn(answer('first'));
    const now = secondsOf(clock);
    await session.adopt({ access_token: jwt({ iat: now, exp: now + 20 }) });
    expect(session.actor.getSnapshot().context.lease?.lifeMs).toBe(20_000);
  });

  test('sign nobody in', async () => {
    const { session, refresh } = await signedIn(answer('first'));
    await session.signOut();
    expect(await session.adopt(answer('second'))).toBe(false);
    expect([session.status, session.peekAccessToken()]).toEqual(['signedOut', undefined]);
    expect(refresh).not.toHaveBeenCalled();
  });

  test('of a session that ended while they were looked at change nothing', async () => {
    const { session } = await signedIn(answer('first'));
    const adopted = session.adopt(answer('second'));
    await session.signOut();
    await session.signIn({});
    expect(await adopted).toBe(false);
    expect(session.peekAccessToken()).toBe('first');
  });

  test.each([
    ['access_token', {}],
    ['access_token', { access_token: '' }],
    ['access_token', undefined],
    ['expires_in', { access_token: 'planted', expires_in: 'soon' }],
    ['expires_in', { access_token: 'planted', expires_in: Number.NaN }],
    ['refresh_expires_in', { access_token: 'planted', refresh_expires_in: -1 }],
    ['refresh_token', { access_token: 'planted', refresh_token: 5 }],
  ])('are refused by name where `%s` is not what it must be: %j', async (name, tokens) => {
    const { session } = await signedIn(answer('first'));
    const error: unknown = await session.adopt(tokens as never).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'response_invalid' });
    expect(String(error)).toContain(`\`${name}\``);
    expect(String(error)).not.toContain('planted');
    expect(session.peekAccessToken()).toBe('first');
  });

  test.each([
    ['an access token', { access_token: jwt({ sub: 'eve' }), expires_in: 60 }],
    ['an ID token', { access_token: 'opaque', id_token: jwt({ sub: 'eve' }), expires_in: 60 }],
  ])('of another user, as %s shows, end the session: it is theirs no more', async (_, tokens) => {
    const { session } = await signedIn(answer(jwt({ sub: 'ada' }), { id_token: jwt({ sub: 'ada' }) }));
    const facts: unknown[] = [];
    session.on('*', (fact) => facts.push(fact));
    expect(await session.adopt(tokens)).toBe(false);
    expect(facts).toEqual([{ type: 'expired', reason: 'switched' }]);
    expect(session).toMatchObject({ status: 'signedOut', user: null });
    expect(session.peekAccessToken()).toBeUndefined();
  });

  test.each([
    ['nonce', true],
    ['azp', true],
    ['iss', false],
    ['aud', false],
  ])(
    'of another sub end the session whatever else differs, but for issuer and audience: %s',
    async (claim, ends) => {
      const ada = { iss: 'https://id.test', aud: 'web', nonce: 'n', sub: 'ada' };
      const { session, facts } = await signedIn(answer('first', { id_token: jwt(ada) }));
      const id_token = jwt({ ...ada, sub: 'bob', [claim]: 'other' });
      const adopted = session.adopt(answer('second', { id_token })).catch(({ code }) => code);
      expect(await adopted).toBe(ends ? false : 'id_token_invalid');
      expect([facts, session.peekAccessToken()]).toEqual(ends ? [['switched'], undefined] : [[], 'first']);
    },
  );

  test('without any life left are refused, and ours stay', async () => {
    const { session } = await signedIn(answer('first'));
    await expect(session.adopt(answer('second', { expires_in: 1 }))).rejects.toMatchObject({
      code: 'token_arrived_stale',
    });
    expect(session.peekAccessToken()).toBe('first');
  });

  test('outlive the refusal of a renewal that was under way with older ones', async () => {
    const { session, refresh, facts } = await signedIn(answer('first'));
    let refuse: (reason: unknown) => void = () => {};
    refresh.mockImplementationOnce(() => new Promise((_, reject) => (refuse = reject)));
    void session.renew().catch(() => undefined);
    await vi.waitFor(() => expect(refresh).toHaveBeenCalledTimes(1));
    expect(await session.adopt(answer('second'))).toBe(true);
    const { SessionError } = await import('../../../src/index.ts');
    refuse(new SessionError('grant_refused', 'The token was used elsewhere'));
    await drainMicrotasks();
    expect([session.status, session.actor.getSnapshot().value]).toEqual(['signedIn', 'authenticated']);
    expect(session.peekAccessToken()).toBe('second');
    expect(facts).toEqual(['renewed']);
  });

  test('end a pause after a failed renewal', async () => {
    const { session, clock, refresh } = await signedIn(answer('first'));
    refresh.mockRejectedValueOnce(new TypeError('fetch failed'));
    await session.renew().catch(() => undefined);
    expect(session.actor.getSnapshot().value).toEqual({ refreshing: 'backingOff' });
    expect(await session.adopt(answer('second'))).toBe(true);
    expect(session.actor.getSnapshot().value).toBe('authenticated');
    await clock.advance(5000);
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});

describe('tokens found in an answer', () => {
  const inHeader = (response: Response): TokenResponse | undefined => {
    const token = response.headers.get('x-access-token');
    return token === null ? undefined : { access_token: token, expires_in: 60 };
  };

  test('are adopted, and the answer reaches its caller unread', async () => {
    const { session, fetch } = await signedIn(answer('first'), {
      extractTokens: async (response) =>
        ((await response.clone().json()) as { tokens?: TokenResponse }).tokens,
    });
    fetch.mockImplementation(async () => Response.json({ tokens: answer('second'), items: [1] }));
    const response = await session.fetch(`${API}/items`);
    expect(((await response.json()) as { items: number[] }).items).toEqual([1]);
    await vi.waitFor(() => expect(session.peekAccessToken()).toBe('second'));
  });

  test('count from when the call was handed to the network', async () => {
    const { session, clock, fetch } = await signedIn(answer('first'), { extractTokens: inHeader });
    await clock.advance(10_000);
    const calledAt = clock.wallMs();
    fetch.mockImplementation(async () => {
      await clock.advance(5000);
      return new Response(null, { headers: { 'x-access-token': 'second' } });
    });
    await session.fetch(`${API}/slow`);
    await drainMicrotasks();
    expect(session.peekAccessToken()).toBe('second');
    expect(session.actor.getSnapshot().context.lease?.sentAt.wallMs).toBe(calledAt);
  });

  test('are not looked for in answers of other origins, of redirects, or to calls with an authorization of their own', async () => {
    const extractTokens = vi.fn(() => undefined);
    const { session, fetch } = await signedIn(answer('first'), { extractTokens });
    await session.fetch('https://elsewhere.test/');
    await session.fetch(`${API}/own`, { headers: { authorization: 'Basic x' } });
    fetch.mockImplementationOnce(async () =>
      Object.defineProperty(Response.json({}), 'redirected', { value: true }),
    );
    await session.fetch(`${API}/moved`);
    await drainMicrotasks();
    expect(extractTokens).not.toHaveBeenCalled();
    await session.fetch(`${API}/items`);
    expect(extractTokens).toHaveBeenCalledTimes(1);
  });

  test('that arrive after the user has left sign nobody in', async () => {
    const { session, fetch } = await signedIn(answer('first'), { extractTokens: inHeader });
    let deliver: (response: Response) => void = () => {};
    fetch.mockImplementationOnce(() => new Promise((resolve) => (deliver = resolve)));
    const call = session.fetch(`${API}/items`);
    await session.signOut();
    deliver(new Response(null, { headers: { 'x-access-token': 'second' } }));
    await call;
    await drainMicrotasks();
    expect([session.status, session.peekAccessToken()]).toEqual(['signedOut', undefined]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new RangeError('planted');
      },
      'option_invalid',
    ],
    ['rejects', () => Promise.reject(new RangeError('planted')), 'option_invalid'],
    ['finds what is no token answer', () => ({}) as never, 'response_invalid'],
  ])('cost a warning and no answer where the look %s', async (_, extractTokens, code) => {
    const warnings: string[] = [];
    const { session } = await signedIn(answer('first'), {
      extractTokens,
      onWarning: (warning) => warnings.push(warning.code, String(warning)),
    });
    expect((await session.fetch(`${API}/items`)).status).toBe(200);
    await vi.waitFor(() => expect(warnings).toContain(code));
    expect(warnings.join()).not.toContain('planted');
  });
});

describe('a newer refresh token beside what cannot be used', () => {
  const idTokenOf = (sub: string): string => jwt({ iss: 'https://id.test', aud: 'web', sub });

  test.each<[string, Partial<TokenResponse>, string | false]>([
    ['a life that is no number', { expires_in: 'soon' as never }, 'response_invalid'],
    ['a life that is over', { expires_in: 1 }, 'token_arrived_stale'],
    ['the access token at hand', { access_token: 'first' }, false],
  ])('is kept: %s', async (_what, odd, outcome) => {
    const { session, refresh } = await signedIn(answer('first'));
    const adopted = session.adopt({ ...answer('second'), ...odd }).catch(({ code }) => code);
    expect(await adopted).toBe(outcome);
    await session.renew();
    expect(refresh.mock.calls).toEqual([['refresh of second']]);
  });

  test.each<[string, Partial<TokenResponse>]>([
    ['of another user', { expires_in: 'soon' as never, id_token: idTokenOf('bob') }],
    ['that is none', { expires_in: 'soon' as never, refresh_token: 7 as never }],
  ])('is not: one %s', async (_what, odd) => {
    const { session, refresh } = await signedIn(answer('first', { id_token: idTokenOf('ada') }));
    await expect(session.adopt({ ...answer('second'), ...odd })).rejects.toMatchObject({
      name: 'SessionError',
    });
    await session.renew();
    expect(refresh.mock.calls).toEqual([['refresh of first']]);
  });

  test('is not, where it was asked for before the tokens at hand came', async () => {
    const { session, clock, refresh } = await signedIn(answer('first'));
    const requestedAt = clock.wallMs();
    await clock.advance(1000);
    await session.renew();
    const odd = { ...answer('second'), expires_in: 'soon' as never };
    await expect(session.adopt(odd, { requestedAt })).rejects.toMatchObject({ code: 'response_invalid' });
    await session.renew();
    expect(refresh.mock.calls).toEqual([['refresh of first'], ['refresh of renewed']]);
  });
});

test.each(['the-first', 'refresh of the-first', encodeURIComponent('second/2+==')])(
  'a token in the `scope` of what is adopted is in no snapshot: %s',
  async (scope) => {
    const { session } = await signedIn(answer('the-first'));
    await session.adopt({ ...answer('second/2+=='), scope: `openid ${scope}` });
    expect(session.peekAccessToken()).toBe('second/2+==');
    expect(JSON.stringify(session.actor.getSnapshot().context)).not.toContain(scope);
  },
);
