import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type LeaseTerms,
  type TokenFacts,
  defaultLeaseTerms,
  isFresh,
  leaseFrom,
  marginOf,
} from '../../../machines/index.ts';
import { deadlineAfter, remainingMs } from '../../../src/time/deadline.ts';

const sentAt = { wallMs: 1_800_000_000_000, monotonicMs: 1000 };
const after = (ms: number) => deadlineAfter(sentAt, ms);
const at = (deadline: Parameters<typeof remainingMs>[0] | null) => deadline && remainingMs(deadline, sentAt);

const leaseOf = (facts: Partial<TokenFacts>, terms: Partial<LeaseTerms> = {}) =>
  leaseFrom(
    { renewable: true, ...facts },
    sentAt,
    { epoch: 3, generation: 2 },
    { ...defaultLeaseTerms, ...terms },
  );

describe('the margin', () => {
  test.each([
    [300_000, 10_000],
    [50_000, 10_000],
    [30_000, 6000],
    [5000, 1000],
    [4000, 1000],
    [3999, 799.8],
    [1000, 200],
    [0, 0],
  ])('of a life of %d ms is %d ms', (lifeMs, marginMs) => {
    expect(marginOf(lifeMs)).toBeCloseTo(marginMs, 6);
  });

  test('is the smaller of 10 s and a fifth, and at least 1 s for lives of 4 s and more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4000, max: 10_000_000 }), (lifeMs) => {
        expect(marginOf(lifeMs)).toBeGreaterThanOrEqual(1000);
        expect(marginOf(lifeMs)).toBeLessThanOrEqual(Math.min(10_000, Math.max(1000, lifeMs / 5)));
      }),
    );
  });
});

describe('a lease', () => {
  test('counts from when the request was sent, one second short, on two clocks', () => {
    const lease = leaseOf({ expires_in: 300, refresh_expires_in: 1800, scope: 'openid' });
    expect(lease).toEqual({
      epoch: 3,
      generation: 2,
      sentAt,
      lifeMs: 300_000,
      accessDeadline: after(299_000),
      freshUntil: after(289_000),
      refreshDeadline: after(1_799_000),
      renewAt: after(239_000),
      scope: 'openid',
    });
  });

  test('is fresh while strictly more than the margin is left', () => {
    const lease = leaseOf({ expires_in: 300 });
    expect(isFresh(lease, after(288_999))).toBe(true);
    expect(isFresh(lease, after(289_000))).toBe(false);
  });

  test('is fresh only if both clocks agree', () => {
    const lease = leaseOf({ expires_in: 300 });
    const slept = { ...after(1000), wallMs: sentAt.wallMs + 290_000 };
    const setBack = { ...after(290_000), wallMs: sentAt.wallMs - 3_600_000 };
    expect([isFresh(lease, slept), isFresh(lease, setBack)]).toEqual([false, false]);
  });

  test('without `expires_in` has the default life, never an endless one', () => {
    expect(leaseOf({}).lifeMs).toBe(300_000);
    expect(leaseOf({}, { defaultTokenLifetimeMs: 60_000 }).accessDeadline).toEqual(after(59_000));
  });

  test.each([0, 1])('of %d s was never fresh', (expires_in) => {
    expect(isFresh(leaseOf({ expires_in }), sentAt)).toBe(false);
  });

  test('of 2 s, as Keycloak gives them at the end, is fresh for a moment', () => {
    const lease = leaseOf({ expires_in: 2, refresh_expires_in: 2 });
    expect(isFresh(lease, after(599))).toBe(true);
    expect(isFresh(lease, after(600))).toBe(false);
  });

  test('of forty days is renewed a minute ahead', () => {
    const seconds = 40 * 86_400;
    expect(at(leaseOf({ expires_in: seconds }).renewAt)).toBe(seconds * 1000 - 61_000);
  });

  test.each([[undefined], [0]])(
    'whose `refresh_expires_in` is %s has no known refresh end',
    (refresh_expires_in) => {
      const lease = leaseOf({ expires_in: 300, refresh_expires_in });
      expect(lease.refreshDeadline).toBeNull();
      expect(lease.renewAt).toEqual(after(239_000));
    },
  );

  test('is renewed ahead of the refresh token where that is the shorter', () => {
    const lease = leaseOf({ expires_in: 3600, refresh_expires_in: 1800 });
    expect(at(lease.renewAt)).toBe(1_799_000 - 60_000);
  });

  test('of an answer that left the refresh token in place keeps its end, and is renewed ahead of that as well', () => {
    const lease = leaseOf({ expires_in: 3600, keptRefreshDeadline: after(1_799_000) });
    expect(lease.refreshDeadline).toEqual(after(1_799_000));
    expect(at(lease.renewAt)).toBe(1_799_000 - 60_000);
  });

  test('prefers the refresh end that came with the answer to the kept one', () => {
    const lease = leaseOf({ expires_in: 300, refresh_expires_in: 1800, keptRefreshDeadline: after(5000) });
    expect(lease.refreshDeadline).toEqual(after(1_799_000));
  });

  test('that nothing can renew has no renewal and no refresh end, whatever the answer says', () => {
    const lease = leaseOf({ expires_in: 300, refresh_expires_in: 1800, renewable: false });
    expect([lease.renewAt, lease.refreshDeadline]).toEqual([null, null]);
  });

  test('is plain JSON', () => {
    for (const lease of [leaseOf({}), leaseOf({ expires_in: 1, renewable: false })]) {
      expect(JSON.parse(JSON.stringify(lease))).toStrictEqual(lease);
    }
  });
});

