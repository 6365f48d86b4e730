import { describe, expect, it } from 'vitest';
import type { Lease } from '../../../machines/lease.ts';
import { defaultMachineSettings } from '../../../machines/sessionContext.ts';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import { isOver } from '../../../src/grants/signIn/isOver.ts';
import { emptyRecord } from '../../../src/record/sessionRecord.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';
import { deadlineAfter } from '../../../src/time/deadline.ts';

const nowMs = 1_700_000_000_000;

interface Case {
  /** How long nobody was there; `null`: nobody knows. */
  readonly awayMs: number | null;
  readonly signOutAfter?: number;
  /** When the refresh token ends, from now; it lived for ten minutes. */
  readonly endsInMs?: number;
  readonly idle?: null;
}

const judge = ({ awayMs, signOutAfter, endsInMs, idle }: Case): boolean => {
  const clock = createVirtualClock({ wallMs: nowMs });
  const end = endsInMs === undefined ? null : deadlineAfter(readInstant(clock), endsInMs);
  const lease = {
    sentAt: deadlineAfter(readInstant(clock), (endsInMs ?? 0) - 600_000),
    refreshDeadline: end,
  } as Lease;
  const options = {
    idle: signOutAfter === undefined ? {} : { signOutAfter },
    machine: { ...defaultMachineSettings, ...(idle === null && { idle }) },
  } as GrantDeps['options'];
  const lastActivityWallMs = awayMs === null ? null : nowMs - awayMs;
  return isOver({ ...emptyRecord, lastActivityWallMs }, { clock, options }, lease);
};

describe('whether nobody was there for too long', () => {
  it.each<[string, Case, boolean]>([
    ['as long as the policy allows', { awayMs: 60_000, signOutAfter: 60_000 }, true],
    ['a moment less', { awayMs: 59_999, signOutAfter: 60_000 }, false],
    ['for ever, without a policy', { awayMs: 1e12 }, false],
    ['nobody knows how long', { awayMs: null, signOutAfter: 60_000 }, false],
  ])('for the policy: %s', (_what, given, wanted) => {
    expect(judge(given)).toBe(wanted);
  });

  // Away after half the life of the first refresh token: five minutes.
  it.each<[string, Case, boolean]>([
    ['it ends now', { awayMs: 300_000, endsInMs: 0 }, true],
    ['it has ended', { awayMs: 300_000, endsInMs: -1 }, true],
    ['it lasts a moment', { awayMs: 300_000, endsInMs: 1 }, false],
    ['somebody was there', { awayMs: 299_999, endsInMs: 0 }, false],
    ['nobody knows when somebody was', { awayMs: null, endsInMs: 0 }, false],
    ['nobody counts as away', { awayMs: 1e12, endsInMs: 0, idle: null }, false],
    ['nobody knows when it ends', { awayMs: 1e12 }, false],
  ])('for a refresh token: %s', (_what, given, wanted) => {
    expect(judge(given)).toBe(wanted);
  });
});
