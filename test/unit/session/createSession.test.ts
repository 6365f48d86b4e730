import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSession as createInProduction } from '../../../src/index.ts';
import { createSession as createInDevelopment } from '../../../src/index.development.ts';
import { hasSameOptions } from '../../../src/session/hasSameOptions.ts';
import { createFakeWindow } from '../../property/model/fakeWindow.ts';

const onWarning = vi.fn();
let count = 0;

/** Options of a session that no other test has made. */
const optionsOf = () => ({
  name: `session ${++count}`,
  issuer: 'https://id.test',
  clientId: 'web',
  silent: false as const,
  onWarning,
  user: () => ({ name: 'Ada' }),
  grants: { signIn: async () => ({ access_token: 'first', expires_in: 60 }) },
});

const codes = () => onWarning.mock.calls.map(([{ code }]) => code as string);

beforeEach(() => {
  const { window } = createFakeWindow();
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', window.document);
});
afterEach(() => {
  vi.unstubAllGlobals();
  onWarning.mockClear();
});

describe.each([
  ['in production', createInProduction],
  ['in development', createInDevelopment],
])('%s', (_, createSession) => {
  test('the same options are the same session, over stops too', async () => {
    const options = optionsOf();
    const session = createSession(options);
    expect(createSession({ ...options, grants: { ...options.grants } })).toBe(session);
    await session.start();
    session.stop();
    expect(createSession(options)).toBe(session);
  });

  test('a stopped session gives way', async () => {
    const options = optionsOf();
    const session = createSession(options);
    await session.start();
    session.stop();
    const other = createSession({ ...options, scope: 'openid' });
    expect(other).not.toBe(session);
    expect(codes()).not.toContain('session_conflict');
  });

  test.each([
    [{ clientSecret: 'mine' }, ['option_invalid']],
    [{ scope: 'profile', user: undefined }, ['option_invalid']],
    [{ scope: 'profile' }, []],
    [{ scope: 'profile openid', user: undefined }, []],
  ])('what is hardly meant is warned of, once: %#', async (more, warnings) => {
    const options = { ...optionsOf(), ...more } as ReturnType<typeof optionsOf>;
    const session = createSession(options);
    createSession(options);
    await session.start();
    session.stop();
    await session.start();
    session.stop();
    const told = () => codes().filter((code) => code === 'option_invalid');
    await vi.waitUntil(() => told().length >= warnings.length);
    expect(told()).toEqual(warnings);
    expect(JSON.stringify(onWarning.mock.calls)).not.toContain('mine');
  });
});

describe('where there is no page', () => {
  beforeEach(() => vi.unstubAllGlobals());

  test.each(['self', ['self', 'https://api.test']])("'self' is refused by name: %j", (tokenOrigins) => {
    expect(() => createInProduction({ ...optionsOf(), tokenOrigins })).toThrow(
      expect.objectContaining({
        code: 'option_invalid',
        message: expect.stringContaining("'self'") as string,
      }),
    );
  });

  test('without `tokenOrigins` the first request without a token is told of, once', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response('ok'));
    const session = createInProduction({ ...optionsOf(), fetch });
    expect(codes()).toEqual([]);
    await session.fetch('https://api.test/items');
    await session.fetch('https://api.test/items');
    expect(onWarning.mock.calls).toEqual([
      [
        expect.objectContaining({
          code: 'option_invalid',
          message: expect.stringContaining('tokenOrigins') as string,
        }),
      ],
    ]);
  });

  test('an empty list is taken at its word', async () => {
    const session = createInProduction({
      ...optionsOf(),
      tokenOrigins: [],
      fetch: async () => new Response(),
    });
    await session.fetch('https://api.test/items');
    expect(codes()).toEqual([]);
  });
});

test('in production other options under the same name are refused', () => {
  const options = optionsOf();
  createInProduction(options);
  expect(() => createInProduction({ ...options, user: () => ({ name: 'Grace' }) })).toThrow(
    expect.objectContaining({ code: 'session_conflict' }),
  );
});

test('in development they take over: the first is stopped, its tokens and its user go on, told once', async () => {
  const options = optionsOf();
  const first = createInDevelopment(options);
  await first.signIn();
  const token = await first.getAccessToken();
  const second = createInDevelopment({ ...options, user: () => ({ name: 'Ada Lovelace' }) });
  expect([second === first, first.status, first.peekAccessToken()]).toEqual([false, 'loading', undefined]);
  await expect(second.start()).resolves.toEqual({ name: 'Ada Lovelace' });
  await expect(second.getAccessToken()).resolves.toBe(token);
  const third = createInDevelopment({ ...options, scope: 'openid' });
  expect(second.status).toBe('loading');
  await expect(third.start()).resolves.toEqual({ name: 'Ada' });
  const conflicts = onWarning.mock.calls.filter(([{ code }]) => code === 'session_conflict');
  const message = expect.stringMatching(
    /recreated with another `user`, as after.*In production .*give one a `name`/,
  ) as string;
  expect(conflicts).toEqual([[expect.objectContaining({ message })]]);
  third.stop();
});

test('in development options that cannot work leave the session alone', async () => {
  const options = optionsOf();
  const session = createInDevelopment(options);
  await session.start();
  expect(() => createInDevelopment({ ...options, waitTimeout: -1 })).toThrow('waitTimeout');
  expect(session.status).toBe('signedOut');
  session.stop();
});

describe('options are the same', () => {
  const cyclic = (value: number) => {
    const made: Record<string, unknown> = { value };
    made['self'] = made;
    return made;
  };

  test.each([
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: 1, b: null }, { a: 1 }],
    [{ list: ['a', { b: 1n }] }, { list: ['a', { b: 1n }] }],
    [{ on: () => 1 }, { on: () => 1 }],
    [cyclic(1), cyclic(1)],
  ])('%#', (a, b) => expect(hasSameOptions(a, b)).toBe(true));

  test.each([
    [{ a: 1 }, { a: 2 }],
    [{ list: ['a'] }, { list: ['a', 'b'] }],
    [{ size: 1n }, { size: 2n }],
    [{ on: () => 1 }, { on: () => 2 }],
    [{ on: () => 1 }, {}],
    [cyclic(1), cyclic(2)],
  ])('or are not: %#', (a, b) => {
    expect(hasSameOptions(a, b)).toBe(false);
    expect(hasSameOptions(b, a)).toBe(false);
  });
});

test('while developing, a selector that makes new objects each time is refused; in production it is not looked for', () => {
  const pick = () => ({});
  expect(() => createInDevelopment(optionsOf()).select(pick).get()).toThrow(/one and the same view/);
  expect(createInProduction(optionsOf()).select(pick).get()).toEqual({});
});
