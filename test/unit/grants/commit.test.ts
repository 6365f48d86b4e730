import { expect, test, vi } from 'vitest';
import { type Arrival, createCommit } from '../../../src/grants/commit.ts';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import type { TokenAnswer } from '../../../src/grants/protocol/tokenAnswer.ts';
import { createRecordJudge } from '../../../src/record/judgeRecord.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';
import { createVault, type Permit } from '../../../src/vault/vault.ts';

/** A vault with its record, and what was given back to the provider. */
const stage = () => {
  const [clock, vault, record] = [createVirtualClock(), createVault(), createMemoryRecord()];
  const given: string[] = [];
  const told: string[] = [];
  const deps = {
    clock,
    vault,
    record,
    flights: {},
    random: () => 0.5,
    options: { issuer: 'https://id.test', defaultTokenLifetime: 300_000, maxRenewAhead: 60_000 },
    onUser: () => {},
    tell: ({ type }: { type: string }) => void told.push(type),
  } as unknown as GrantDeps;
  const continuity = { isBroken: () => false, stretch: 0, mend: () => {} };
  const commit = createCommit(deps, {
    judge: createRecordJudge({ vault, clock, continuity }),
    stored: undefined,
    isRenewableWithout: false,
    giveBack: ({ accessToken }) => void given.push(accessToken),
  });
  const answer = (sub: string | undefined, accessToken: string): TokenAnswer => ({
    tokens: { accessToken, refreshToken: `refresh ${accessToken}` },
    facts: { expires_in: 300, refresh_expires_in: undefined, scope: undefined },
    sentAt: readInstant(clock),
    claims: sub === undefined ? undefined : { iss: 'https://id.test', sub },
  });
  const arrive = async (
    by: Arrival['by'],
    permit: Permit,
    sub: string | undefined,
    accessToken: string,
  ): Promise<string> => (await commit({ by, permit, answer: answer(sub, accessToken) })).kind;
  const signIn = (sub: string | undefined, accessToken = `${sub}'s`): Promise<string> =>
    arrive('user', vault.permitSignIn(), sub, accessToken);
  return { vault, record, given, told, arrive, signIn };
};

test('the late answer to a renewal is given back once its user has signed out', async () => {
  const { vault, given, arrive, signIn } = stage();
  await signIn('ada');
  const permit = vault.permitRenewal();
  vault.wipe();
  expect(await arrive('renewal', permit, 'ada', 'late')).toBe('overtaken');
  expect(given).toEqual(['late']);
});

test('and so it is before the record has learned of the sign-out', async () => {
  const { vault, record, given, arrive, signIn } = stage();
  await signIn('ada');
  const permit = vault.permitSignIn();
  vault.wipe();
  expect((await record.read()).who).toBe('ada');
  await arrive('user', permit, 'ada', 'late');
  expect(given).toEqual(['late']);
});

test('it is not where the same user has signed in again: the provider may take it for all of their sessions', async () => {
  const { vault, given, arrive, signIn } = stage();
  await signIn('ada');
  const permit = vault.permitRenewal();
  vault.wipe();
  await signIn('ada', 'new');
  await arrive('renewal', permit, 'ada', 'late');
  expect([given, vault.bearer()?.token]).toEqual([[], 'new']);
});

test.each(['bob', 'mallory'])(
  'an answer to a renewal of another user, %s, is neither taken nor given back: they live on elsewhere',
  async (named) => {
    const { vault, given, arrive, signIn } = stage();
    await signIn('ada');
    const permit = vault.permitRenewal();
    await signIn('bob');
    expect(await arrive('renewal', permit, named, 'late')).toBe('overtaken');
    expect([given, vault.who(), vault.bearer()?.token]).toEqual([[], 'bob', "bob's"]);
  },
);

test('whoever signed in without a name is named by the answer, and that is what decides', async () => {
  const { vault, given, arrive, signIn } = stage();
  await signIn(undefined, 'nameless');
  const permit = vault.permitRenewal();
  vault.wipe();
  await signIn('bob');
  await arrive('renewal', permit, 'bob', 'same');
  await arrive('renewal', permit, 'eve', 'other');
  expect(given).toEqual(['other']);
});

test('where another tab has signed in as somebody else the answer is given back, and the page looks', async () => {
  const { vault, record, given, told, arrive, signIn } = stage();
  await signIn('ada');
  await record.update((known) => ({ ...known, epoch: known.epoch + 1, who: 'bob' }));
  expect(await arrive('renewal', vault.permitRenewal(), 'ada', 'late')).toBe('overtaken');
  expect([given, told]).toEqual([['late'], ['page.awake']]);
});

