import { expect, test, vi } from 'vitest';
import { createSession, type SessionOptions } from '../../../src/index.ts';
import { createFakeSession, type FakeSession } from '../../../src/testing/index.ts';

const options: SessionOptions = { issuer: 'https://id.test', clientId: 'web' };

test.each([
  [{ ...options, issuer: 'not a url' }, '`issuer`'],
  [{ ...options, clientId: '' }, '`clientId`'],
  [{ ...options, redirectUri: '/callback' }, '`redirectUri`'],
  [{ ...options, waitTimeout: -1 }, '`waitTimeout`'],
  [{ ...options, idle: { after: Number.NaN } }, '`idle.after`'],
  [{ ...options, idle: { after: 2000, signOutAfter: 1000 } }, '`idle.signOutAfter`'],
  [{ ...options, tokenOrigins: 'https://*.example.com' }, 'tokenOrigins'],
])('an option that cannot work is refused at once and by name: %#', (wrong, name) => {
  expect(() => createSession(wrong)).toThrow(expect.objectContaining({ code: 'option_invalid' }));
  expect(() => createSession(wrong)).toThrow(name);
});

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

test.each([undefined, null, 5, 'x', []])(
  '%j for options is refused by the name of what is missing',
  (odd) => {
    expect(() => createSession(odd as never)).toThrow(
      expect.objectContaining({
        code: 'option_invalid',
        message: expect.stringContaining('`issuer`') as string,
      }),
    );
  },
);

test.each(['issuer', 'clientId', 'redirectUri', 'waitTimeout'])(
  '%s of a kind that cannot be shown is refused by name',
  (name) => {
    for (const odd of [cyclic, 1n, Symbol('odd'), Object.create(null)])
      expect(() => createSession({ ...options, [name]: odd })).toThrow(
        expect.objectContaining({
          code: 'option_invalid',
          message: expect.stringContaining(`\`${name}\``) as string,
        }),
      );
  },
);

test('an option that is null is as good as none', () => {
  const none = {
    name: null,
    redirectUri: null,
    waitTimeout: null,
    signedOut: null,
    clock: null,
    fetch: null,
  };
  expect(createSession({ ...options, ...none } as never).name).toBe('https://id.test web');
});

type Odd = [string, (session: FakeSession<{ name: string }>, odd: never) => unknown];

const withOptions: Odd[] = [
  ['signIn', async (session, odd) => session.signIn(odd)],
  ['require', async (session, odd) => session.require(odd)],
  ['adopt', async (session, odd) => session.adopt({ access_token: 'a' }, odd)],
  ['getAccessToken', async (session, odd) => session.getAccessToken(odd)],
];

test.each(withOptions)('%s takes null for no options, and refuses what are none by name', async (_, call) => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  await session.enter('authenticated');
  await expect(call(session, null as never)).resolves.toBeDefined();
  for (const odd of ['ada', 5, true])
    await expect(call(session, odd as never)).rejects.toMatchObject({ code: 'option_invalid' });
  session.stop();
});

test('a sign-out is never refused, whatever it is given', async () => {
  for (const odd of [null, 5, 'ada']) {
    const session = createFakeSession({ user: { name: 'Ada' } });
    await session.enter('authenticated');
    await session.signOut(odd as never);
    expect(session.status).toBe('signedOut');
    session.stop();
  }
});

const withListeners: Odd[] = [
  ['on', (session, odd) => session.on('renewed', odd)],
  ['subscribe', (session, odd) => session.subscribe(odd)],
  ['onRequest', (session, odd) => session.onRequest(odd)],
  ['onTabMessage', (session, odd) => session.onTabMessage(odd)],
  ['onReturn', (session, odd) => session.onReturn(odd)],
];

test.each(withListeners)('%s refuses at once what is no listener', (_, call) => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  for (const odd of [undefined, null, 'ada', {}])
    expect(() => call(session, odd as never)).toThrow(expect.objectContaining({ code: 'option_invalid' }));
});

