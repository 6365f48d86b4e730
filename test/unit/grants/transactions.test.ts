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

  it('remember whether the provider was told to ask the user', () => {
    open().save(transaction('a'), true);
    expect(open().take('a')?.isPrompted).toBe(true);
  });

  it('are pending where the page has left for them, of this session alone', () => {
    open().save({ ...transaction('a'), silent: 'frame' }, false);
    open('other').save(transaction('b'), false);
    expect(open().pending()).toBe(0);
    open().save(transaction('c'), false);
    open().save({ ...transaction('d'), silent: 'redirect' }, false);
    expect([open().pending(), open('other').pending()]).toEqual([2, 1]);
    open().take('c');
    expect(open().pending()).toBe(1);
  });

  it.each([
    ['a moment ago', 'app', false, 0, true],
    ['just under five seconds ago', 'app', false, 4999, true],
    ['five seconds ago', 'app', false, 5000, false],
    ['without the user', 'app', 'redirect', 0, false],
    ['for a frame', 'app', 'frame', 0, false],
    ['by another session', 'other', false, 0, false],
  ] as const)(
    'have bounced where the page that left is back too early to have been seen: left %s',
    (_when, name, silent, laterMs, isBounced) => {
      expect(open().isBounced()).toBe(false);
      open(name).save({ ...transaction('a'), silent }, false);
      clock.jumpWall(laterMs);
      expect(open().isBounced()).toBe(isBounced);
    },
  );

  it('are forgotten after an hour, and when they come from the future', () => {
    open().save(transaction('a'), false);
    clock.jumpWall(60 * 60 * 1000 - 1);
    expect(open().peek('a')).toBeDefined();
    clock.jumpWall(1);
    expect(open().peek('a')).toBeUndefined();
    open().save(transaction('b'), false);
    expect(storage.entries.get('token-vigil-tab:*:sign-ins')).not.toContain('verifier of a');
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
    storage.setItem('token-vigil-tab:*:sign-ins', content);
    expect(open().peek('a')).toBeUndefined();
    expect(open().take('__proto__')).toBeUndefined();
    open().save(transaction('b'), false);
    expect(open().take('b')).toBeDefined();
  });

  it('ignore one without a verifier', () => {
    const { codeVerifier: _gone, ...partial } = transaction('a');
    storage.setItem('token-vigil-tab:*:sign-ins', JSON.stringify([partial, transaction('b')]));
    expect(open().peek('a')).toBeUndefined();
    expect(open().peek('b')).toBeDefined();
  });

  it('say so where they cannot be kept', () => {
    storage.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    expect(() => open().save(transaction('a'), false)).toThrow(
      expect.objectContaining({
        code: 'platform_unsupported',
        message: expect.stringContaining('needs `sessionStorage`, which cannot be written') as string,
      }),
    );
  });

  it('are not found where they cannot be read', () => {
    storage.getItem = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    expect(open().take('a')).toBeUndefined();
  });
});
