import { expect, test, vi } from 'vitest';
import { leaseFrom } from '../../../machines/lease.ts';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import { createCatchUp } from '../../../src/grants/tabs/catchUp.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { emptyRecord } from '../../../src/record/sessionRecord.ts';
import type { FoundTokens } from '../../../src/tabs/createTabs.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';
import { createVault } from '../../../src/vault/vault.ts';

const EPOCH = 7;

/** A tab with the first tokens of an epoch of which the record shows the second. */
const createTab = async ({ mark = null as string | null, generation = 2 } = {}) => {
  const clock = createVirtualClock();
  const vault = createVault();
  const record = createMemoryRecord();
  const leaseOf = (of: number) =>
    leaseFrom({ expires_in: 300, renewable: true }, readInstant(clock), { epoch: EPOCH, generation: of });
  const found = (of: number): FoundTokens => ({
    tokens: { accessToken: `access-${of}` },
    lease: leaseOf(of),
  });
  const first = vault.permitSignIn().commit({ accessToken: 'access-1' }, leaseOf(1), 'ada')!;
  await record.update(() => ({ ...emptyRecord, epoch: EPOCH, generation, who: 'ada', mark }));
  const ask = vi.fn<(counts: object, limitMs?: number) => Promise<FoundTokens | undefined>>(
    async () => undefined,
  );
  const stored = {
    load: vi.fn<() => Promise<never>>(async () => undefined as never),
    save: vi.fn<() => Promise<void>>(async () => {}),
  };
  const deps = {
    record,
    vault,
    clock,
    flights: {},
    tell: vi.fn<() => void>(),
    onUser: () => {},
    onError: () => {},
    options: {},
  };
  const { catchUp } = createCatchUp(deps as unknown as GrantDeps, { ask }, stored);
  return { clock, vault, record, found, leaseOf, first, ask, stored, catchUp };
};

test('a storage of this tab alone is told of what another tab has renewed', async () => {
  const { ask, found, stored, catchUp } = await createTab();
  ask.mockResolvedValueOnce(found(2));
  expect(await catchUp()).toMatchObject({ generation: 2 });
  expect(stored.save).toHaveBeenCalledWith(found(2).tokens, expect.objectContaining({ generation: 2 }));
});

test('what a storage has kept from the time before the clock was set back is not fresh', async () => {
  const { clock, record, found, stored, catchUp } = await createTab();
  await record.update((known) => ({ ...known, highestWallMs: clock.wallMs() + 60_000 }));
  stored.load.mockResolvedValueOnce({ ...found(2), savedAtWallMs: clock.wallMs() } as never);
  const taken = await catchUp();
  expect(taken).toMatchObject({ generation: 2, freshUntil: readInstant(clock) });
});

test.each([
  ['has signed in again', { generation: 3 }],
  ['has signed out, and somebody else in', { epoch: EPOCH + 1, generation: 1, who: 'bob' }],
])('tokens that no record shows are shown by none once the user %s', async (_, change) => {
  const { record, found, first, ask, catchUp } = await createTab({ mark: 'another 1', generation: 1 });
  ask.mockImplementationOnce(async () => {
    await record.update((known) => ({ ...known, ...change }));
    return found(2);
  });
  await catchUp(first);
  expect(await record.read()).toMatchObject(change);
});

test('whoever may have tokens that no record shows is given time to answer', async () => {
  const { first, ask, catchUp } = await createTab({ mark: 'another 1', generation: 1 });
  await catchUp(first);
  expect(ask.mock.calls).toEqual([[{ epoch: EPOCH, generation: 1, isLater: true }, 3000]]);
});

test('tokens that no record shows can be in the storage alone: whoever has renewed them is gone', async () => {
  const { record, found, first, stored, catchUp } = await createTab({ mark: 'another 1', generation: 1 });
  stored.load.mockResolvedValueOnce({ ...found(2), savedAtWallMs: found(2).lease.sentAt.wallMs } as never);
  expect(await catchUp(first)).toMatchObject({ generation: 2 });
  expect(await record.read()).toMatchObject({ generation: 2, mark: null });
});

test('tokens that no record shows can be more than one generation later', async () => {
  const { record, ask, found, first, catchUp } = await createTab({ mark: 'another 1', generation: 1 });
  ask.mockResolvedValueOnce(found(3));
  expect(await catchUp(first)).toMatchObject({ generation: 3 });
  expect(await record.read()).toMatchObject({ generation: 3, mark: null });
});

test('newer tokens are none where they are of another epoch', async () => {
  const { vault, leaseOf, first, catchUp } = await createTab();
  vault.wipe();
  vault.permitSignIn().commit({ accessToken: 'another' }, { ...leaseOf(1), epoch: EPOCH + 1 }, 'bob');
  expect(await catchUp(first)).toBeUndefined();
});
