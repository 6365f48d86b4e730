import { describe, expect, test, vi } from 'vitest';
import {
  memoryStorage,
  type SessionOptions,
  type TokenResponse,
  type TokenStorage,
} from '../../../src/index.ts';
import { createGrants } from '../../../src/grants/createGrants.ts';
import * as optionalParts from '../../../src/grants/optionalParts.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import type { RecordStore } from '../../../src/record/sessionRecord.ts';
import { assembleSession } from '../../../src/session/assembleSession.ts';
import { lateParts } from '../../../src/session/lateParts.ts';
import type { Platform } from '../../../src/session/platform.ts';
import { resolveOptions } from '../../../src/session/resolveOptions.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';

const issuer = 'https://id.test';

const jwt = (claims: object): string =>
  ['{}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');

const idTokenOf = (sub: string): string => jwt({ iss: issuer, aud: 'web', sub });

const answer = (sub: string, serial: number, more: object = {}): TokenResponse => ({
  access_token: `access-${sub}-${serial}`,
  refresh_token: `refresh-${sub}-${serial}`,
  expires_in: 300,
  id_token: idTokenOf(sub),
  ...more,
});

/** The code that a call fails with. */
const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.catch((error: unknown) => Object(error).code);

/** A record whose transactions can be told late, or made late. */
const createSlowRecord = () => {
  const record = createMemoryRecord();
  const open = Promise.resolve();
  const gates = { told: open, made: open };
  return {
    read: record.read,
    async update(change) {
      await gates.made;
      const changed = await record.update(change);
      await gates.told;
      return changed;
    },
    /** From now on they wait; returns what lets them through. */
    hold(what: keyof typeof gates): () => void {
      let release = (): void => {};
      gates[what] = new Promise((resolve) => (release = resolve));
      return () => {
        gates[what] = open;
        release();
      };
    },
  } satisfies RecordStore & { hold: unknown };
};

type Renew = (tokens: TokenResponse) => void;

/** A session with a sign-in of the app's own, as whom `login_hint` says, and with renewals that the test answers. */
const setUp = (more: Partial<SessionOptions> = {}, record = createSlowRecord()) => {
  const clock = createVirtualClock();
  const givenBack: string[] = [];
  const asked: Renew[] = [];
  let serial = 0;
  const platform: Platform = {
    clock,
    random: () => 0.5,
    window: undefined,
    async fetch(input, init) {
      const request = new Request(input, init);
      const form = new URLSearchParams(await request.text());
      if (request.url.endsWith('/revoke')) givenBack.push(form.get('token')!);
      return new Response(null);
    },
    loadGrants: async (parts) => ({ ...createGrants({ ...parts, page: undefined, record }), ...lateParts }),
    loadOptional: async () => optionalParts,
  };
  const open = () => {
    const options = {
      issuer,
      clientId: 'web',
      tokenOrigins: [],
      endpoints: { token_endpoint: `${issuer}/token`, revocation_endpoint: `${issuer}/revoke` },
      grants: {
        signIn: async ({ login_hint = '' }) => answer(login_hint, ++serial),
        refresh: () => new Promise<TokenResponse>((resolve) => asked.push(resolve)),
      },
      ...more,
    } satisfies SessionOptions;
    return assembleSession(resolveOptions(options, platform), platform);
  };
  const session = open();

  /** A renewal that has been sent; returns what answers it. */
  const renewing = async (): Promise<Renew> => {
    void session.renew().catch(() => undefined);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    return asked[0]!;
  };

  /** All that was given back, once nothing more is under way. */
  const allGivenBack = async (from = session): Promise<string[]> => {
    await from.signIn({ login_hint: 'last' });
    await from.signOut({ redirect: false });
    expect(givenBack.pop()).toContain('refresh-last');
    return givenBack;
  };

  return { session, open, clock, record, asked, renewing, givenBack, allGivenBack };
};

