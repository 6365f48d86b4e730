import { describe, expect, test, vi } from 'vitest';
import { leaseFrom } from '../../../machines/lease.ts';
import { isSessionError, type SessionError } from '../../../src/errors/sessionError.ts';
import { memoryStorage } from '../../../src/storage/memoryStorage.ts';
import { isTrustworthy } from '../../../src/storage/isTrustworthy.ts';
import { createStoredTokens } from '../../../src/storage/storedTokens.ts';
import type { TokenStorage } from '../../../src/storage/tokenStorage.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';

const source = 'https://id.test web';

const tokens = { accessToken: 'access-secret', refreshToken: 'refresh-secret' };
const clock = createVirtualClock();
const facts = { expires_in: 300, refresh_expires_in: 1800, scope: 'openid', renewable: true };
const lease = leaseFrom(facts, readInstant(clock), { epoch: 2, generation: 5 });

const open = (storage: TokenStorage = memoryStorage(), its = clock) => {
  const onWarning = vi.fn<(warning: SessionError) => void>();
  return {
    storage,
    onWarning,
    stored: createStoredTokens(storage, 'test', { clock: its, flights: {}, source, onWarning }),
  };
};

const written = async (): Promise<string> => {
  const { storage, stored } = open();
  await stored.save(tokens, lease);
  return (await storage.get('token-vigil:test')) as string;
};

const throwing = (error: unknown): TokenStorage => {
  const fail = () => {
    throw error;
  };
  return { get: fail, set: fail, remove: fail };
};

describe('an entry', () => {
  test('comes back as it was saved', async () => {
    const { stored } = open();
    expect(await stored.load()).toBeUndefined();
    await stored.save(tokens, lease);
    expect(await stored.load()).toEqual({ version: 1, savedAtWallMs: clock.wallMs(), source, tokens, lease });
    await stored.clear();
    expect(await stored.load()).toBeUndefined();
  });

  test.each([
    ['a later generation', { generation: 6 }],
    ['a later sign-in', { epoch: 3, generation: 1 }],
  ])('stays where it is of %s, unless somebody signs in', async (_, later) => {
    const { stored } = open();
    await stored.save({ accessToken: 'newer' }, { ...lease, ...later });
    await stored.save(tokens, lease);
    expect(await stored.load()).toMatchObject({ tokens: { accessToken: 'newer' } });
    await stored.save(tokens, lease, true);
    expect(await stored.load()).toMatchObject({ tokens });
  });

  test('is cleared whoever wrote it, or only where it is of an epoch', async () => {
    const { stored } = open();
    await stored.save(tokens, lease);
    await stored.clear({ ...lease, epoch: lease.epoch + 1 });
    expect(await stored.load()).toMatchObject({ lease });
    await stored.clear(lease);
    expect(await stored.load()).toBeUndefined();
  });

  test('that another page writes as this one clears its own stays', async () => {
    const its = createVirtualClock();
    const values = new Map<string, string>();
    // A storage of another process takes its time.
    const later = (work: () => unknown) =>
      new Promise<never>((resolve) => its.setTimeout(() => resolve(work() as never), 20));
    const storage: TokenStorage = {
      get: (key) => later(() => values.get(key)),
      set: (key, value) => later(() => values.set(key, value)),
      remove: (key) => later(() => values.delete(key)),
    };
    const [loser, winner] = [open(storage, its).stored, open(storage, its).stored];
    const kept = loser.save(tokens, lease);
    await its.advance(100);
    await kept;
    const saved = winner.save(tokens, { ...lease, epoch: lease.epoch + 1 });
    const cleared = loser.clear(lease, true);
    await its.advance(2000);
    await Promise.all([saved, cleared]);
    expect([...values.values()].join()).toContain(String(lease.epoch + 1));
    expect(its.pendingTimers).toBe(0);
  });

  test('is taken once', async () => {
    const { storage, stored } = open();
    await stored.save(tokens, lease);
    expect(await stored.take()).toMatchObject({ tokens });
    expect(await stored.take()).toBeUndefined();
    expect(await storage.get('token-vigil:test')).toBeUndefined();
  });

  test('holds wall times only, and is placed on the clocks of the page that loads it', async () => {
    const { storage, stored } = open();
    await stored.save(tokens, lease);
    expect(await written()).not.toContain('monotonicMs');
    const other = createVirtualClock({ wallMs: clock.wallMs() + 60_000, monotonicMs: 5 });
    const loaded = await open(storage, other).stored.load();
    expect(loaded?.lease.accessDeadline).toEqual({
      wallMs: lease.accessDeadline.wallMs,
      monotonicMs: 5 + 299_000 - 60_000,
    });
    expect(loaded?.lease.scope).toBe('openid');
  });

  test('needs neither a refresh token nor a known end', async () => {
    const { stored } = open();
    const endless = leaseFrom({ renewable: false }, readInstant(clock), lease);
    await stored.save({ accessToken: 'a', refreshToken: undefined }, endless);
    expect(await stored.load()).toMatchObject({ tokens: { accessToken: 'a' }, lease: endless });
  });

  test('belongs to one session', async () => {
    const { storage, stored } = open();
    await stored.save(tokens, lease);
    const other = createStoredTokens(storage, 'other', { clock, flights: {}, source, onWarning: vi.fn() });
    expect(await other.load()).toBeUndefined();
  });
});

