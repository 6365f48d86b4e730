import { expect, test } from 'vitest';
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

const storeWith = (loadOptional: GrantDeps['loadOptional']) => {
  const storage = memoryStorage();
  const clock = createVirtualClock();
  const deps = { clock, flights: {}, name: 'app', options: { storage }, loadOptional, onWarning: () => {} };
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
  await expect(store.load()).rejects.toThrow('dynamically imported');
});