describe('the answer to a renewal that comes after another user has signed in', () => {
  const sameIssuer = { iss: issuer, aud: 'api' };

  test.each([
    ['names whom it was for, is given back', answer('ada', 9), ['refresh-ada-9']],
    ['names nobody, is given back', answer('ada', 9, { id_token: undefined }), ['refresh-ada-9']],
    ['is of whoever is here, stays theirs', answer('bob', 9), []],
    ['is of somebody who was never signed in here, stays theirs', answer('eve', 9), []],
  ])('and %s', async (_, late, expected) => {
    const { session, renewing, allGivenBack } = setUp();
    await session.signIn({ login_hint: 'ada' });
    const renew = await renewing();
    await session.signIn({ login_hint: 'bob' });
    renew(late);
    expect(await allGivenBack()).toEqual(expected);
  });

  test.each([
    ['ada', ['refresh-late']],
    ['bob', []],
  ])('and whose access token alone names %s', async (sub, expected) => {
    const bare = (who: string, serial: number): TokenResponse => ({
      access_token: jwt({ ...sameIssuer, sub: who, serial }),
      refresh_token: `refresh-${who}`,
      expires_in: 300,
    });
    const asked: Renew[] = [];
    const { session, allGivenBack } = setUp({
      grants: {
        signIn: async ({ login_hint: who = '' }) => bare(who, 1),
        refresh: () => new Promise((resolve) => asked.push(resolve)),
      },
    });
    await session.signIn({ login_hint: 'ada' });
    void session.renew().catch(() => undefined);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await session.signIn({ login_hint: 'bob' });
    asked[0]!({ ...bare(sub, 2), refresh_token: 'refresh-late' });
    expect(await allGivenBack()).toEqual(expected);
  });
});

describe('the answer to a renewal that comes after a sign-out', () => {
  const signedOut = async () => {
    const stage = setUp();
    await stage.session.signIn({ login_hint: 'ada' });
    const renew = await stage.renewing();
    await stage.session.signOut({ redirect: false });
    return { ...stage, renew };
  };

  test('is given back', async () => {
    const { renew, allGivenBack } = await signedOut();
    renew(answer('ada', 9));
    expect(await allGivenBack()).toEqual(['refresh-ada-1', 'refresh-ada-9']);
  });

  test('is not, where it names somebody who was never signed in here', async () => {
    const { renew, allGivenBack } = await signedOut();
    renew(answer('eve', 9));
    expect(await allGivenBack()).toEqual(['refresh-ada-1']);
  });

  test('is not, where the same user has signed in again', async () => {
    const { session, renew, allGivenBack } = await signedOut();
    await session.signIn({ login_hint: 'ada' });
    renew(answer('ada', 9));
    expect(await allGivenBack()).toEqual(['refresh-ada-1']);
  });

  test('is given back where nothing of it but a newer refresh token could be used', async () => {
    const { renew, allGivenBack } = await signedOut();
    renew(answer('ada', 9, { expires_in: 'soon' }));
    expect(await allGivenBack()).toEqual(['refresh-ada-1', 'refresh-ada-9']);
  });

  test('is not, where the same user has signed in elsewhere', async () => {
    for (const more of [{}, { expires_in: 'soon' }]) {
      const { record, renew, allGivenBack } = await signedOut();
      await record.update((known) => ({ ...known, epoch: known.epoch + 1, who: 'ada' }));
      renew(answer('ada', 9, more));
      expect(await allGivenBack()).toEqual(['refresh-ada-1']);
    }
  });
});

