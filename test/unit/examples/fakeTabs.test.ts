import { createFakeTabs } from 'token-vigil/testing';
import { expect, test } from 'vitest';

test('a sign-out in one tab signs all of them out', async () => {
  const tabs = createFakeTabs({ user: { name: 'Ada' } });
  const a = tabs.open();
  const b = tabs.open();
  await a.signIn();
  expect(b.user).toEqual({ name: 'Ada' });

  await b.signOut();
  expect(a.status).toBe('signedOut');
  tabs.close(a);
  tabs.close(b);
});
