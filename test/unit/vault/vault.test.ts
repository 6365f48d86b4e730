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
  vault.permit().commit(tokensOf(name), leaseOf(epoch));
  return vault;
};

test('an empty vault has no bearer, no lease and no tokens, and can be filled', () => {
  const vault = createVault();
  expect(vault.bearer).toBeUndefined();
  expect(vault.lease).toBeUndefined();
  expect(vault.permit().read()).toBeUndefined();
  const lease = leaseOf(1);
  expect(vault.permit().commit(tokensOf('ada'), lease)).toBe(lease);
  expect(vault.bearer).toMatchObject({ authorization: 'Bearer access-ada', epoch: 1, generation: 1 });
  expect(vault.lease).toBe(lease);
});

test('a bearer is fresh as long as its lease says so', () => {
  const { freshUntil } = leaseOf(1);
  const bearer = filled().bearer!;
  expect(isFreshBearer(bearer, deadlineAfter(freshUntil, -1))).toBe(true);
  expect(isFreshBearer(bearer, freshUntil)).toBe(false);
});

describe('a right to the vault', () => {
  test('is gone once the vault was wiped: nothing can be read and nothing put in', () => {
    const vault = filled();
    const permit = vault.permit();
    vault.wipe();
    expect(permit.read()).toBeUndefined();
    expect(permit.commit(tokensOf('late'), leaseOf(1, 2))).toBeUndefined();
    expect(vault.bearer).toBeUndefined();
  });

  test('of a sign-in under way is gone after a wipe too, though the vault was empty', () => {
    const vault = createVault();
    const permit = vault.permit();
    vault.wipe();
    expect(permit.commit(tokensOf('late'), leaseOf(1))).toBeUndefined();
  });

  test('is gone once somebody else has signed in', () => {
    const vault = filled('ada', 1);
    const permit = vault.permit();
    vault.permit().commit(tokensOf('bob'), leaseOf(2));
    expect(permit.read()).toBeUndefined();
    expect(permit.commit(tokensOf('late'), leaseOf(1, 2))).toBeUndefined();
    expect(permit.commit(tokensOf('later'), leaseOf(3))).toBeUndefined();
    expect(vault.bearer?.token).toBe('access-bob');
  });

  test('to fill it while it is empty is good for one: the first sign-in wins', () => {
    const vault = createVault();
    const [first, second] = [vault.permit(), vault.permit()];
    expect(first.commit(tokensOf('ada'), leaseOf(1))).toBeDefined();
    expect(second.commit(tokensOf('bob'), leaseOf(2))).toBeUndefined();
    expect(vault.bearer?.token).toBe('access-ada');
  });

  test('outlives a renewal, and then reads the newer tokens', () => {
    const vault = filled();
    const permit = vault.permit();
    vault.permit().commit(tokensOf('second'), leaseOf(1, 2));
    expect(permit.read()).toEqual(tokensOf('second'));
  });
});

describe('tokens replace what is held', () => {
  test('of a newer generation, and those of an older or the same one never do', () => {
    const vault = filled();
    const permit = vault.permit();
    expect(permit.commit(tokensOf('second'), leaseOf(1, 2))).toBeDefined();
    expect(permit.commit(tokensOf('again'), leaseOf(1, 2))).toBeUndefined();
    expect(permit.commit(tokensOf('first'), leaseOf(1, 1))).toBeUndefined();
    expect(vault.bearer).toMatchObject({ token: 'access-second', generation: 2 });
  });

  test('of a newer sign-in, whatever its generation; those of an older one never do', () => {
    const vault = filled('ada', 5);
    vault.permit().commit(tokensOf('second'), leaseOf(5, 2));
    expect(vault.permit().commit(tokensOf('old'), leaseOf(5, 2))).toBeUndefined();
    expect(vault.permit().commit(tokensOf('bob'), leaseOf(6, 1))).toBeDefined();
    expect(vault.bearer?.token).toBe('access-bob');
  });

  test('and what a renewal left out is kept (RFC 6749 §6)', () => {
    const vault = filled();
    vault.permit().commit({ accessToken: 'access-second' }, leaseOf(1, 2));
    expect(vault.permit().read()).toEqual({
      accessToken: 'access-second',
      refreshToken: 'refresh-ada',
      idToken: 'id-ada',
    });
  });

  test('but nothing of one sign-in is kept for the next', () => {
    const vault = filled('ada', 1);
    vault.permit().commit({ accessToken: 'access-bob' }, leaseOf(2));
    expect(vault.permit().read()).toEqual({ accessToken: 'access-bob' });
  });
});

describe('a wipe', () => {
  test('answers what was in it, once', () => {
    const vault = filled();
    expect(vault.wipe()).toEqual(tokensOf('ada'));
    expect(vault.wipe()).toBeUndefined();
    expect(vault.lease).toBeUndefined();
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
    vault.permit().commit({ accessToken: 'access-bob' }, leaseOf(2));
    vault.wipe();
    expect(vault.takeLogoutHint()).toBeUndefined();
  });
});

test('neither JSON nor an inspector finds a token in the vault or in a right to it', () => {
  const vault = filled();
  const permit = vault.permit();
  const shown = [vault, permit].flatMap((thing) => [
    JSON.stringify(thing),
    inspect(thing, { depth: 9, showHidden: true }),
  ]);
  for (const text of shown) expect(text).not.toMatch(/(access|refresh|id)-ada/);
});