test('where another tab has signed in as the same user it is dropped', async () => {
  const { vault, record, given, arrive, signIn } = stage();
  await signIn('ada');
  await record.update((known) => ({ ...known, epoch: known.epoch + 1 }));
  expect(await arrive('renewal', vault.permitRenewal(), 'ada', 'late')).toBe('overtaken');
  expect(given).toEqual([]);
});

/** Something happens between the record's transaction and the vault. */
const inBetween = ({ record }: ReturnType<typeof stage>, happens: () => unknown): void => {
  const changed = record as { update: typeof record.update };
  const { update } = record;
  changed.update = async (change) => {
    changed.update = update;
    const known = await update(change);
    await happens();
    return known;
  };
};

test('a sign-in that is given up in the middle of its commit changes nothing', async () => {
  const made = stage();
  await made.signIn('ada');
  const before = await made.record.read();
  const permit = made.vault.permitSignIn();
  inBetween(made, permit.revoke);
  expect(await made.arrive('user', permit, 'bob', 'late')).toBe('overtaken');
  expect(await made.record.read()).toEqual(before);
  expect([made.given, made.vault.who()]).toEqual([['late'], 'ada']);
});

/** Ada is here; Bob's sign-in is in the record, is told so late, and is given up by then. */
const givenUpLate = async () => {
  const made = stage();
  await made.signIn('ada');
  const before = await made.record.read();
  const permit = made.vault.permitSignIn();
  let go = (): void => {};
  inBetween(made, () => new Promise<void>((resolve) => (go = resolve)));
  const first = made.arrive('user', permit, 'bob', 'first');
  await vi.waitFor(async () => expect((await made.record.read()).who).toBe('bob'));
  return { ...made, before, first, permit, go: () => go() };
};

test('and so it is where another sign-in, given up as well, comes in between', async () => {
  const { vault, record, before, first, given, signIn, go } = await givenUpLate();
  const second = signIn('bob', 'second');
  vault.permitSignIn();
  go();
  expect(await Promise.all([first, second])).toEqual(['overtaken', 'overtaken']);
  expect([await record.read(), given.toSorted(), vault.who()]).toEqual([before, ['first', 'second'], 'ada']);
});

test('nor does it cost a renewal that comes in between', async () => {
  const { vault, record, first, permit, given, arrive, go } = await givenUpLate();
  permit.revoke();
  const renewal = arrive('renewal', vault.permitRenewal(), 'ada', 'newer');
  go();
  expect(await Promise.all([first, renewal])).toEqual(['overtaken', 'taken']);
  expect([await record.read(), given]).toMatchObject([{ who: 'ada', generation: 2 }, ['first']]);
});

test('and it does not undo a sign-out', async () => {
  const made = stage();
  const { vault, record } = made;
  await made.signIn('ada');
  inBetween(made, () => {
    vault.wipe();
    return record.update((known) => ({ ...known, who: null }));
  });
  expect(await made.signIn('ada', 'late')).toBe('overtaken');
  expect([made.given, (await record.read()).who]).toEqual([['late'], null]);
});

test('a sign-in that is given up goes back where another tab has signed out, though this page has not looked', async () => {
  const { vault, record, given, arrive, signIn } = stage();
  await signIn('ada');
  const permit = vault.permitSignIn();
  permit.revoke();
  await record.update((known) => ({ ...known, who: null }));
  await arrive('user', permit, 'ada', 'late');
  expect([given, vault.who()]).toEqual([['late'], 'ada']);
});

test('what a restore finds is dropped where the same user has signed in meanwhile', async () => {
  const { vault, given, arrive, signIn } = stage();
  const permit = vault.permitRestore();
  await signIn('ada');
  expect(await arrive('provider', permit, 'ada', 'late')).toBe('overtaken');
  expect(given).toEqual([]);
});

test.each(['provider', 'storage'] as const)(
  'what a restore finds (%s) gives way to a sign-out in another tab meanwhile',
  async (by) => {
    const { vault, record, given, arrive, signIn } = stage();
    await signIn('ada');
    vault.wipe();
    await record.update((known) => ({ ...known, who: null }));
    expect(await arrive(by, vault.permitRestore(), 'ada', 'late')).toBe('overtaken');
    expect([given, vault.who(), (await record.read()).who]).toEqual([['late'], undefined, null]);
  },
);
