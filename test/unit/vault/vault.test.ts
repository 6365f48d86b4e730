import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { leaseFrom } from '../../../machines/lease.ts';
import { deadlineAfter } from '../../../src/time/deadline.ts';
import { type TokenSet, type Vault, createVault, isFreshBearer } from '../../../src/vault/vault.ts';

const sentAt = { wallMs: 1_800_000_000_000, monotonicMs: 1000 };

const leaseOf = (epoch: number, generation = 1) =>
  leaseFrom({ expires_in: 300, renewable: true }, sentAt, { epoch, generation });

const tokensOf = (name: string, more: Partial<TokenSet> = {}): TokenSet => ({
  accessToken: `access-${name}`,
  refreshToken: `refresh-${name}`,
  idToken: `id-${name}`,
  ...more,
});

const filled = (name = 'ada', epoch = 1): Vault => {
  const vault = createVault();
  vault.permitSignIn().commit(tokensOf(name), leaseOf(epoch), name);
  return vault;
};

/** Every way to be permitted to put tokens in. */
const ways = ['permitRenewal', 'permitAdoption', 'permitSignIn', 'permitRestore'] as const;

test('an empty vault has no bearer, no lease and no tokens, and a sign-in fills it', () => {
  const vault = createVault();
  expect([vault.bearer(), vault.lease(), vault.who()]).toEqual([undefined, undefined, undefined]);
  const permit = vault.permitSignIn();
  expect(permit.read()).toBeUndefined();
  const lease = leaseOf(1);
  expect(permit.commit(tokensOf('ada'), lease, 'ada')).toBe(lease);
  expect(vault.bearer()).toMatchObject({ authorization: 'Bearer access-ada', epoch: 1, generation: 1 });
  expect(vault.lease()).toBe(lease);
  expect(vault.who()).toBe('ada');
});

test('an empty vault has nothing to renew', () => {
  const vault = createVault();
  for (const permit of [vault.permitRenewal(), vault.permitAdoption()]) {
    expect(permit.isValid()).toBe(false);
    expect(permit.commit(tokensOf('ada'), leaseOf(1), 'ada')).toBeUndefined();
  }
  expect(vault.bearer()).toBeUndefined();
});

test('a bearer is fresh as long as its lease says so', () => {
  const { freshUntil } = leaseOf(1);
  const bearer = filled().bearer()!;
  expect(isFreshBearer(bearer, deadlineAfter(freshUntil, -1))).toBe(true);
  expect(isFreshBearer(bearer, freshUntil)).toBe(false);
});

describe('a permit', () => {
  test.each(ways)('%s is void once the vault was wiped', (way) => {
    const vault = filled();
    const permit = vault[way]();
    expect(permit).toMatchObject({ who: 'ada' });
    expect(permit.read()).toEqual(tokensOf('ada'));
    vault.wipe();
    expect(permit.isValid()).toBe(false);
    expect(permit.read()).toBeUndefined();
    expect(permit.commit(tokensOf('late'), leaseOf(1, 2), 'ada')).toBeUndefined();
    expect(vault.bearer()).toBeUndefined();
  });

  test.each(['permitSignIn', 'permitRestore'] as const)(
    '%s is void after a wipe of an empty vault',
    (way) => {
      const vault = createVault();
      const permit = vault[way]();
      vault.wipe();
      expect(permit.commit(tokensOf('late'), leaseOf(1), 'ada')).toBeUndefined();
    },
  );

  test.each(ways)('%s is void once somebody else has signed in', (way) => {
    const vault = filled('ada', 2);
    const permit = vault[way]();
    // A lost record can give a later epoch a lower number.
    vault.permitSignIn().commit(tokensOf('bob'), leaseOf(1), 'bob');
    expect(permit.commit(tokensOf('late'), leaseOf(2, 2), 'ada')).toBeUndefined();
    expect(vault.bearer()?.token).toBe('access-bob');
  });

  test.each(ways)('%s is void once it was revoked', (way) => {
    const vault = filled();
    const permit = vault[way]();
    permit.revoke();
    expect(permit.isValid()).toBe(false);
    expect(permit.commit(tokensOf('late'), leaseOf(1, 2), 'ada')).toBeUndefined();
  });

  test('of a sign-in is void once a newer sign-in has begun, and of a restore too; a restore voids none', () => {
    const vault = createVault();
    const [first, restore] = [vault.permitSignIn(), vault.permitRestore()];
    expect([first.isValid(), restore.isValid()]).toEqual([true, true]);
    const newest = vault.permitSignIn();
    expect([first.isValid(), restore.isValid(), newest.isValid()]).toEqual([false, false, true]);
    vault.permitRestore();
    expect(newest.isValid()).toBe(true);
  });

  test('of a sign-in outlives renewals and takes the next free generation', () => {
    const vault = filled();
    const permit = vault.permitSignIn();
    vault.permitRenewal().commit(tokensOf('second'), leaseOf(1, 2), 'ada');
    vault.permitRenewal().commit(tokensOf('third'), leaseOf(1, 3), 'ada');
    expect(permit.commit(tokensOf('gold'), leaseOf(1, 2), 'ada')).toMatchObject({ generation: 4 });
    expect(vault.bearer()).toMatchObject({ token: 'access-gold', generation: 4 });
    expect(vault.lease()?.generation).toBe(4);
  });

  test('of a renewal is void once a sign-in of the same epoch has filled the vault', () => {
    const vault = filled();
    const permit = vault.permitRenewal();
    const stepUp = vault.permitSignIn();
    expect(permit.isValid()).toBe(true);
    stepUp.commit(tokensOf('gold'), leaseOf(1, 2), 'ada');
    expect(permit.read()).toBeUndefined();
    expect(permit.commit(tokensOf('silver'), leaseOf(1, 3), 'ada')).toBeUndefined();
    expect(vault.bearer()?.token).toBe('access-gold');
  });

  test.each(ways)('%s knows of an end here before the record does', (way) => {
    const vault = filled('ada', 2);
    const permit = vault[way]();
    vault.permitSignIn().commit(tokensOf('gold'), leaseOf(2, 2), 'ada');
    expect([permit.hasEnded(2), permit.hasEnded(3)]).toEqual([false, false]);
    vault.wipe();
    // Another epoch, which began elsewhere, goes on.
    expect([permit.hasEnded(2), permit.hasEnded(3)]).toEqual([true, false]);
  });

  test('to an empty vault is one to whatever the record shows, and so is its end', () => {
    const vault = createVault();
    const permit = vault.permitRestore();
    expect(permit.hasEnded(2)).toBe(false);
    vault.wipe();
    expect(permit.hasEnded(2)).toBe(true);
  });

  test('of a renewal outlives adopted tokens, and one for adoption outlives nothing', () => {
    const vault = filled();
    const [renewal, adoption] = [vault.permitRenewal(), vault.permitAdoption()];
    vault.permitAdoption().commit({ accessToken: 'access-second' }, leaseOf(1, 2), 'ada');
    expect(adoption.commit(tokensOf('late'), leaseOf(1, 3), 'ada')).toBeUndefined();
    expect(renewal.read()?.accessToken).toBe('access-second');
    expect(renewal.commit(tokensOf('third'), leaseOf(1, 3), 'ada')).toBeDefined();
  });
});

