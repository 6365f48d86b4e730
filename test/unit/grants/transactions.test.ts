import { beforeEach, describe, expect, it } from 'vitest';
import type { Transaction } from '../../../src/grants/protocol/codeGrant.ts';
import { createTransactions } from '../../../src/grants/signIn/transactions.ts';
import { createTabStore } from '../../../src/storage/tabStore.ts';
import { createVirtualClock, type VirtualClock } from '../../../src/testing/virtualClock.ts';

const createStorage = () => {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
};

describe('transactions', () => {
  let clock: VirtualClock;
  let storage: ReturnType<typeof createStorage>;
  beforeEach(() => {
    clock = createVirtualClock();
    storage = createStorage();
  });

  const open = (name = 'app') =>
    createTransactions(
      createTabStore(() => storage, '*'),
      name,
      clock,
    );
  const transaction = (state: string): Transaction => ({
    state,
    codeVerifier: `verifier of ${state}`,
    redirectUri: 'https://app.example.com/',
    returnTo: '/',
    silent: false,
    createdAtMs: clock.wallMs(),
  });

  it('are found by their state, by another page of the tab too', () => {
    open().save(transaction('a'), false);
    open().save(transaction('b'), false);
    expect(open().peek('a')).toEqual({ ...transaction('a'), session: 'app', isPrompted: false });
    expect(open().take('b')).toEqual({ ...transaction('b'), session: 'app', isPrompted: false });
  });

  it('are taken once', () => {
    open().save(transaction('a'), false);
    open().save(transaction('b'), false);
    expect(open().take('a')).toBeDefined();
    expect(open().take('a')).toBeUndefined();
    expect(open().peek('b')).toBeDefined();
  });

  it('leave nothing behind when the last is taken', () => {
    open().save(transaction('a'), false);
    open().take('a');
    expect(storage.entries.size).toBe(0);
  });

  it('say whose they are: another session of the page must not take an answer for a stray one', () => {
    open('one').save(transaction('a'), false);
    expect(open('other').peek('a')?.session).toBe('one');
  });

  it('are forgotten after an hour, and when they come from the future', () => {
    open().save(transaction('a'), false);
    clock.jumpWall(60 * 60 * 1000 - 1);
    expect(open().peek('a')).toBeDefined();
    clock.jumpWall(1);
    expect(open().peek('a')).toBeUndefined();
    open().save(transaction('b'), false);
    expect(storage.entries.get('token-vigil:*:sign-ins')).not.toContain('verifier of a');
    clock.jumpWall(-3 * 60 * 60 * 1000);
    expect(open().peek('b')).toBeUndefined();
  });

  it.each([
    'not JSON',
    'null',
    '7',
    '{}',
    '{"a":1}',
    '[null, 7, {}, {"state":"a"}]',
    '[{"__proto__":{"state":"a"}}]',
  ])('ignore corrupt content: %s', (content) => {
    storage.setItem('token-vigil:*:sign-ins', content);
    expect(open().peek('a')).toBeUndefined();
    expect(open().take('__proto__')).toBeUndefined();
    open().save(transaction('b'), false);
    expect(open().take('b')).toBeDefined();
  });

  it('ignore one without a verifier', () => {
    const { codeVerifier: _gone, ...partial } = transaction('a');
    storage.setItem('token-vigil:*:sign-ins', JSON.stringify([partial, transaction('b')]));
    expect(open().peek('a')).toBeUndefined();
    expect(open().peek('b')).toBeDefined();
  });

  it('say so where they cannot be kept', () => {
    storage.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    expect(() => open().save(transaction('a'), false)).toThrow(
      expect.objectContaining({ code: 'platform_unsupported' }),
    );
  });

  it('are not found where they cannot be read', () => {
    storage.getItem = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    expect(open().take('a')).toBeUndefined();
  });
});
