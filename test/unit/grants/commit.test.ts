import { describe, expect, test, vi } from 'vitest';
import type { Arrival } from '../../../src/grants/arrival.ts';
import { createCommit } from '../../../src/grants/commit.ts';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import type { TokenAnswer } from '../../../src/grants/protocol/tokenAnswer.ts';
import { createRecordJudge } from '../../../src/record/judgeRecord.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { emptyRecord, withPrompt } from '../../../src/record/sessionRecord.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import { createMarks } from '../../../src/grants/tabs/marks.ts';
import type { Store } from '../../../src/grants/store.ts';
import { type Instant, readInstant } from '../../../src/time/clock.ts';
import { deadlineAfter } from '../../../src/time/deadline.ts';
import { createVault, type Permit, type TokenSet } from '../../../src/vault/vault.ts';

/** An unsigned token of theirs. */
const jwtOf = (sub: string): string =>
  ['{}', JSON.stringify({ iss: 'https://id.test', sub }), '']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

/** What is different about an arrival, and its answer. */
type How = Partial<Omit<Arrival, 'answer' | 'by' | 'permit'>> & {
  readonly tokens?: Partial<TokenSet>;
  readonly facts?: Partial<TokenAnswer['facts']>;
  readonly sentAt?: Instant;
};

interface Surroundings {
  readonly isRenewableWithout?: boolean;
  /** Whether the page may have been frozen: then a record that was lost stays lost. */
  readonly isBroken?: boolean;
  readonly stored?: Store;
  /** Whether the page has something in common with others. */
  readonly isShared?: boolean;
}

