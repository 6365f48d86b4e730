import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSession as createInProduction, type SessionOptions } from '../../../src/index.ts';
import { createSession as createInDevelopment } from '../../../src/index.development.ts';
import { createVirtualClock } from '../../../src/testing/index.ts';
import { createFakeWindow } from '../../property/model/fakeWindow.ts';

let count = 0;

const textOf = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');

/** The options of one name, with an app's own grants, which the test answers. */
const setUp = () => {
  const clock = createVirtualClock();
  const idToken = (sub: string): string => {
    const iat = Math.floor(clock.wallMs() / 1000);
    const claims = { iss: 'https://id.test', aud: 'web', sub, iat, exp: iat + 300 };
    return `${textOf({ alg: 'RS256' })}.${textOf(claims)}.c2ln`;
  };
  const world = {
    clock,
    who: 'ada',
    /** The refresh tokens that were sent, and how many grants were under way at once. */
    sent: [] as (string | undefined)[],
    most: 0,
    /** Answers that the test keeps back. */
    held: undefined as (() => void)[] | undefined,
    answer(): void {
      const answers = world.held ?? [];
      world.held = undefined;
      for (const go of answers) go();
    },
  };
  let serial = 0;
  let underWay = 0;
  const issue = () => {
    const n = ++serial;
    return { access_token: `a${n}`, refresh_token: `r${n}`, expires_in: 60, id_token: idToken(world.who) };
  };
  const refresh = async (refreshToken: string | undefined) => {
    world.sent.push(refreshToken);
    world.most = Math.max(world.most, ++underWay);
    if (world.held) await new Promise<void>((go) => world.held!.push(go));
    underWay--;
    return issue();
  };
  const options: SessionOptions<unknown> = {
    name: `one ${++count}`,
    issuer: 'https://id.test',
    clientId: 'web',
    silent: false,
    tokenOrigins: ['https://api.test'],
    fetch: async () => Response.json({}),
    clock,
    onWarning: () => {},
    grants: { signIn: async () => issue(), refresh },
  };
  return Object.assign(world, { options, other: { ...options, scope: 'openid email' } });
};

