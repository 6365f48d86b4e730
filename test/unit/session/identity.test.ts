import { expect, test } from 'vitest';
import { createIdentity } from '../../../src/session/identity.ts';

test('a renewal brings another object only where something about the user has changed', () => {
  const identity = createIdentity<{ name: string }>();
  const first = { name: 'Ada' };
  identity.noteUser(first, 1);
  identity.noteUser({ name: 'Ada' }, 1);
  expect(identity.userIn({ epoch: 1 })).toBe(first);
  identity.noteUser({ name: 'Grace' }, 1);
  expect(identity.userIn({ epoch: 1 })).toEqual({ name: 'Grace' });
});
