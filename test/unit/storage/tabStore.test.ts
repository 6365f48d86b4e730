import { expect, test } from 'vitest';
import { createTransactions } from '../../../src/grants/signIn/transactions.ts';
import { createTabStore } from '../../../src/storage/tabStore.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

const blocked = (): never => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

test('where the user blocks site data a tab store holds nothing, and says that it could not write', () => {
  const tab = createTabStore(blocked, 'app');
  expect([tab.read('silent'), tab.write('silent', 'done'), tab.write('silent', null)]).toEqual([
    null,
    false,
    false,
  ]);
});

test('no name of a session makes its tokens a note of another session in the same storage', () => {
  const entries = new Map<string, string>();
  const storage = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
  const keyOfTokens = 'token-vigil:app:returns';
  entries.set(keyOfTokens, 'tokens');
  const tab = createTabStore(() => storage, 'app');
  expect(tab.read('returns')).toBeNull();
  tab.write('returns', '1 0');
  tab.write('returns', null);
  expect(entries.get(keyOfTokens)).toBe('tokens');
});

test('where the user blocks site data no sign-in is known, and an answer to none breaks nothing', () => {
  const transactions = createTransactions(createTabStore(blocked, '*'), 'app', createVirtualClock());
  expect([transactions.peek('a state'), transactions.take('a state')]).toEqual([undefined, undefined]);
});