/** A vault with its record, and what was given back to the provider. */
const stage = ({
  isRenewableWithout = false,
  isBroken = false,
  isShared = true,
  stored,
}: Surroundings = {}) => {
  const [clock, vault, record] = [createVirtualClock(), createVault(), createMemoryRecord()];
  const given: string[] = [];
  const told: unknown[] = [];
  const users: unknown[] = [];
  const deps = {
    clock,
    vault,
    record,
    flights: {},
    random: () => 0.5,
    options: {
      tabs: isShared,
      issuer: 'https://id.test',
      defaultTokenLifetime: 120_000,
      maxRenewAhead: 20_000,
    },
    onUser: (user: unknown, epoch: number) => void users.push([user, epoch]),
    tell: (event: object) => void told.push(event),
  } as unknown as GrantDeps;
  const continuity = { canVouch: () => !isBroken, stretch: 0, mend: () => {}, interrupt: () => {} };
  const commit = createCommit(deps, {
    judge: createRecordJudge({ ...deps, continuity }),
    marks: createMarks('this tab'),
    stored,
    isRenewableWithout,
    isUnseen: () => false,
    giveBack: ({ accessToken }) => void given.push(accessToken),
    announce: () => {},
  });
  const answer = (
    sub: string | undefined,
    accessToken: string,
    { tokens, facts, sentAt }: How = {},
  ): TokenAnswer => ({
    tokens: { accessToken, refreshToken: `refresh ${accessToken}`, ...tokens },
    facts: { expires_in: 300, refresh_expires_in: undefined, scope: undefined, ...facts },
    sentAt: sentAt ?? readInstant(clock),
    claims: sub === undefined ? undefined : { iss: 'https://id.test', sub },
  });
  const arrive = async (
    by: Arrival['by'],
    permit: Permit,
    sub: string | undefined,
    accessToken: string,
    how?: How,
  ): Promise<string> => (await commit({ ...how, by, permit, answer: answer(sub, accessToken, how) })).kind;
  const signIn = (sub: string | undefined, accessToken = `${sub}'s`, how?: How): Promise<string> =>
    arrive('user', vault.permitSignIn(), sub, accessToken, how);
  const renew = (sub: string | undefined, how?: How): Promise<string> =>
    arrive('renewal', vault.permitRenewal(), sub, 'renewed', how);
  return { clock, vault, record, given, told, users, arrive, signIn, renew };
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

test('and so it is where only the tokens that were renewed tell that it is another’s', async () => {
  const { vault, given, arrive, signIn } = stage();
  await signIn('ada');
  const permit = vault.permitRenewal();
  vault.wipe();
  const from = { accessToken: jwtOf('ada') };
  expect(await arrive('renewal', permit, undefined, jwtOf('bob'), { from })).toBe('overtaken');
  expect(await arrive('renewal', permit, undefined, jwtOf('ada'), { from })).toBe('overtaken');
  expect(given).toEqual([jwtOf('ada')]);
});

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

describe('of whoever has no name', () => {
  test.each<[string, (made: ReturnType<typeof stage>) => unknown]>([
    [
      'in another tab',
      ({ record }) => record.update((known) => ({ ...known, generation: known.generation + 1 })),
    ],
    [
      'by the tokens of another tab',
      ({ vault }) => vault.permitTab().commit({ accessToken: 'newer' }, vault.lease()!, ''),
    ],
  ])(
    'a renewal that lost against a newer one %s is not given back: the session goes on',
    async (_how, lose) => {
      const made = stage();
      const { vault, given, arrive, signIn } = made;
      await signIn(undefined, 'nameless');
      const permit = vault.permitRenewal();
      await lose(made);
      expect(await arrive('renewal', permit, undefined, 'late', { since: 1 })).toBe('overtaken');
      expect(given).toEqual([]);
    },
  );

  test('nor is what was renewed of a storage', async () => {
    const { vault, record, given, arrive, signIn } = stage();
    await signIn(undefined, 'nameless');
    const stored = vault.lease()!;
    vault.wipe();
    await record.update((known) => ({ ...known, generation: 2 }));
    expect(await arrive('storage', vault.permitRestore(), undefined, 'late', { stored, since: 1 })).toBe(
      'overtaken',
    );
    expect(given).toEqual([]);
  });

  test.each<Arrival['by']>(['renewal', 'user'])(
    'a %s is given back where somebody else is here',
    async (by) => {
      const { vault, given, arrive, signIn } = stage();
      await signIn(undefined, 'nameless');
      const permit = by === 'user' ? vault.permitSignIn() : vault.permitRenewal();
      await signIn(undefined, 'other');
      await arrive(by, permit, undefined, 'late');
      expect(given).toEqual(['late']);
    },
  );

  test.each([
    [undefined, ''],
    ['ada', 'ada'],
  ])('what a storage has kept goes on in its epoch, and may be named %s by then', async (named, who) => {
    const { vault, record, arrive, signIn } = stage();
    await signIn(undefined, 'nameless');
    const stored = vault.lease()!;
    vault.wipe();
    expect(await arrive('storage', vault.permitRestore(), named, 'renewed', { stored })).toBe('taken');
    expect([vault.lease(), await record.read()]).toMatchObject([
      { epoch: stored.epoch, generation: 2 },
      { epoch: stored.epoch, generation: 2, who },
    ]);
  });
});

test('where another tab has signed in as somebody else the answer is given back, and the page looks', async () => {
  const { vault, record, given, told, arrive, signIn } = stage();
  await signIn('ada');
  await record.update((known) => ({ ...known, epoch: known.epoch + 1, who: 'bob' }));
  expect(await arrive('renewal', vault.permitRenewal(), 'ada', 'late')).toBe('overtaken');
  expect([given, told]).toEqual([['late'], [{ type: 'page.awake', restored: false }]]);
});

test('where another tab has signed in as the same user it is dropped', async () => {
  const { vault, record, given, arrive, signIn } = stage();
  await signIn('ada');
  await record.update((known) => ({ ...known, epoch: known.epoch + 1 }));
  expect(await arrive('renewal', vault.permitRenewal(), 'ada', 'late')).toBe('overtaken');
  expect(given).toEqual([]);
});

test.each<[Arrival['by'], boolean]>([
  ['renewal', true],
  ['adoption', false],
])('without a record, an access token alone by %s goes into the storage: %s', async (by, isKept) => {
  const save = vi.fn<() => Promise<void>>(async () => {});
  const { vault, record, arrive, signIn } = stage({ stored: { save, ready: async () => {} } as never });
  Object.assign(record, { hasLost: () => true });
  await signIn('ada');
  await arrive(by, vault.permitRenewal(), 'ada', 'newer', { tokens: { refreshToken: undefined } });
  expect(save).toHaveBeenCalledTimes(isKept ? 2 : 1);
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

test('nor a sign-in of the same user in another tab', async () => {
  const made = stage();
  const { vault, record } = made;
  await made.signIn('ada');
  const permit = vault.permitSignIn();
  inBetween(made, () => {
    permit.revoke();
    return record.update((known) => ({ ...known, generation: known.generation + 1 }));
  });
  expect(await made.arrive('user', permit, 'ada', 'late')).toBe('overtaken');
  expect(await record.read()).toMatchObject({ who: 'ada', generation: 3 });
});

test.each<[string, string | undefined, How]>([
  ['without a usable life', 'ada', { facts: { expires_in: 1 } }],
  ['without a name', undefined, {}],
])('a sign-in %s that is given up is nobody’s error', async (_what, sub, how) => {
  const { vault, given, arrive, signIn } = stage();
  await signIn('bob');
  const permit = vault.permitSignIn();
  permit.revoke();
  expect([await arrive('user', permit, sub, 'late', how), given]).toEqual(['overtaken', ['late']]);
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
const without = { tokens: { refreshToken: undefined } };

describe('what came can be renewed', () => {
  test.each<[string, How, boolean, boolean]>([
    ['with a refresh token', {}, false, true],
    ['without one', without, false, false],
    ['without one, where a sign-in in a frame does it', without, true, true],
    ['with both', {}, true, true],
  ])('%s', async (_what, how, isRenewableWithout, isRenewable) => {
    const { vault, signIn } = stage({ isRenewableWithout });
    await signIn('ada', 'first', how);
    expect(vault.lease()!.renewAt !== null).toBe(isRenewable);
  });

  test('ahead of its end, by what the options say', async () => {
    const { clock, vault, signIn } = stage();
    await signIn('ada', 'first', { facts: { expires_in: undefined } });
    // 20 s ahead, and half of the tenth by which the tabs differ; a second is lost to the rounding of servers.
    const renewAt = deadlineAfter(readInstant(clock), 120_000 - 1000 - 21_000);
    expect(vault.lease()).toMatchObject({ lifeMs: 120_000, renewAt });
  });

  test('where a renewal leaves the refresh token in place, until that one ends', async () => {
    const { clock, vault, signIn, renew } = stage();
    await signIn('ada', 'first', { facts: { refresh_expires_in: 600 } });
    const { refreshDeadline } = vault.lease()!;
    await clock.advance(10_000);
    await renew('ada', without);
    expect(vault.lease()).toMatchObject({ refreshDeadline, generation: 2 });
    expect([refreshDeadline, vault.lease()!.renewAt]).not.toContain(null);
  });

  test('and not by one that none was left in place for', async () => {
    const { vault, signIn, renew } = stage();
    await signIn('ada', 'first', without);
    await renew('ada', without);
    expect(vault.lease()!.renewAt).toBeNull();
  });

  test('of the end of a new refresh token the old one says nothing', async () => {
    const { vault, signIn, renew } = stage();
    await signIn('ada', 'first', { facts: { refresh_expires_in: 600 } });
    await renew('ada');
    expect(vault.lease()!.refreshDeadline).toBeNull();
  });
});

describe('a sign-in', () => {
  test.each<[string | undefined, string | undefined, object]>([
    ['ada', 'ada', { isSameEpoch: true, generation: 2 }],
    ['ada', 'bob', { isSameEpoch: false, generation: 1 }],
    // Nobody knows whether they are the same.
    [undefined, undefined, { isSameEpoch: false, generation: 1 }],
    [undefined, 'ada', { isSameEpoch: false, generation: 1 }],
  ])('of %s and then of %s', async (first, second, wanted) => {
    const { vault, record, signIn } = stage();
    await signIn(first);
    const { epoch } = vault.lease()!;
    expect(await signIn(second, 'second')).toBe('taken');
    const lease = vault.lease()!;
    expect({ isSameEpoch: lease.epoch === epoch, generation: lease.generation }).toEqual(wanted);
    expect(await record.read()).toMatchObject({
      who: second ?? '',
      epoch: lease.epoch,
      generation: lease.generation,
    });
  });

  test('begins an epoch above all before, though the clock was set back and the record is lost', async () => {
    const { clock, vault, record, signIn } = stage({ isBroken: true });
    await signIn('ada');
    const { epoch } = vault.lease()!;
    clock.jumpWall(-3_600_000);
    await record.update(() => emptyRecord);
    await signIn('bob');
    // How far is drawn: another tab, whose record fails, would come to the same number.
    expect(vault.lease()!.epoch).toBe(epoch + 501);
  });

  test('begins an epoch above the one of the record, though the clock was set back', async () => {
    const { clock, vault, record, signIn } = stage();
    const epoch = clock.wallMs() + 3_600_000;
    await record.update((known) => ({ ...known, epoch }));
    await signIn('ada');
    // How far is drawn: another tab, whose record fails, would come to the same number.
    expect(vault.lease()!.epoch).toBe(epoch + 501);
  });

  test.each<[Arrival['by'], boolean, 'sent' | 'before']>([
    ['user', true, 'sent'],
    ['user', false, 'sent'],
    ['provider', true, 'before'],
    ['provider', false, 'sent'],
  ])(
    'by the %s, with an activity in the record: %s, shows that they were there when it was %s',
    async (by, isKnown, when) => {
      const { clock, vault, record, arrive } = stage();
      const before = isKnown ? clock.wallMs() : null;
      await record.update((known) => ({ ...known, epoch: 1, who: 'ada', lastActivityWallMs: before }));
      await clock.advance(60_000);
      const sentAt = readInstant(clock);
      await clock.advance(2000);
      await arrive(by, vault.permitRestore(), 'ada', 'late', { sentAt });
      expect(await record.read()).toMatchObject({
        lastActivityWallMs: when === 'sent' ? sentAt.wallMs : before,
        highestWallMs: clock.wallMs(),
      });
    },
  );

  test.each<[string, boolean, Arrival['by'], How]>([
    ['by a user', false, 'user', {}],
    ['by a user who was asked', false, 'user', { wasAsked: () => true }],
    ['by a user who was not', true, 'user', { wasAsked: () => false }],
    ['by the provider alone', true, 'provider', {}],
    ['out of a storage', true, 'storage', {}],
  ])('%s leaves it to the next one to ask the user: %s', async (_what, promptLogin, by, how) => {
    const { clock, vault, record, arrive } = stage();
    await record.update((known) => withPrompt({ ...known, epoch: 1, who: 'ada' }, clock.wallMs()));
    expect(await arrive(by, vault.permitRestore(), 'ada', 'first', how)).toBe('taken');
    expect(await record.read()).toMatchObject({ promptLogin });
  });

  test('that names nobody is refused while somebody is here', async () => {
    const { vault, record, given, signIn } = stage();
    await signIn('ada');
    const before = await record.read();
    await expect(signIn(undefined)).rejects.toMatchObject({
      code: 'id_token_invalid',
      message: expect.stringContaining('Ask for the scope `openid`') as string,
    });
    expect([await record.read(), vault.who(), given]).toEqual([before, 'ada', []]);
  });

  test('tells whose tokens they are', async () => {
    const { vault, users, signIn } = stage();
    await signIn('ada', 'first', { tokens: { idToken: jwtOf('ada') } });
    expect(users).toEqual([[{ iss: 'https://id.test', sub: 'ada' }, vault.lease()!.epoch]]);
  });
});

describe('tokens without a usable life left', () => {
  const stale = { facts: { expires_in: 1 } };

  test.each<Arrival['by']>(['user', 'provider'])('by the %s change nothing', async (by) => {
    const { vault, record, arrive } = stage();
    await expect(arrive(by, vault.permitSignIn(), 'ada', 'stale', stale)).rejects.toMatchObject({
      code: 'token_arrived_stale',
    });
    expect([await record.read(), vault.lease()]).toEqual([emptyRecord, undefined]);
  });

  test('that a renewal of stored ones has brought are kept: those before them are spent', async () => {
    const { vault, record, arrive } = stage();
    await record.update((known) => ({ ...known, epoch: 1, who: 'ada' }));
    expect(await arrive('storage', vault.permitRestore(), 'ada', 'stale', stale)).toBe('taken');
  });

  const from = { accessToken: "ada's" };

  test.each<[string, boolean, Arrival['by'], How, number]>([
    ['adopted', false, 'adoption', stale, 0],
    ['renewed, while those before can be used', false, 'renewal', { ...stale, from }, 0],
    ['renewed, when those before have lapsed', true, 'renewal', { ...stale, from }, 299_000],
    ['of a rescue, which spends none', true, 'renewal', stale, 0],
  ])('%s, are taken all the same: %s', async (_what, isTaken, by, how, afterMs) => {
    const { clock, vault, arrive, signIn } = stage();
    await signIn('ada');
    await clock.advance(afterMs);
    const permit = by === 'adoption' ? vault.permitAdoption() : vault.permitRenewal();
    const outcome = await arrive(by, permit, 'ada', 'stale', how).catch(({ code }) => code as string);
    expect([outcome, vault.bearer()?.token]).toEqual(
      isTaken ? ['taken', 'stale'] : ['token_arrived_stale', "ada's"],
    );
  });

  test.each([
    [1, false],
    [3.9, false],
    [4, true],
    [300, true],
  ])('that live %s s are worth another try: %s', async (expires_in, retryable) => {
    const { clock, signIn } = stage();
    const sentAt = readInstant(clock);
    await clock.advance(300_000);
    await expect(signIn('ada', 'late', { sentAt, facts: { expires_in } })).rejects.toMatchObject({
      code: 'token_arrived_stale',
      retryable,
      message: expect.stringContaining(`it lives ${expires_in} s.`) as string,
    });
  });
});

describe('a renewal', () => {
  test('is the next generation of its epoch', async () => {
    const { clock, vault, record, told, signIn, renew } = stage();
    await signIn('ada');
    const { epoch } = vault.lease()!;
    await clock.advance(1000);
    expect(await renew('ada')).toBe('taken');
    expect(vault.lease()).toMatchObject({ epoch, generation: 2 });
    expect(await record.read()).toMatchObject({
      epoch,
      generation: 2,
      who: 'ada',
      highestWallMs: clock.wallMs(),
    });
    expect(told).toEqual([]);
  });

  test('comes after those of every tab', async () => {
    const { vault, record, signIn, renew } = stage();
    await signIn('ada');
    await record.update((known) => ({ ...known, generation: 5 }));
    await renew('ada');
    expect(vault.lease()!.generation).toBe(6);
  });

  test('comes after what this page holds by then, though the record lags behind', async () => {
    const { vault, signIn, renew } = stage();
    await signIn('ada');
    const renewal = renew('ada');
    vault.permitRenewal().commit({ accessToken: 'other' }, { ...vault.lease()!, generation: 3 }, 'ada');
    await renewal;
    expect(vault.lease()!.generation).toBe(4);
  });

  test('goes back where the user signs out in the middle of it', async () => {
    const { vault, given, signIn, renew } = stage();
    await signIn('ada');
    const renewal = renew('ada');
    vault.wipe();
    expect([await renewal, given]).toEqual(['overtaken', ['renewed']]);
  });

  test.each([
    [undefined, undefined, ''],
    [undefined, 'ada', 'ada'],
    ['ada', undefined, 'ada'],
    // Without tokens that can be compared nobody is another user; and a name stays.
    ['ada', 'other', 'ada'],
  ])('of whoever signed in as %s, and is called %s in it, is of %j', async (first, named, who) => {
    const { vault, record, signIn, renew } = stage();
    await signIn(first);
    const { epoch } = vault.lease()!;
    expect(await renew(named)).toBe('taken');
    expect([vault.who(), await record.read()]).toMatchObject([who, { who, epoch }]);
  });

  test('of nothing, for nobody, goes back', async () => {
    const { vault, given, arrive } = stage();
    expect(await arrive('renewal', vault.permitRenewal(), undefined, 'late')).toBe('overtaken');
    expect(given).toEqual(['late']);
  });
});

describe('in a tab that has nothing in common with the others', () => {
  test.each([
    ['a renewal', ({ renew }: ReturnType<typeof stage>) => renew('ada')],
    ['a sign-in of the same user', ({ signIn }: ReturnType<typeof stage>) => signIn('ada', 'again')],
  ])('%s is a generation of its own, and leaves theirs', async (_what, come) => {
    const made = stage({ isShared: false });
    await made.signIn('ada');
    const theirs = { generation: 7, mark: 'of another tab' };
    await made.record.update((known) => ({ ...known, ...theirs }));
    const before = made.vault.lease()!.generation;
    for (const _ of [1, 2]) {
      expect(await come(made)).toBe('taken');
      expect(await made.record.read()).toMatchObject(theirs);
    }
    expect(made.vault.lease()!.generation).toBeGreaterThan(before + 1);
  });

  test('by itself counts a sign-in of the same user on from the last tokens it had, whether or not they are over', async () => {
    const { vault, record, signIn, renew } = stage({ isShared: false });
    await signIn('ada');
    await renew('ada');
    const generationAfter = async (): Promise<number> => {
      expect(await signIn('ada')).toBe('taken');
      return vault.lease()!.generation;
    };
    const renewed = vault.lease()!.generation;
    const again = await generationAfter();
    vault.wipe();
    const anew = await generationAfter();
    expect([again > renewed, anew > again, (await record.read()).generation]).toEqual([true, true, 1]);
  });
});

describe('a renewal that brings another user’s tokens', () => {
  const switching = async (stored?: Store) => {
    const made = stage(stored ? { stored } : {});
    await made.signIn('ada', 'first', { tokens: { idToken: jwtOf('ada') } });
    const { epoch } = made.vault.lease()!;
    const renew = (): Promise<string> => made.renew('bob', { tokens: { idToken: jwtOf('bob') } });
    return { ...made, epoch, renew };
  };

  test('ends the session, here and in the record, and gives nothing back', async () => {
    const { vault, record, told, given, epoch, renew } = await switching();
    expect(await renew()).toBe('switched');
    expect([vault.lease(), given, told]).toEqual([undefined, [], [{ type: 'user.switched', epoch }]]);
    expect(await record.read()).toMatchObject({ epoch, who: null });
  });

  test('leaves the record of a newer sign-in as it is', async () => {
    const { record, epoch, renew } = await switching();
    await record.update((known) => ({ ...known, epoch: epoch + 1, who: 'eve' }));
    await renew();
    expect(await record.read()).toMatchObject({ epoch: epoch + 1, who: 'eve' });
  });

  test('removes what the storage has of that epoch', async () => {
    const { store, calls } = storeStage();
    const { epoch, renew } = await switching(store);
    await renew();
    expect(calls.at(-1)).toMatchObject(['clear', { epoch }]);
  });
});

describe('tokens that a backend sent along', () => {
  test('are dropped where nobody is signed in', async () => {
    const { vault, given, arrive } = stage();
    expect(await arrive('adoption', vault.permitAdoption(), 'ada', 'sent')).toBe('overtaken');
    expect(given).toEqual([]);
  });

  test('and where the user signs out meanwhile: they are for whoever sent them to give back', async () => {
    const { vault, given, arrive, signIn } = stage();
    await signIn('ada');
    const adoption = arrive('adoption', vault.permitAdoption(), 'ada', 'sent');
    vault.wipe();
    expect([await adoption, given]).toEqual(['overtaken', []]);
  });

  test('are the next generation', async () => {
    const { vault, arrive, signIn } = stage();
    await signIn('ada');
    expect(await arrive('adoption', vault.permitAdoption(), 'ada', 'sent')).toBe('taken');
    expect([vault.bearer()?.token, vault.lease()?.generation]).toEqual(['sent', 2]);
  });
});

/** A storage, and what it was asked for. */
const storeStage = (ready: Promise<unknown> = Promise.resolve()) => {
  const calls: unknown[][] = [];
  const store = {
    ready: () => ready,
    save: async (tokens, { generation }) => void calls.push(['save', tokens, generation]),
    clear: async (epoch) => void calls.push(['clear', epoch]),
  } as Partial<Store> as Store;
  return { store, calls };
};

describe('a storage', () => {
  test('keeps what came, and what it left out', async () => {
    const { store, calls } = storeStage();
    const { signIn, renew } = stage({ stored: store });
    const idToken = jwtOf('ada');
    await signIn('ada', 'first', { tokens: { idToken } });
    await renew('ada', without);
    expect(calls).toEqual([
      ['save', { accessToken: 'first', refreshToken: 'refresh first', idToken }, 1],
      ['save', { accessToken: 'renewed', refreshToken: 'refresh first', idToken }, 2],
    ]);
  });

  test.each([
    ['nobody', null, ['late']],
    ['the same user', 'ada', []],
  ])(
    'is waited for: a sign-in that is given up meanwhile changes nothing for %s',
    async (_whom, who, wanted) => {
      let go = (): void => {};
      const { store, calls } = storeStage(new Promise<void>((resolve) => (go = resolve)));
      const { vault, record, given, arrive } = stage({ stored: store });
      const before = await record.update((known) => ({ ...known, epoch: 7, generation: 1, who }));
      const permit = vault.permitSignIn();
      const arrived = arrive('user', permit, 'ada', 'late');
      await drainMicrotasks();
      expect(vault.lease()).toBeUndefined();
      permit.revoke();
      go();
      expect([await arrived, given, calls]).toEqual(['overtaken', wanted, []]);
      expect(await record.read()).toEqual(before);
    },
  );

  test('that held a refresh token which a renewal left in place lends its end', async () => {
    const { vault, arrive, signIn } = stage();
    await signIn('ada', 'first', { facts: { refresh_expires_in: 600 } });
    const stored = vault.lease()!;
    await arrive('storage', vault.permitRestore(), 'ada', 'second', { ...without, stored });
    expect(vault.lease()).toMatchObject({ refreshDeadline: stored.refreshDeadline });
  });
});
