import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { invariantsHold } from './model/check.ts';
import type { Subject } from './model/subject.ts';
import { createTally } from './model/tally.ts';

type Actual = Record<string, unknown>;
type Callable = (...args: never[]) => unknown;

/** A part of the code replaced by a faulty one, and the invariant that has to notice. */
interface Defect {
  readonly path: string;
  readonly fault: (actual: Actual) => Actual;
  readonly noticed: RegExp;
}

const call = (actual: Actual, name: string, ...args: unknown[]): unknown =>
  (actual[name] as (...all: unknown[]) => unknown)(...args);

const defects: Record<string, Defect> = {
  'the gate believes that every token is fresh': {
    path: '../../src/vault/vault.ts',
    fault: () => ({ isFreshBearer: () => true }),
    noticed: /1: handed out with/,
  },
  'a token is taken to live longer than it does': {
    path: '../../machines/lease.ts',
    fault: (actual) => ({
      leaseFrom: (facts: { expires_in?: number }, ...rest: unknown[]) =>
        call(actual, 'leaseFrom', { ...facts, expires_in: (facts.expires_in ?? 0) + 60 }, ...rest),
    }),
    noticed: /1: handed out with/,
  },
  'a refresh token is sent twice at once': {
    path: '../../src/grants/protocol/refreshGrant.ts',
    fault: (actual) => ({
      refreshGrant: (...args: unknown[]) => {
        void (call(actual, 'refreshGrant', ...args) as Promise<unknown>).catch(() => undefined);
        return call(actual, 'refreshGrant', ...args);
      },
    }),
    noticed: /2: two refresh grants in flight/,
  },
  'the first refresh token is used for ever': {
    path: '../../src/grants/protocol/refreshGrant.ts',
    fault: (actual) => {
      const first = new WeakMap<object, unknown>();
      return {
        refreshGrant: (provider: object, tokens: unknown) => {
          if (!first.has(provider)) first.set(provider, tokens);
          return call(actual, 'refreshGrant', provider, first.get(provider));
        },
      };
    },
    // The first one can be of a session that has ended.
    noticed: /2: an older refresh token was sent|6: a refresh after the sign-out/,
  },
  'a wait has no deadline': {
    path: '../../src/gate/waitQueue.ts',
    fault: (actual) => ({
      createWaitQueue: (parts: object) => call(actual, 'createWaitQueue', { ...parts, waitMs: 3_600_000 }),
    }),
    noticed: /3: /,
  },
  'requests renew like the app itself': {
    path: '../../machines/reducers.ts',
    fault: ({ reducers }) => ({
      reducers: {
        ...(reducers as object),
        'session.renew': (context: unknown, event: object) =>
          call(reducers as Actual, 'session.renew', context, { ...event, by: 'app' }),
      },
    }),
    noticed: /4: a renewal without presence/,
  },
  'presence is judged without a look': {
    path: '../../machines/presence.ts',
    fault: (actual) => ({
      isAway: (context: unknown) => call(actual, 'isPresent', context) === false,
      needsLook: () => false,
    }),
    noticed: /4: idle/,
  },
  'the vault answers a lease with the tokens in it': {
    path: '../../src/grants/commit.ts',
    fault: (actual) => ({
      createCommit: (...args: unknown[]) => {
        const commit = call(actual, 'createCommit', ...args) as Record<
          string,
          (...all: never[]) => Promise<object | undefined>
        >;
        const leak = async (answer: never, ...rest: never[]) => {
          const lease = await commit['signIn']!(answer, ...rest);
          return lease && { ...lease, note: (answer as { tokens: object }).tokens };
        };
        return { ...commit, signIn: leak };
      },
    }),
    noticed: /5: a secret in/,
  },
  'a sign-out leaves the vault as it is': {
    path: '../../src/vault/vault.ts',
    fault: (actual) => ({
      createVault: () => {
        const vault = call(actual, 'createVault') as object;
        return Object.defineProperty(vault, 'wipe', { value: () => undefined });
      },
    }),
    noticed: /6: |9: /,
  },
  'an answer to a grant is taken without its epoch': {
    path: '../../src/vault/vault.ts',
    fault: (actual) => ({
      createVault: () => {
        const vault = call(actual, 'createVault') as { permit(): { commit: Callable } };
        const { permit } = vault;
        const latest = { commit: (...args: never[]) => permit().commit(...args) };
        return Object.defineProperty(vault, 'permit', {
          value: () => ({ ...permit(), commit: latest.commit }),
        });
      },
    }),
    noticed: /6: |9: |K: |2: /,
  },
  'a wait is bound to no epoch': {
    path: '../../src/gate/admission.ts',
    fault: (actual) => ({
      createAdmission: (...args: unknown[]) => {
        const admission = call(actual, 'createAdmission', ...args) as { judge: (need: object) => unknown };
        return { ...admission, judge: (need: object) => admission.judge({ ...need, epoch: undefined }) };
      },
    }),
    noticed: /6: a call of/,
  },
  'the alarm is set only once': {
    path: '../../src/time/alarm.ts',
    fault: (actual) => ({
      createAlarm: (...args: unknown[]) => {
        const alarm = call(actual, 'createAlarm', ...args) as { set: (deadline: unknown) => void };
        let sets = 0;
        return {
          set(deadline: unknown) {
            if (deadline === null || sets++ <= 3) alarm.set(deadline);
          },
        };
      },
    }),
    noticed: /K: |3: /,
  },
  'adopted tokens count from later than they were asked for': {
    path: '../../src/grants/adopt.ts',
    fault: (actual) => ({
      createAdopt: (...args: unknown[]) => {
        const adopt = call(actual, 'createAdopt', ...args) as Callable;
        const later = ({ wallMs, monotonicMs }: { wallMs: number; monotonicMs: number }) => ({
          wallMs: wallMs + 30_000,
          monotonicMs: monotonicMs + 30_000,
        });
        return (tokens: never, sentAt: never, since: never) => adopt(tokens, later(sentAt) as never, since);
      },
    }),
    noticed: /1: handed out with/,
  },
  'adopted tokens are taken whatever came meanwhile': {
    path: '../../src/grants/adopt.ts',
    fault: (actual) => ({
      createAdopt: (vault: { lease: never }, commit: unknown) => {
        const adopt = call(actual, 'createAdopt', vault, commit) as Callable;
        return (tokens: never, _: never, since: { epoch: number }) =>
          adopt(
            tokens,
            vault.lease?.['sentAt'],
            (since?.epoch === vault.lease?.['epoch'] ? vault.lease : since) as never,
          );
      },
    }),
    noticed: /2: an older refresh token was sent/,
  },
  'the environment is never left': {
    path: '../../src/environment/pageEnvironment.ts',
    fault: (actual) => ({
      watchEnvironment: (...args: unknown[]) => {
        call(actual, 'watchEnvironment', ...args);
        return () => undefined;
      },
    }),
    noticed: /8: /,
  },
  'what listeners throw is let through': {
    path: '../../src/session/listeners.ts',
    fault: (actual) => ({
      createListeners: () => {
        const listeners = call(actual, 'createListeners') as object;
        const all = new Set<() => void>();
        return {
          ...listeners,
          subscribe: (listener: () => void) => (all.add(listener), () => all.delete(listener)),
          changed: () => all.forEach((listener) => listener()),
        };
      },
    }),
    noticed: /a subscriber of the app|9: /,
  },
};

const faulty = async ({ path, fault }: Defect): Promise<Subject> => {
  vi.resetModules();
  vi.doMock(path, async (original) => {
    const actual = await original<Actual>();
    return { ...actual, ...fault(actual) };
  });
  const { assembleSession } = await import('../../src/session/assembleSession.ts');
  const { createGrants } = await import('../../src/grants/index.ts');
  vi.doUnmock(path);
  return { assembleSession, createGrants };
};

afterEach(() => vi.resetModules());

test.for(Object.entries(defects))('a seeded defect is noticed: %s', async ([, defect]) => {
  const result = await fc.check(invariantsHold(await faulty(defect), createTally()), {
    numRuns: 400,
    endOnFailure: true,
    seed: 1,
  });
  expect(result.failed).toBe(true);
  expect(String(result.errorInstance)).toMatch(defect.noticed);
});