test('admit refuses what is no request', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  await expect(session.admit('https://api.test' as never)).rejects.toMatchObject({ code: 'option_invalid' });
});

test('a countdown in steps of nothing counts seconds', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  await session.enter('authenticated');
  const heard = vi.fn();
  for (const odd of [0, -1, Number.NaN, null as never]) {
    const left = session.remaining('token', odd);
    expect(left.get()).toBe(session.remaining('token').get());
    left.subscribe(heard);
  }
  await session.advance(10_000);
  expect(heard.mock.calls.length).toBeLessThanOrEqual(4 * 11);
  session.stop();
});

test('reading starts nothing', () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  expect([session.status, session.user, session.canRequest, session.busy]).toEqual([
    'loading',
    null,
    false,
    false,
  ]);
  expect(session.clock.pendingTimers).toBe(0);
});

test('start, ready and require are answered by the same restore', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  const started = session.start();
  expect(session.ready).toBe(started);
  await expect(started).resolves.toBe(null);
  expect(session.status).toBe('signedOut');
  await expect(session.require()).resolves.toEqual({ name: 'Ada' });
});

test('status does not flicker over a renewal and while idle', async () => {
  const session = createFakeSession({ user: { name: 'Ada' }, idle: { after: 600_000 } });
  await session.enter('authenticated');
  const seen = new Set<string>();
  session.subscribe(() => seen.add(session.status));
  await session.renew();
  await session.enter('idle');
  expect([...seen]).toEqual(['signedIn']);
});

test('held awake, the session outlives the idle time, over a restart too; released, it does not', async () => {
  const session = createFakeSession({ user: { name: 'Ada' }, idle: { after: 60_000 } });
  await session.enter('authenticated');
  const release = session.keepAwake();
  await session.advance(120_000);
  session.stop();
  await session.start();
  await session.signIn();
  await session.advance(120_000);
  expect(session.actor.getSnapshot().value).toBe('authenticated');
  release();
  release();
  await session.advance(61_000);
  expect(session.actor.getSnapshot().hasTag('away')).toBe(true);
});

test('a listener hears its own facts until it is undone, and what it throws stops nobody', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  const heard: string[] = [];
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  session.on('signedIn', () => {
    throw new Error('mine');
  });
  const undo = session.on('signedIn', ({ type }) => heard.push(type));
  await session.enter('authenticated');
  undo();
  await session.signOut();
  await session.signIn();
  expect(heard).toEqual(['signedIn']);
  expect(told).toHaveBeenCalledTimes(2);
  told.mockRestore();
});

test('`ready` and `require` tell what is so by now, not what was so at the start', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  await session.enter('authenticated');
  const first = session.ready;
  expect(await first).toEqual({ name: 'Ada' });
  expect(session.start()).toBe(first);
  await session.expire('revoked');
  expect([await session.ready, await session.start()]).toEqual([null, null]);
  session.signsInNext({ name: 'Bob' });
  expect(await session.require()).toEqual({ name: 'Bob' });
  expect(await session.ready).toEqual({ name: 'Bob' });
});

test('a listener to `*` hears every fact', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  const heard: string[] = [];
  const undo = session.on('*', ({ type }) => heard.push(type));
  await session.enter('authenticated');
  await session.expire('revoked');
  undo();
  await session.signIn();
  expect(heard).toEqual(['signedIn', 'expired']);
});

test('after a stop calls end with a typed error, and a new start serves again', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  await session.enter('authenticated');
  session.stop();
  await expect(session.getAccessToken()).rejects.toMatchObject({
    code: 'session_stopped',
    message: 'The session was stopped; `start()` begins again',
  });
  await session.start();
  await session.signIn();
  await expect(session.getAccessToken()).resolves.toMatch(/^fake/);
});

test('a session of a name can be made any number of times outside a page: a server has one per user', () => {
  expect(createSession(options)).not.toBe(createSession(options));
});
