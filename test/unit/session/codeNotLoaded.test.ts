import { expect, test, vi } from 'vitest';
import { lateParts } from '../../../src/session/lateParts.ts';
import { createGrants } from '../../../src/grants/createGrants.ts';
import * as optionalParts from '../../../src/grants/optionalParts.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { assembleSession } from '../../../src/session/assembleSession.ts';
import type { Platform } from '../../../src/session/platform.ts';
import { resolveOptions } from '../../../src/session/resolveOptions.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';

const answer = { access_token: 'first', expires_in: 60 };

/** A chunk that is gone for the first `failures` tries, as after a new deployment. */
const chunkWithout = (failures: number) => {
  let left = failures;
  return <T>(chunk: () => T): T => {
    if (left-- > 0) throw new TypeError('Failed to fetch dynamically imported module');
    return chunk();
  };
};

/** A session whose chunks are gone for the first tries. */
const sessionWithout = (
  failures: number,
  failuresOfOptional = 0,
  more = {},
  loadOptional?: Platform['loadOptional'],
  clock = createVirtualClock(),
  coming = Promise.resolve(),
) => {
  const [second, optional] = [chunkWithout(failures), chunkWithout(failuresOfOptional)];
  const platform: Platform = {
    clock,
    random: () => 0.5,
    window: undefined,
    fetch: async (input, init) => {
      const isToken = new Request(input, init).url.endsWith('/token');
      return Response.json(isToken ? { ...answer, token_type: 'Bearer', refresh_token: 'r' } : {});
    },
    loadGrants: async (parts) => {
      await coming;
      return second(() => ({
        ...createGrants({ ...parts, page: undefined, record: createMemoryRecord() }),
        ...lateParts,
      }));
    },
    loadOptional: loadOptional ?? (async () => optional(() => optionalParts)),
  };
  const options = {
    issuer: 'https://id.test',
    clientId: 'web',
    tokenOrigins: [],
    grants: { signIn: async () => answer, refresh: async () => answer },
    ...more,
  };
  return assembleSession(resolveOptions(options, platform), platform);
};

const gone = { code: 'code_not_loaded', retryable: true };

test('a part that cannot be loaded is an error that says so, and nobody is signed in', async () => {
  const session = sessionWithout(Infinity);
  await expect(session.start()).resolves.toBe(null);
  expect(session.error).toMatchObject(gone);
  await expect(session.signIn({})).rejects.toMatchObject(gone);
  await expect(session.require()).rejects.toMatchObject(gone);
  await expect(session.adopt(answer)).rejects.toMatchObject(gone);
  await expect(session.signOut()).resolves.toBe(undefined);
  session.stop();
});

test('it is loaded anew at the next call', async () => {
  const session = sessionWithout(1);
  await session.start();
  await session.signIn({});
  expect([session.status, session.error]).toEqual(['signedIn', undefined]);
  session.stop();
});

test('what only some options need is an error of the call that needs it, and loaded anew at the next', async () => {
  const session = sessionWithout(0, 2);
  expect(await session.start()).toBe(null);
  expect(session.error).toBe(undefined);
  await expect(session.signIn({})).rejects.toMatchObject(gone);
  await session.signIn({});
  expect([session.status, session.error]).toEqual(['signedIn', undefined]);
  session.stop();
});

test('what options ask for is loaded ahead, while it is there', async () => {
  const loadOptional = vi.fn(async () => optionalParts);
  const ahead = async (more: object) => {
    const session = sessionWithout(0, 0, more, loadOptional);
    await session.start();
    session.stop();
    return loadOptional.mock.calls.splice(0).length;
  };
  expect(await ahead({})).toBe(1);
  expect(await ahead({ grants: undefined })).toBe(0);
  expect(await ahead({ grants: undefined, validateIdTokenSignature: true })).toBe(1);
  expect(await ahead({ grants: undefined, extractTokens: () => null })).toBe(1);
});

test('a storage whose code is gone restores nobody, says why, and hinders no sign-out', async () => {
  const storage = { get: vi.fn(() => null), set: vi.fn(), remove: vi.fn() };
  const session = sessionWithout(0, Infinity, { storage });
  expect(await session.start()).toBe(null);
  expect(session.error).toMatchObject(gone);
  await expect(session.signOut()).resolves.toBe(undefined);
  expect(storage.get).not.toHaveBeenCalled();
  session.stop();
});

test('what is never loaded holds back no renewal, however often it is asked for', async () => {
  const clock = createVirtualClock();
  let comes = true;
  const loadOptional = () => (comes ? Promise.resolve(optionalParts) : new Promise<never>(() => {}));
  const endpoints = { token_endpoint: 'https://id.test/token' };
  const session = sessionWithout(
    0,
    0,
    { grants: undefined, endpoints, onWarning: () => {} },
    loadOptional,
    clock,
  );
  let renewals = 0;
  session.on('renewed', () => renewals++);
  await session.signIn({ username: 'ada', password: 'p' });
  comes = false;
  const adopted: Promise<string>[] = [];
  for (let seconds = 0; seconds < 120; seconds += 4) {
    session.touch();
    adopted.push(session.adopt(answer).then(String, (error: { code: string }) => error.code));
    await clock.advance(4000);
  }
  expect(renewals).toBeGreaterThan(0);
  await clock.advance(10_000);
  expect(new Set(await Promise.all(adopted))).toEqual(new Set(['network_failed']));
  session.stop();
});

test('what was asked for before a stop is given up, even where its code comes after the next start', async () => {
  const clock = createVirtualClock();
  let come = (): void => {};
  const coming = new Promise<void>((resolve) => (come = resolve));
  const signIn = vi.fn(async () => answer);
  const grants = { signIn, refresh: async () => answer };
  const session = sessionWithout(0, 0, { grants }, undefined, clock, coming);
  void session.start();
  void session.signOut({ redirect: false });
  const asked = [session.signIn({}), session.require(), session.renew()].map((call) =>
    call.then(String, (error: { code: string }) => error.code),
  );
  await drainMicrotasks();
  session.stop();
  const started = session.start();
  come();
  expect(await Promise.all(asked)).toEqual(['session_stopped', 'session_stopped', 'session_stopped']);
  await expect(started).resolves.toBe(null);
  expect(signIn).not.toHaveBeenCalled();
  session.stop();
});