describe('a sign-out while an answer is being committed', () => {
  test('gives it back, though the record does not know of the sign-out yet', async () => {
    const { session, record, renewing, givenBack } = setUp();
    await session.signIn({ login_hint: 'ada' });
    const renew = await renewing();
    const tell = record.hold('told');
    renew(answer('ada', 9));
    await vi.waitFor(async () => expect((await record.read()).generation).toBe(2));
    const make = record.hold('made');
    const signedOut = session.signOut({ redirect: false });
    tell();
    await vi.waitFor(() => expect(givenBack).toEqual(['refresh-ada-1', 'refresh-ada-9']));
    expect((await record.read()).who).toBe('ada');
    make();
    await signedOut;
    expect((await record.read()).who).toBe(null);
  });

  test.each(['ada', 'bob'])('holds, whoever was about to sign in: %s', async (sub) => {
    const { session, record, givenBack } = setUp();
    await session.signIn({ login_hint: 'ada' });
    const before = await record.read();
    const tell = record.hold('told');
    const outcome = codeOf(session.signIn({ login_hint: sub }));
    await vi.waitFor(async () => expect(await record.read()).not.toEqual(before));
    const signedOut = session.signOut({ redirect: false });
    await vi.waitFor(async () => expect((await record.read()).who).toBe(null));
    tell();
    await signedOut;
    expect(await outcome).toBe('sign_in_cancelled');
    await vi.waitFor(() => expect(givenBack.toSorted()).toEqual(['refresh-ada-1', `refresh-${sub}-2`]));
    expect(await record.read()).toMatchObject({ who: null, promptLogin: true });
  });
});

test('a refresh token is spent where its answer came while the session was stopped, and nothing of it could be kept', async () => {
  const { session, asked, renewing } = setUp();
  await session.signIn({ login_hint: 'ada' });
  const renew = await renewing();
  session.stop();
  renew(answer('ada', 9, { expires_in: 'soon', id_token: jwt({ iss: issuer, aud: 'api', sub: 'ada' }) }));
  await drainMicrotasks();
  await session.start();
  expect(await codeOf(session.renew())).toBe('grant_refused');
  expect([asked.length, session.status]).toEqual([1, 'signedOut']);
});

describe('while tokens that a backend sent along are being committed', () => {
  const adopting = async () => {
    const stage = setUp();
    await stage.session.signIn({ login_hint: 'ada' });
    await stage.clock.advance(1000);
    return stage;
  };

  test('a renewal waits, and is not needed any more', async () => {
    const { session, record, asked } = await adopting();
    const make = record.hold('made');
    const adopted = session.adopt(answer('ada', 7));
    const renewed = session.renew();
    await drainMicrotasks();
    make();
    expect(await adopted).toBe(true);
    await renewed;
    expect([asked, session.peekAccessToken()]).toEqual([[], 'access-ada-7']);
    session.stop();
  });

  test('the refusal of those before them ends nothing', async () => {
    const { session, record, renewing } = await adopting();
    const renew = await renewing();
    const make = record.hold('made');
    const adopted = session.adopt(answer('ada', 7));
    renew({ error: 'invalid_grant' } as never);
    await drainMicrotasks();
    make();
    expect(await adopted).toBe(true);
    expect([session.status, session.peekAccessToken()]).toEqual(['signedIn', 'access-ada-7']);
    session.stop();
  });

  test('newer ones wait as well, and stay', async () => {
    const issued = (iat: number): TokenResponse =>
      answer('ada', iat, { access_token: jwt({ iat, sub: 'ada' }) });
    const { session, record } = await adopting();
    await session.adopt(issued(1));
    const make = record.hold('made');
    const adopted = [session.adopt(issued(2)), session.adopt(issued(3))];
    await drainMicrotasks();
    make();
    expect(await Promise.all(adopted)).toEqual([true, true]);
    expect(session.peekAccessToken()).toBe(issued(3).access_token);
    session.stop();
  });
});

test('an end that comes while somebody else has just signed in takes their tokens to the provider', async () => {
  const bare = (sub: string): TokenResponse => ({
    access_token: `access-${sub}`,
    expires_in: 60,
    id_token: idTokenOf(sub),
  });
  const asked: Renew[] = [];
  const { session, clock, record, givenBack } = setUp({
    grants: {
      signIn: ({ login_hint: who = '' }) =>
        who === 'ada' ? Promise.resolve(bare(who)) : new Promise((resolve) => asked.push(resolve)),
    },
    user({ idToken }) {
      // Whatever tells the machine in this moment: by then the token of the user before has lapsed.
      if (idToken?.sub === 'bob') session.touch();
      return idToken!;
    },
  });
  await session.signIn({ login_hint: 'ada' });
  clock.suspend(57_000);
  const outcome = codeOf(session.signIn({ login_hint: 'bob' }));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  clock.suspend(5000);
  asked[0]!(bare('bob'));
  expect(await outcome).toBe('sign_in_cancelled');
  expect([session.status, session.peekAccessToken()]).toEqual(['signedOut', undefined]);
  await vi.waitFor(() => expect(givenBack).toEqual(['access-bob']));
  expect((await record.read()).who).toBe(null);
});

