import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leaseFrom } from '../../../machines/lease.ts';
import { leaseAtWall, leaseByRest, leaseByWall, leaseSince } from '../../../src/tabs/sharedTokens.ts';
import { messageFrom, messageOf } from '../../../src/tabs/tabMessage.ts';

const sentAt = { wallMs: 1_800_000_000_000, monotonicMs: 5000 };
const lease = leaseFrom({ expires_in: 300, refresh_expires_in: 1800, renewable: true }, sentAt, {
  epoch: 7,
  generation: 3,
});
const shared = {
  tokens: { accessToken: 'access', refreshToken: 'refresh', idToken: undefined },
  lease: leaseByWall(lease, sentAt),
  sharedAtWallMs: sentAt.wallMs,
};

test.each([
  messageOf({ type: 'changed' }),
  messageOf({ type: 'renewed', shared }),
  messageOf({ type: 'asked', id: 'a', epoch: 7, generation: 3, isLater: false }),
  messageOf({ type: 'answered', id: 'a', shared }),
])('what a tab sends is heard as it was sent: %j', (message) => {
  expect(messageFrom(structuredClone(message))).toEqual(message);
});

test.each([
  undefined,
  null,
  'changed',
  7,
  [],
  { type: 'changed' },
  { version: 0, type: 'changed' },
  { version: 1, type: 'toString' },
  { version: 1, type: 'renewed' },
  { version: 1, type: 'renewed', shared: { ...shared, tokens: { accessToken: '' } } },
  { version: 1, type: 'renewed', shared: { ...shared, tokens: { accessToken: 'a\nb' } } },
  { version: 1, type: 'renewed', shared: { ...shared, lease: { ...shared.lease, epoch: Infinity } } },
  { version: 1, type: 'renewed', shared: { ...shared, lease: { ...shared.lease, freshUntil: null } } },
  { version: 1, type: 'renewed', shared: { ...shared, sharedAtWallMs: 'now' } },
  { version: 1, type: 'asked', id: 7, epoch: 7, generation: 3, isLater: false },
  { version: 1, type: 'asked', id: 'a', epoch: '7', generation: 3, isLater: false },
  { version: 1, type: 'asked', id: 'a', epoch: 7, generation: 3 },
])('what another script has posted is no message: %j', (data) => {
  expect(messageFrom(data)).toBeUndefined();
});

test('what a newer release sends is known as such, whatever it is', () => {
  expect(messageFrom({ version: 2, type: 'anything' })).toBe('newer');
});

test('nothing that can be posted throws', () => {
  fc.assert(fc.property(fc.anything(), (data) => void messageFrom(data)));
});

test('a lease told unasked is placed by its wall times, however late it is heard', () => {
  const now = { wallMs: sentAt.wallMs + 1000, monotonicMs: 90 };
  const placed = leaseAtWall(leaseByWall(lease, sentAt), now);
  expect(placed.accessDeadline).toEqual({ wallMs: lease.accessDeadline.wallMs, monotonicMs: 90 + 298_000 });
  expect(placed).toMatchObject({ epoch: 7, generation: 3, lifeMs: 300_000 });
});

test('a lease told after the wall clock was set back is no longer than the other clock says', () => {
  const there = { wallMs: sentAt.wallMs - 420_000, monotonicMs: sentAt.monotonicMs + 1000 };
  const { accessDeadline } = leaseAtWall(leaseByWall(lease, there), { ...there, monotonicMs: 90 });
  expect(accessDeadline).toEqual({ wallMs: there.wallMs + 298_000, monotonicMs: 90 + 298_000 });
});

test('a lease that was asked for counts from the question, by the more pessimistic clock of the other tab', () => {
  const there = { wallMs: sentAt.wallMs + 60_000, monotonicMs: sentAt.monotonicMs + 10_000 };
  const askedAt = { wallMs: 42, monotonicMs: 7 };
  const placed = leaseSince(leaseByRest(lease, there), askedAt);
  expect(placed.accessDeadline).toEqual({ wallMs: 42 + 239_000, monotonicMs: 7 + 239_000 });
  expect(leaseSince(leaseByRest({ ...lease, renewAt: null }, there), askedAt).renewAt).toBeNull();
});