describe('foreign content', () => {
  const changed = async (path: string, value: unknown): Promise<string> => {
    const entry = JSON.parse(await written()) as Record<string, Record<string, unknown>>;
    const [first = '', second] = path.split('.');
    Object.assign(second ? (entry[first] ?? {}) : entry, { [second ?? first]: value });
    return JSON.stringify(entry);
  };

  test.each([
    ['version', 0],
    ['savedAtWallMs', null],
    ['source', 'https://other.test web'],
    ['tokens', null],
    ['tokens.accessToken', 7],
    ['tokens.accessToken', ''],
    ['tokens.accessToken', 'a\nb'],
    ['tokens.refreshToken', ''],
    ['tokens.idToken', ''],
    ['lease.generation', 2 ** 60],
    ['tokens.refreshToken', {}],
    ['lease', 'none'],
    ['lease.epoch', null],
    ['lease.lifeMs', '300000'],
    ['lease.freshUntil', null],
    ['lease.renewAt', 'soon'],
    ['lease.refreshDeadline', {}],
    ['lease.scope', 7],
  ])('%s: %j is ignored, removed and told of', async (path, value) => {
    const { storage, stored, onWarning } = open();
    await storage.set('token-vigil:test', await changed(path, value));
    expect(await stored.load()).toBeUndefined();
    expect(await storage.get('token-vigil:test')).toBeUndefined();
    expect(onWarning.mock.calls.map(([{ code }]) => code)).toEqual(['storage_ignored']);
  });

  test('of a newer release is ignored, left alone and told of', async () => {
    const { storage, stored, onWarning } = open();
    const newer = await changed('version', 2);
    await storage.set('token-vigil:test', newer);
    expect(await stored.load()).toBeUndefined();
    expect(await storage.get('token-vigil:test')).toBe(newer);
    expect(onWarning.mock.calls.map(([{ code }]) => code)).toEqual(['tabs_unavailable']);
  });

  test.each(['', 'null', '{', '[]', '7', '"text"'])('%j is ignored', async (text) => {
    const { storage, stored, onWarning } = open();
    await storage.set('token-vigil:test', text);
    expect(await stored.load()).toBeUndefined();
    expect(onWarning).toHaveBeenCalledOnce();
  });

  test('is told of once', async () => {
    const { storage, stored, onWarning } = open();
    for (let i = 0; i < 3; i++) {
      await storage.set('token-vigil:test', 'foreign');
      await stored.load();
    }
    expect(onWarning).toHaveBeenCalledOnce();
  });
});

