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

test('where the user blocks site data no sign-in is known, and an answer to none breaks nothing', () => {
  const transactions = createTransactions(createTabStore(blocked, '*'), 'app', createVirtualClock());
  expect([transactions.peek('a state'), transactions.take('a state')]).toEqual([undefined, undefined]);
});