describe('what is kept', () => {
  test('what a renewal left out (RFC 6749 §6)', () => {
    const vault = filled();
    vault.permitRenewal().commit({ accessToken: 'access-second' }, leaseOf(1, 2), 'ada');
    expect(vault.permitRenewal().read()).toEqual({
      accessToken: 'access-second',
      refreshToken: 'refresh-ada',
      idToken: 'id-ada',
    });
  });

  test.each([1, 2])('nothing of one sign-in for the next, of epoch %i', (epoch) => {
    const vault = filled('ada', 1);
    vault.permitSignIn().commit({ accessToken: 'access-bob' }, leaseOf(epoch), 'bob');
    expect(vault.permitRenewal().read()).toEqual({ accessToken: 'access-bob' });
  });

  test('a newer refresh token alone, while the permit holds', () => {
    const vault = filled();
    const permit = vault.permitRenewal();
    permit.keepRefreshToken('refresh-newer');
    expect(permit.read()).toEqual(tokensOf('ada', { refreshToken: 'refresh-newer' }));
    expect(vault.bearer()?.token).toBe('access-ada');
    vault.wipe();
    permit.keepRefreshToken('refresh-late');
    expect(vault.wipe()).toBeUndefined();
  });
});

describe('a wipe', () => {
  test('returns what was in it, once', () => {
    const vault = filled();
    expect(vault.wipe()).toEqual(tokensOf('ada'));
    expect(vault.wipe()).toBeUndefined();
    expect(vault.lease()).toBeUndefined();
  });

  test('keeps the ID token as a hint for signing out, to be taken once', () => {
    const vault = filled();
    expect(vault.takeLogoutHint()).toBeUndefined();
    vault.wipe();
    vault.wipe();
    expect(vault.takeLogoutHint()).toBe('id-ada');
    expect(vault.takeLogoutHint()).toBeUndefined();
  });

  test('of a session without an ID token leaves no hint of an earlier user', () => {
    const vault = filled('ada', 1);
    vault.wipe();
    vault.permitSignIn().commit({ accessToken: 'access-bob' }, leaseOf(2), 'bob');
    vault.wipe();
    expect(vault.takeLogoutHint()).toBeUndefined();
  });
});

test('neither JSON nor an inspector finds a token in the vault or in a permit to it', () => {
  const vault = filled();
  const permit = vault.permitRenewal();
  const shown = [vault, permit].flatMap((thing) => [
    JSON.stringify(thing),
    inspect(thing, { depth: 9, showHidden: true }),
  ]);
  for (const text of shown) expect(text).not.toMatch(/(access|refresh|id)-ada/);
});

test('JSON shows the lease of what is in a vault', () => {
  const vault = filled();
  expect(JSON.parse(JSON.stringify(vault))).toEqual({ lease: vault.lease() });
  vault.wipe();
  expect(JSON.stringify(vault)).toBe('{}');
});

test.each([
  ['the same generation as the one at hand is the next one', 1, 3, 4],
  ['a later one stays what it is', 1, 5, 5],
  ['another epoch counts from its own', 2, 1, 1],
])('of a sign-in, %s', (_, epoch, generation, wanted) => {
  const vault = filled();
  vault.permitRenewal().commit(tokensOf('ada'), leaseOf(1, 3), 'ada');
  vault.permitSignIn().commit(tokensOf('bob'), leaseOf(epoch, generation), 'bob');
  expect(vault.lease()).toMatchObject({ epoch, generation: wanted });
});