describe('a storage that fails', () => {
  const secretive = new DOMException('refresh-secret', 'QuotaExceededError');

  test('at once is contained, and told of once, without its own words', async () => {
    const { stored, onWarning } = open(throwing(secretive));
    expect(await stored.load()).toBeUndefined();
    await stored.save(tokens, lease);
    await stored.clear();
    const warning = onWarning.mock.calls[0]?.[0];
    expect(onWarning).toHaveBeenCalledOnce();
    expect(isSessionError(warning) && warning.message).toBe('The token storage fails: QuotaExceededError');
    expect(warning?.cause).toBeUndefined();
  });

  test('by a name that holds what it was given is not quoted', async () => {
    for (const name of ['E refresh-secret', 'refresh-secret', 'refreshSecret', Symbol('refresh-secret')]) {
      const { stored, onWarning } = open(throwing(Object.assign(new Error('x'), { name })));
      await stored.load();
      expect(onWarning.mock.calls).toMatchObject([[{ message: 'The token storage fails: Error' }]]);
    }
  });

  test.each([undefined, null, 'text', new Error('later')])('later, with %s, is contained', async (error) => {
    const fail = async () => {
      throw error;
    };
    const { stored, onWarning } = open({ get: fail, set: fail, remove: fail });
    expect(await stored.load()).toBeUndefined();
    await stored.save(tokens, lease);
    expect(onWarning).toHaveBeenCalledOnce();
  });

  test('to write keeps no older entry, which holds a spent token', async () => {
    const storage = memoryStorage();
    const { stored } = open(storage);
    await stored.save(tokens, lease);
    const full = { ...storage, set: throwing(secretive).set };
    await open(full).stored.save(tokens, lease);
    expect(await storage.get('token-vigil:test')).toBeUndefined();
  });

  test('to answer is given up after two seconds', async () => {
    const its = createVirtualClock();
    const hang = () => new Promise<never>(() => {});
    const { stored, onWarning } = open({ get: hang, set: hang, remove: hang }, its);
    const loading = stored.load();
    await its.advance(2000);
    expect(await loading).toBeUndefined();
    expect(onWarning).toHaveBeenCalledOnce();
    expect(its.pendingTimers).toBe(0);
  });
});

test('a sign-out is not overtaken by a slow write', async () => {
  const calls: string[] = [];
  let finish = () => {};
  const slow = new Promise<void>((resolve) => (finish = resolve));
  const { stored } = open({
    get: () => null,
    set: () => slow.then(() => void calls.push('set')),
    remove: () => void calls.push('remove'),
  });
  const done = Promise.all([stored.save(tokens, lease), stored.clear()]);
  await drainMicrotasks();
  expect(calls).toEqual([]);
  finish();
  await done;
  expect(calls).toEqual(['set', 'remove']);
});

test('a write that takes longer than anybody waits for is followed by the removal all the same', async () => {
  const its = createVirtualClock();
  const values = new Map<string, string>();
  let finish = () => {};
  const slow = new Promise<void>((resolve) => (finish = resolve));
  const { stored, onWarning } = open(
    {
      get: (key) => values.get(key),
      set: (key, value) => slow.then(() => void values.set(key, value)),
      remove: (key) => void values.delete(key),
    },
    its,
  );
  const saved = stored.save(tokens, lease);
  const cleared = stored.clear();
  await its.advance(2000);
  await Promise.all([saved, cleared]);
  expect(onWarning).toHaveBeenCalled();
  finish();
  await drainMicrotasks();
  expect(values.size).toBe(0);
});

test.each([
  [100, 100, 100, true],
  [100, 200, 150, true],
  [101, 100, 0, false],
  [100, 200, 201, false],
])(
  'saved at %d, read at %d, with a clock that had reached %d: %s',
  (savedAtWallMs, now, highest, expected) => {
    expect(isTrustworthy({ savedAtWallMs }, now, highest)).toBe(expected);
  },
);
