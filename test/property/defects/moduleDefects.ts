export type Actual = Record<string, unknown>;
type Callable = (...args: never[]) => unknown;

/** A part of the code replaced by a faulty one, and the invariant that has to notice. */
export interface ModuleDefect {
  readonly path: string;
  readonly fault: (actual: Actual) => Actual;
  readonly noticed: RegExp;
}

const call = (actual: Actual, name: string, ...args: unknown[]): unknown =>
  (actual[name] as (...all: unknown[]) => unknown)(...args);

/** By what they do; the paths are those of a test in `test/property`. */
export const moduleDefects: Readonly<Record<string, ModuleDefect>> = {
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
    path: '../../src/gate/waits.ts',
    fault: (actual) => ({
      createWaits: (parts: object) => call(actual, 'createWaits', { ...parts, waitMs: 3_600_000 }),
    }),
    noticed: /3: /,
  },
  'requests renew like the app itself': {
    path: '../../machines/notes.ts',
    fault: ({ notes }) => ({
      notes: {
        ...(notes as object),
        'session.renew': (context: unknown, event: object) =>
          call(notes as Actual, 'session.renew', context, { ...event, by: 'app' }),
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
        const vault = call(actual, 'createVault') as { grant(): { commit: Callable } };
        const { grant } = vault;
        const latest = { commit: (...args: never[]) => grant().commit(...args) };
        return Object.defineProperty(vault, 'grant', {
          value: () => ({ ...grant(), commit: latest.commit }),
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
  'one call that is aborted leaves the others waiting': {
    path: '../../src/gate/waits.ts',
    fault: (actual) => ({
      createWaits: (parts: { door: { subscribe(onChange: () => void): () => void } }) => {
        const undos = new Set<() => void>();
        const subscribe = (onChange: () => void): (() => void) => {
          const undo = parts.door.subscribe(onChange);
          undos.add(undo);
          return undo;
        };
        const waits = call(actual, 'createWaits', { ...parts, door: { ...parts.door, subscribe } }) as {
          join(signal: AbortSignal | undefined, ...rest: unknown[]): Promise<unknown>;
        };
        return {
          ...waits,
          join(signal: AbortSignal | undefined, ...rest: unknown[]) {
            signal?.addEventListener('abort', () => undos.forEach((undo) => undo()));
            return waits.join(signal, ...rest);
          },
        };
      },
    }),
    noticed: /3: a call waits though a fresh token/,
  },
  'a token that is too short for its caller fails the call at the next change': {
    path: '../../src/gate/admission.ts',
    fault: (actual) => ({
      createAdmission: (...args: unknown[]) => {
        const admission = call(actual, 'createAdmission', ...args) as {
          judge(need: { tooShort?: number }): unknown;
        };
        return {
          ...admission,
          judge(need: { tooShort?: number }) {
            if (need.tooShort !== undefined) need.tooShort--;
            return admission.judge(need);
          },
        };
      },
    }),
    noticed: /3: a token was called too short/,
  },
  'a margin is forgotten': {
    path: '../../src/gate/admission.ts',
    fault: (actual) => ({
      createAdmission: (...args: unknown[]) => {
        const admission = call(actual, 'createAdmission', ...args) as { judge(need: object): unknown };
        return { ...admission, judge: (need: object) => admission.judge({ ...need, marginMs: undefined }) };
      },
    }),
    noticed: /1: a token with less life than was asked for/,
  },
  'any header of thirteen letters counts as an authorization': {
    path: '../../src/gate/authorization.ts',
    fault: (actual) => ({
      hasAuthorization: (headers: HeadersInit) =>
        call(actual, 'hasAuthorization', headers) === true ||
        [...new Headers(headers).keys()].some((name) => name.length === 13),
    }),
    noticed: /7: a call went out without its token/,
  },
  "the page's own origin gets tokens although it is not listed": {
    path: '../../src/gate/tokenOrigins.ts',
    fault: (actual) => ({
      createTokenOrigins: (entries: string[], page: unknown) =>
        call(actual, 'createTokenOrigins', [...entries, 'self'], page),
    }),
    noticed: /7: a token was sent to https:\/\/app\.test/,
  },
  'whatever names an allowed origin gets tokens': {
    path: '../../src/gate/tokenOrigins.ts',
    fault: () => ({
      createTokenOrigins: ([origin = '']: string[]) => ({
        originOf: (address: string) => (address.includes(origin) ? origin : undefined),
      }),
    }),
    noticed: /7: a token was sent to https:\/\/evil\.test|7: a token was sent to https:\/\/api\.test\.evil/,
  },
  'the network comes back, and is taken to be gone': {
    path: '../../machines/notes.ts',
    fault: ({ notes }) => ({
      notes: {
        ...(notes as object),
        'network.online': (context: unknown, event: object) => ({
          ...(call(notes as Actual, 'network.online', context, event) as object),
          offline: true,
        }),
      },
    }),
    noticed: /B: still without a token 10 s/,
  },
  'a 401 without a body is an error': {
    path: '../../src/gate/delivery.ts',
    fault: (actual) => ({
      createDelivery: (parts: { transport: typeof fetch }) =>
        call(actual, 'createDelivery', {
          ...parts,
          transport: (...args: Parameters<typeof fetch>) =>
            parts.transport(...args).then((response) => {
              if (response.status === 401 && response.body === null) throw new TypeError('no body to cancel');
              return response;
            }),
        }),
    }),
    noticed: /3: a call failed with TypeError/,
  },
  'the machine dies where one answer names an end and the next does not': {
    path: '../../machines/notes.ts',
    fault: ({ notes }) => ({
      notes: {
        ...(notes as object),
        'refresh.granted': (
          context: { lease: { refreshDeadline: object | null } | null },
          event: { lease: { refreshDeadline: object | null } },
        ) => {
          if (context.lease?.refreshDeadline && !event.lease.refreshDeadline)
            throw new TypeError('no deadline');
          return call(notes as Actual, 'refresh.granted', context, event);
        },
      },
    }),
    noticed: /9: the (machine has died|run was ended by TypeError)/,
  },
  'the second renewal comes after a short refresh token has ended': {
    path: '../../machines/conclusions.ts',
    fault: (actual) => {
      const conclusions = actual['conclusions'] as Actual;
      const late = (context: { firstRefreshLifeMs: number | null }) => ({
        ...context,
        firstRefreshLifeMs: context.firstRefreshLifeMs === null ? null : Infinity,
      });
      return {
        conclusions: { ...conclusions, due: (context: never) => call(conclusions, 'due', late(context)) },
        untilNextConclusionMs: (context: never) => call(actual, 'untilNextConclusionMs', late(context)),
      };
    },
    noticed: /K: no fresh token|K: /,
  },
};