test('a renewal that is asked for ends with its session, whoever comes next', async () => {
  const { session, asked } = setUp();
  await session.signIn({ login_hint: 'ada' });
  const outcome = codeOf(session.renew());
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await session.signIn({ login_hint: 'bob' });
  expect(await outcome).toBe('session_ended');
  session.stop();
});

test.each<[string, (session: ReturnType<typeof setUp>['session']) => unknown]>([
  ['a sign-out', (session) => session.signOut()],
  ['tokens of somebody else', () => undefined],
])('a renewal that is asked for ends with its session, though nobody comes next: %s', async (_why, end) => {
  const { session, asked } = setUp();
  await session.signIn({ login_hint: 'ada' });
  const outcome = codeOf(session.renew());
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await end(session);
  asked[0]!(answer('bob', 2));
  expect(await outcome).toBe('session_ended');
  expect(await codeOf(session.renew())).toBe('signed_out');
  session.stop();
});

test('another user in another tab keeps the tokens that are stored of theirs', async () => {
  const storage = memoryStorage();
  const { session, clock, record, renewing } = setUp({ storage, name: 'ada' });
  await session.signIn({ login_hint: 'ada' });
  const renew = await renewing();
  const { epoch } = await record.update((known) => ({ ...known, epoch: known.epoch + 1, who: 'bob' }));
  const entry = JSON.parse((await storage.get('token-vigil:ada'))!) as { lease: object };
  await storage.set('token-vigil:ada', JSON.stringify({ ...entry, lease: { ...entry.lease, epoch } }));
  renew(answer('ada', 9));
  await vi.waitFor(() => expect(session.endReason).toBe('switched'));
  await clock.advance(10);
  expect(await storage.get('token-vigil:ada')).toContain(String(epoch));
});

test('tokens that are adopted while a renewal is written down leave no generation that nobody has', async () => {
  const { session, record, renewing } = setUp();
  await session.signIn({ login_hint: 'ada' });
  const renew = await renewing();
  const tell = record.hold('told');
  renew(answer('ada', 8));
  await vi.waitFor(async () => expect((await record.read()).generation).toBe(2));
  const adopted = session.adopt(answer('ada', 9));
  tell();
  await adopted;
  const { lease } = session.actor.getSnapshot().context;
  await vi.waitFor(async () => expect((await record.read()).generation).toBe(lease?.generation));
});

describe('the turns between a commit and the moment when the machine hears of it', () => {
  test("show nothing of the user before as the next one's", async () => {
    const seen: unknown[] = [];
    const stage = setUp({
      user: (claims) => {
        seen.push([
          stage.session.user,
          stage.session.peekAccessToken(),
          codeOf(stage.session.getAccessToken()),
        ]);
        return claims.idToken!;
      },
    });
    await stage.session.signIn({ login_hint: 'ada' });
    await stage.session.signIn({ login_hint: 'bob' });
    const [user, token, call] = seen.at(-1) as unknown[];
    expect([user, token, await call]).toMatchObject([{ sub: 'ada' }, undefined, 'session_ended']);
    expect([stage.session.user, stage.session.peekAccessToken()]).toMatchObject([
      { sub: 'bob' },
      'access-bob-2',
    ]);
  });

  test('can bring tokens of somebody else: then nobody is signed in', async () => {
    let adopted: Promise<boolean> | undefined;
    const stage = setUp({
      user: ({ idToken }) => {
        adopted ??= stage.session.adopt(answer('bob', 7));
        return idToken!;
      },
    });
    expect(await codeOf(stage.session.signIn({ login_hint: 'ada' }))).toBe('sign_in_cancelled');
    expect(await adopted).toBe(false);
    const { status, canRequest } = stage.session;
    expect([status, canRequest, (await stage.record.read()).who]).toEqual(['signedOut', false, null]);
  });
});

