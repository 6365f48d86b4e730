import { expect, test } from 'vitest';
import * as lateParts from '../../../src/session/lateParts.ts';
import { createGrants } from '../../../src/grants/index.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { assembleSession } from '../../../src/session/assembleSession.ts';
import type { Platform } from '../../../src/session/platform.ts';
import { resolveOptions } from '../../../src/session/resolveOptions.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

const answer = { access_token: 'first', expires_in: 60 };

/** A session whose second chunk is gone for the first `failures` tries, as after a new deployment. */
const sessionWithout = (failures: number) => {
  const clock = createVirtualClock();
  let left = failures;
  const platform: Platform = {
    clock,
    random: () => 0.5,
    window: undefined,
    fetch: async () => Response.json({}),
    loadLateParts: async () => lateParts,
    loadGrants: async (parts) => {
      if (left-- > 0) throw new TypeError('Failed to fetch dynamically imported module');
      return createGrants({ ...parts, page: undefined, record: createMemoryRecord() });
    },
  };
  const options = {
    issuer: 'https://id.test',
    clientId: 'web',
    tokenOrigins: [],
    grants: { signIn: async () => answer, refresh: async () => answer },
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
