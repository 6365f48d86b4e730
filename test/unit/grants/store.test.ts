import { expect, test, vi } from 'vitest';
import { leaseFrom } from '../../../machines/lease.ts';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import * as optionalParts from '../../../src/grants/optionalParts.ts';
import { createStore } from '../../../src/grants/store.ts';
import { memoryStorage } from '../../../src/storage/memoryStorage.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';

const lease = leaseFrom({ expires_in: 300, renewable: true }, readInstant(createVirtualClock()), {
  epoch: 1,
  generation: 1,
});

const storeWith = (loadOptional: GrantDeps['loadOptional'], clientId = 'web', storage = memoryStorage()) => {
  const clock = createVirtualClock();
  const options = { storage, issuer: 'https://id.test', clientId };
  const deps = { clock, flights: {}, name: 'app', options, loadOptional, onWarning: () => {} };
  return { storage, store: createStore(deps as unknown as GrantDeps)! };
};

test('its code is loaded ahead, and what is saved from then on is there before the page can be left', async () => {
  let isAsked = false;
  const { storage, store } = storeWith(async () => {
    isAsked = true;
    return optionalParts;
  });
  expect(isAsked).toBe(true);
  await store.ready();
  void store.save({ accessToken: 'access' }, lease);
  // No macrotask: a page can be left in any of them.
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  expect(await storage.get('token-vigil:app')).toContain('access');
});

test('code that cannot be loaded holds nobody up', async () => {
  const { store } = storeWith(async () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  await store.ready();
  await store.save({ accessToken: 'access' }, lease);
  await store.clear();
  expect(await store.take()).toBeUndefined();
  await expect(store.load()).rejects.toThrow('dynamically imported');
});

test('what is saved is loaded, and taken or cleared it is gone', async () => {
  const { store } = storeWith(async () => optionalParts);
  const tokens = { accessToken: 'access' };
  const entry = { source: 'https://id.test web', tokens, lease: { epoch: 1, generation: 1 } };
  await store.save(tokens, lease);
  expect([await store.load(), await store.take(), await store.take()]).toMatchObject([
    entry,
    entry,
    undefined,
  ]);
  await store.save(tokens, lease);
  await store.clear({ epoch: 2, generation: 1 });
  expect(await store.load()).toMatchObject(entry);
  await store.clear({ epoch: 1, generation: 1 });
  expect(await store.load()).toBeUndefined();
});

test('what another client has saved is foreign', async () => {
  const { storage, store } = storeWith(async () => optionalParts);
  await store.save({ accessToken: 'access' }, lease);
  const { store: other } = storeWith(async () => optionalParts, 'other', storage);
  expect(await other.load()).toBeUndefined();
});

test('without a storage there is nothing to keep, and nothing is loaded', () => {
  const loadOptional = vi.fn(async () => optionalParts);
  expect(createStore({ options: {}, loadOptional } as unknown as GrantDeps)).toBeUndefined();
  expect(loadOptional).not.toHaveBeenCalled();
});
