import { expect, test, vi } from 'vitest';
import { leaseFrom } from '../../../machines/lease.ts';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import type { Held, RenewalRequest } from '../../../src/grants/renewTokens.ts';
import { createMarks } from '../../../src/grants/tabs/marks.ts';
import { createSharedRenewal, type SharedRenewalDeps } from '../../../src/grants/tabs/sharedRenewal.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { emptyRecord } from '../../../src/record/sessionRecord.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';

test.each([
  ['its tokens are marked', null],
  ['others are asked what has come of their mark', 'another 1'],
])('a tab whose session ends while %s sends nothing', async (_, mark) => {
  const clock = createVirtualClock();
  const record = createMemoryRecord();
  await record.update(() => ({ ...emptyRecord, epoch: 7, generation: 1, who: 'ada', mark }));
  const lease = leaseFrom({ expires_in: 300, renewable: true }, readInstant(clock), {
    epoch: 7,
    generation: 1,
  });
  const renewBy = vi.fn<SharedRenewalDeps['renewBy']>();
  const renew = createSharedRenewal({ record, clock, flights: {} } as unknown as GrantDeps, {
    judge: { vouchFor: (known) => known } as SharedRenewalDeps['judge'],
    marks: createMarks('this'),
    inTabTurn: (work) => work({ isStolen: false, isLost: () => false }),
    renewBy,
    isSpent: () => false,
    sourceFor: () => ({}) as ReturnType<SharedRenewalDeps['sourceFor']>,
    sparingSourceFor: () => undefined,
    announced: async () => undefined,
  });
  let held: Held | undefined = { tokens: { accessToken: 'access', refreshToken: 'refresh' }, lease };
  const outcome = renew({
    held: () => {
      const found = held;
      held = undefined;
      return found;
    },
    newer: async () => undefined,
  } as unknown as RenewalRequest);
  expect(await outcome).toEqual({ kind: 'overtaken' });
  expect(renewBy).not.toHaveBeenCalled();
});
