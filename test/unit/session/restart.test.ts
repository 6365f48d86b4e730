import { describe, expect, onTestFinished, test } from 'vitest';
import type { Session } from '../../../src/index.ts';
import { createGrants } from '../../../src/grants/createGrants.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { assembleSession } from '../../../src/session/assembleSession.ts';
import { lateParts } from '../../../src/session/lateParts.ts';
import type { Platform } from '../../../src/session/platform.ts';
import { resolveOptions } from '../../../src/session/resolveOptions.ts';
import { createVirtualClock } from '../../../src/testing/index.ts';

/** A session that somebody is signed in to, and the record that it shares with other tabs. */
const signedIn = async () => {
  const record = createMemoryRecord();
  const sent: (string | null)[] = [];
  const clock = createVirtualClock();
  const platform: Platform = {
    clock,
    random: () => 0.5,
    window: undefined,
    fetch: async (input, init) => {
      sent.push(new Request(input, init).headers.get('authorization'));
      return Response.json({});
    },
    loadGrants: async (deps) => ({ ...createGrants({ ...deps, page: undefined, record }), ...lateParts }),
  };
  const options = {
    issuer: 'https://id.test',
    clientId: 'web',
    tokenOrigins: ['https://api.test'],
    user: () => ({ name: 'Ada' }),
    grants: {
      signIn: async () => ({ access_token: 'ours', expires_in: 3000 }),
      refresh: async () => ({ access_token: 'renewed', expires_in: 3000 }),
    },
    idle: { after: 600_000 },
  };
  const session = assembleSession(resolveOptions(options, platform), platform);
  onTestFinished(session.stop);
  await session.signIn();
  return { session, record, sent, clock, call: () => session.fetch('https://api.test/') };
};

/** It was stopped since. */
const stopped = async () => {
  const known = await signedIn();
  known.session.stop();
  return known;
};

test('a new start finds the tokens, and hands them out once the record was read', async () => {
  const { session, sent, call } = await stopped();
  const started = session.start();
  expect(session.peekAccessToken()).toBeUndefined();
  await Promise.all([call(), started]);
  await expect(started).resolves.toEqual({ name: 'Ada' });
  expect([session.user, session.peekAccessToken(), sent]).toEqual([{ name: 'Ada' }, 'ours', ['Bearer ours']]);
});

test.each([
  ['signed out', { who: null }],
  ['somebody else signed in', { who: 'bob', epoch: 7 }],
  ['signed in anew', { epoch: 7 }],
])('what was in it is gone where another tab has %s meanwhile', async (_, news) => {
  const { session, record, sent, call } = await stopped();
  await record.update((known) => ({ ...known, ...news }));
  const started = session.start();
  await expect(call()).rejects.toHaveProperty('code', 'session_ended');
  await expect(started).resolves.toBeNull();
  expect([session.status, session.user, session.peekAccessToken(), sent]).toEqual([
    'signedOut',
    null,
    undefined,
    [],
  ]);
});

test.each([
  ['here', (session: Session<unknown>) => session.signOut({ redirect: false })],
  ['in another tab', () => {}],
])(
  'that somebody has signed out %s while it was stopped is told at the next start, once',
  async (where, leave) => {
    const { session, record } = await stopped();
    const told: string[] = [];
    session.on('*', ({ type }) => told.push(type));
    await leave(session);
    if (where !== 'here') await record.update((known) => ({ ...known, who: null }));
    expect(told).toEqual([]);
    await session.start();
    await session.signOut({ redirect: false });
    session.stop();
    await session.start();
    expect(told).toEqual(['signedOut']);
  },
);

test('whoever starts it again because of what it tells learns what is so by then', async () => {
  const { session } = await stopped();
  await session.signOut({ redirect: false });
  const restarted: Promise<unknown>[] = [];
  session.on('signedOut', () => {
    session.stop();
    restarted.push(session.start().then(() => session.status));
  });
  await session.start().catch(() => undefined);
  expect(await Promise.all(restarted)).toEqual(['signedOut']);
});

test('a sign-out while it starts again is the last word', async () => {
  const { session } = await stopped();
  const started = session.start();
  await session.signOut();
  await expect(started).resolves.toBeNull();
  expect([session.status, session.peekAccessToken()]).toEqual(['signedOut', undefined]);
});

describe('a user who is away is told of once, over all starts', () => {
  const away = async () => {
    const known = await signedIn();
    const told: string[] = [];
    known.session.on('*', ({ type }) => told.push(type));
    await known.clock.advance(700_000);
    expect(told).toEqual(['idled']);
    known.session.stop();
    return { ...known, told };
  };

  test('who is still away is not told of again', async () => {
    const { session, told } = await away();
    await session.start();
    expect([session.view.state, told]).toEqual(['idle.quiet', ['idled']]);
    session.touch();
    expect(told).toEqual(['idled', 'resumed']);
  });

  test('who came back in another tab has come back', async () => {
    const { session, told, record, clock } = await away();
    await record.update((known) => ({ ...known, lastActivityWallMs: clock.wallMs() }));
    await session.start();
    expect([session.view.state, told]).toEqual(['authenticated', ['idled', 'resumed']]);
  });

  test('who signs in has not come back, but is new', async () => {
    const { session, told } = await away();
    await session.signOut({ redirect: false });
    await session.signIn();
    expect(told).toEqual(['idled', 'signedOut', 'signedIn']);
  });
});