describe('the lead', () => {
  const lives = fc.integer({ min: 1, max: 100 * 86_400 });
  const termsOf = fc.record({
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    maxRenewAheadMs: fc.integer({ min: 1, max: 600_000 }),
    defaultTokenLifetimeMs: fc.constant(300_000),
  });

  test('is above the margin and at most half of the life, whatever the jitter', () => {
    fc.assert(
      fc.property(lives, termsOf, (expires_in, terms) => {
        const lease = leaseOf({ expires_in }, terms);
        const leadMs = remainingMs(lease.accessDeadline, lease.renewAt!);
        expect(leadMs).toBeGreaterThan(marginOf(lease.lifeMs) - 1e-3);
        expect(leadMs).toBeLessThanOrEqual(lease.lifeMs / 2 + 1e-3);
      }),
    );
  });

  test('never leaves a moment in which the token is stale and no renewal is due', () => {
    fc.assert(
      fc.property(
        lives,
        fc.option(lives, { nil: undefined }),
        termsOf,
        (expires_in, refresh_expires_in, terms) => {
          const lease = leaseOf({ expires_in, refresh_expires_in }, terms);
          expect(remainingMs(lease.freshUntil, lease.renewAt!)).toBeGreaterThanOrEqual(-1e-3);
        },
      ),
    );
  });

  test('is a quarter of the life where that is less than a minute', () => {
    expect(at(leaseOf({ expires_in: 100 }).renewAt)).toBe(99_000 - 25_000);
  });

  test('jitters by up to a tenth and only ever earlier', () => {
    const steady = at(leaseOf({ expires_in: 300 }).renewAt)!;
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (jitter) => {
        const earlierMs = steady - at(leaseOf({ expires_in: 300 }, { jitter }).renewAt)!;
        expect(earlierMs).toBeGreaterThanOrEqual(-1e-3);
        expect(earlierMs).toBeLessThanOrEqual(6000 + 1e-3);
      }),
    );
  });

  test('leaves a renewal at least half of a short refresh token', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), termsOf, (refresh_expires_in, terms) => {
        const lease = leaseOf({ expires_in: 3600, refresh_expires_in }, terms);
        expect(at(lease.renewAt)!).toBeGreaterThanOrEqual(at(lease.refreshDeadline)! / 2 - 500 - 1e-3);
        expect(remainingMs(lease.refreshDeadline!, lease.renewAt!)).toBeGreaterThan(0);
      }),
    );
  });
});

test('a life of 4 s keeps half of it ahead of the renewal, whatever the jitter', () => {
  const lease = leaseOf({ expires_in: 4 }, { jitter: 1 });
  expect(remainingMs(lease.accessDeadline, lease.renewAt!)).toBe(2000);
});