test("a renewal that brings somebody else's tokens ends the session though it was stopped meanwhile", async () => {
  const storage = memoryStorage();
  const { session, record, renewing } = setUp({ storage, name: 'ada' });
  await session.signIn({ login_hint: 'ada' });
  const renew = await renewing();
  session.stop();
  renew(answer('bob', 9));
  await vi.waitFor(async () => expect((await record.read()).who).toBeNull());
  await vi.waitFor(async () => expect(await storage.get('token-vigil:ada')).toBeUndefined());
  expect([await session.start(), session.peekAccessToken()]).toEqual([null, undefined]);
});

describe('a sign-out before the stored session was taken up', () => {
  const slowed = (storage: TokenStorage, answered: Promise<void>): TokenStorage => ({
    ...storage,
    async get(key) {
      await answered;
      return storage.get(key);
    },
  });

  /** A page whose storage holds Ada's session, and answers when it is told to. */
  const reloaded = async () => {
    let answerNow = (): void => {};
    const kept = memoryStorage();
    const first = setUp({ storage: kept });
    await first.session.signIn({ login_hint: 'ada' });
    const key = `token-vigil:${first.session.name}`;
    await vi.waitFor(() => expect(kept.get(key)).toBeDefined());
    first.session.stop();
    const storage = slowed(kept, new Promise((resolve) => (answerNow = resolve)));
    const stage = setUp({ storage }, first.record);
    return { ...stage, answerNow, kept: () => kept.get(key) };
  };

  test('in which nobody is taken up whom the record does not know', async () => {
    const { session, record, answerNow, kept } = await reloaded();
    await record.update((known) => ({ ...known, who: 'eve' }));
    answerNow();
    await expect(session.start()).resolves.toBe(null);
    expect([session.peekAccessToken(), kept()]).toEqual([undefined, undefined]);
    session.stop();
  });

  test.each([
    ['started', false],
    ['restored', true],
  ])('and before the session has %s gives it back, and empties the storage', async (_, isStarted) => {
    const { session, record, answerNow, kept, givenBack } = await reloaded();
    const started = isStarted ? session.start() : undefined;
    const signedOut = session.signOut({ redirect: false });
    answerNow();
    await Promise.all([started, signedOut]);
    await vi.waitFor(() => expect(kept()).toBeUndefined());
    expect([givenBack, session.peekAccessToken()]).toEqual([['refresh-ada-1'], undefined]);
    expect((await record.read()).who).toBe(null);
  });

  test.each([
    ['good', {}],
    ['odd', { expires_in: 'soon' }],
  ])('gives back what its renewal brings, with a %s answer', async (_, more) => {
    const { session, clock, record, asked, answerNow, givenBack } = await reloaded();
    clock.suspend(295_000);
    void session.start();
    answerNow();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    const make = record.hold('made');
    const signedOut = session.signOut({ redirect: false });
    await vi.waitFor(() => expect(givenBack).toEqual(['refresh-ada-1']));
    asked[0]!(answer('ada', 9, more));
    await vi.waitFor(() => expect(givenBack).toEqual(['refresh-ada-1', 'refresh-ada-9']));
    make();
    await signedOut;
    expect(session.status).toBe('signedOut');
  });

  test('leaves alone what whoever signs in next has stored', async () => {
    const { session, answerNow, kept, givenBack } = await reloaded();
    const signedOut = session.signOut({ redirect: false });
    answerNow();
    await session.signIn({ login_hint: 'bob' });
    await signedOut;
    await vi.waitFor(() => expect(kept()).toContain('refresh-bob'));
    expect(givenBack).toEqual(['refresh-ada-1']);
    session.stop();
  });
});