beforeEach(() => {
  const { window } = createFakeWindow();
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', window.document);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const conflict = expect.objectContaining({ code: 'session_conflict' });

describe.each([
  ['in production, once stopped', createInProduction],
  ['in development', createInDevelopment],
])('a session that another of its name has replaced, %s', (_, create) => {
  /** Somebody is signed in; a renewal of theirs is under way where it is asked for. */
  const signedIn = async (world: ReturnType<typeof setUp>, isRenewing = false) => {
    const first = create<unknown>(world.options);
    await first.signIn();
    if (isRenewing) {
      world.held = [];
      void first.renew().catch(() => {});
      await vi.waitFor(() => expect(world.held).toHaveLength(1));
    }
    return first;
  };

  const replaced = (first: ReturnType<typeof create>, options: SessionOptions<unknown>) => {
    if (create === createInProduction) first.stop();
    const second = create<unknown>(options);
    onTestFinished(second.stop);
    expect(second).not.toBe(first);
    return second;
  };

  test('ends the renewal it has under way, and what comes of it is for the one after it', async () => {
    const world = setUp();
    const first = await signedIn(world, true);
    const second = replaced(first, world.other);
    const started = second.start();
    const renewed = second.renew();
    await world.clock.advance(1000);
    expect(second.status).toBe('loading');
    world.answer();
    await expect(started).resolves.toMatchObject({ sub: 'ada' });
    await renewed;
    expect([world.sent, world.most]).toEqual([['r1', 'r2'], 1]);
    expect(second.peekAccessToken()).toBe('a3');
  });

  test('does nothing any more: its calls say what has happened', async () => {
    const world = setUp();
    const first = await signedIn(world);
    const second = replaced(first, world.other);
    await second.start();
    const calls = [
      () => first.start(),
      () => first.ready,
      () => first.signIn(),
      () => first.require(),
      () => first.renew(),
      () => first.adopt({ access_token: 'mine' }),
      () => first.signOut(),
      () => first.fetch('https://api.test/'),
      () => first.getAccessToken(),
    ];
    const leave = first.run();
    for (const call of calls) await expect(call()).rejects.toEqual(conflict);
    leave();
    first.touch();
    await world.clock.advance(0);
    expect([first.status, first.user, first.peekAccessToken()]).toEqual(['loading', null, undefined]);
    expect(first.error).toEqual(conflict);
    expect([second.status, second.peekAccessToken(), world.sent]).toEqual(['signedIn', 'a1', []]);
    expect(second.user).toMatchObject({ sub: 'ada' });
  });

  test('tells who waits for it, too', async () => {
    const world = setUp();
    const first = create<unknown>(world.options);
    const waits = [first.start(), first.signIn(), first.ready];
    replaced(first, world.other);
    for (const wait of waits)
      await expect(wait).rejects.toHaveProperty('code', expect.stringMatching(/^session_/));
    await expect(first.ready).rejects.toEqual(conflict);
  });

  test('is one of a row of them', async () => {
    const world = setUp();
    const first = await signedIn(world, true);
    const second = replaced(first, world.other);
    void second.start().catch(() => {});
    const third = replaced(second, { ...world.options, scope: 'openid' });
    const started = third.start();
    await world.clock.advance(1000);
    world.answer();
    await expect(started).resolves.toMatchObject({ sub: 'ada' });
    await expect(second.start()).rejects.toEqual(conflict);
    expect([world.sent, third.peekAccessToken()]).toEqual([['r1'], 'a2']);
  });

  test('brings nothing to whoever signs in after it', async () => {
    const world = setUp();
    const first = await signedIn(world, true);
    const second = replaced(first, world.other);
    void second.start();
    const asBob = second.signIn({ prompt: 'login' });
    const signedOut = second.signOut();
    world.answer();
    await expect(asBob).rejects.toHaveProperty('code', 'sign_in_cancelled');
    await signedOut;
    world.who = 'bob';
    await expect(second.signIn()).resolves.toMatchObject({ sub: 'bob' });
    expect([second.user, second.peekAccessToken()]).toEqual([expect.objectContaining({ sub: 'bob' }), 'a3']);
  });

  test('leaves nobody signed in where its renewal has brought the tokens of somebody else', async () => {
    const world = setUp();
    const first = await signedIn(world, true);
    const second = replaced(first, world.other);
    const started = second.start();
    world.who = 'bob';
    world.answer();
    await expect(started).resolves.toBeNull();
    expect([second.status, second.peekAccessToken()]).toEqual(['signedOut', undefined]);
  });

  test.each([{ issuer: 'https://other.test' }, { clientId: 'other' }])(
    'keeps its tokens to itself where the next one is for %j',
    async (change) => {
      const world = setUp();
      const first = await signedIn(world);
      const second = replaced(first, { ...world.options, ...change });
      await expect(second.start()).resolves.toBeNull();
    },
  );

  test('stays as it was where the options of the next one cannot work', async () => {
    const world = setUp();
    const first = await signedIn(world);
    if (create === createInProduction) first.stop();
    expect(() => create<unknown>({ ...world.options, tokenOrigins: ['no origin'] })).toThrow('tokenOrigins');
    await expect(first.start()).resolves.toMatchObject({ sub: 'ada' });
    first.stop();
  });

  test('writes to the storage before the next one does, however slow that is', async () => {
    const world = setUp();
    const kept = new Map<string, string>();
    let writing: (() => void) | undefined;
    const storage = {
      get: (key: string) => kept.get(key),
      set: async (key: string, text: string) => {
        if (text.includes('"a2"')) await new Promise<void>((go) => (writing = go));
        kept.set(key, text);
      },
      remove: async (key: string) => void kept.delete(key),
    };
    Object.assign(world.options, { storage });
    const first = await signedIn(world);
    await first.renew();
    await vi.waitFor(() => expect(writing).toBeDefined());
    const second = replaced(first, { ...world.options, scope: 'openid' });
    await second.start();
    await second.signOut();
    writing!();
    await world.clock.advance(0);
    await vi.waitFor(() => expect(kept.size).toBe(0));
  });
});

describe.each([
  ['in production', createInProduction],
  ['in development', createInDevelopment],
])('a stop and a start from within a listener, %s', (_, create) => {
  test('do not make a sign-in or a renewal fail that has succeeded', async () => {
    const world = setUp();
    const session = create<unknown>(world.options);
    onTestFinished(session.stop);
    const undo = session.on('*', () => {
      session.stop();
      void session.start();
    });
    await expect(session.signIn()).resolves.toMatchObject({ sub: 'ada' });
    await session.renew();
    undo();
    await session.start();
    expect(session.peekAccessToken()).toBe('a2');
  });
});
