import { runInNewContext } from 'node:vm';
import { afterEach, expect, test, vi } from 'vitest';
import type { UserMapper } from '../../../src/claims/user.ts';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import { publishUser } from '../../../src/grants/publishUser.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { jwt } from './protocolFixture.ts';

afterEach(() => vi.restoreAllMocks());

const claims = { iss: 'https://id.test', sub: 'ada', name: 'Ada' };
const tokens = { accessToken: jwt({ roles: ['admin'] }), idToken: jwt(claims) };

/** What the app is told of whoever these tokens belong to. */
const published = (user?: UserMapper<unknown>, of: { accessToken: string; idToken?: string } = tokens) => {
  const [onUser, onWarning] = [vi.fn<GrantDeps['onUser']>(), vi.fn<GrantDeps['onWarning']>()];
  const options = { issuer: 'https://id.test', ...(user && { user }) } as GrantDeps['options'];
  publishUser({ clock: createVirtualClock(), flights: {}, options, onUser, onWarning }, of, 7);
  return { users: onUser.mock.calls, warnings: onWarning.mock.calls.map(([warning]) => warning) };
};

test.each<[string, UserMapper<unknown> | undefined, unknown]>([
  ['the claims of the ID token', undefined, claims],
  ['what the app makes of them', ({ idToken }) => ({ called: idToken!.name }), { called: 'Ada' }],
  ['what it finds in the access token', ({ accessToken }) => accessToken(), { roles: ['admin'] }],
  ['a text', () => 'ada', 'ada'],
  ['a falsy value that is JSON', () => 0, 0],
])('the user is %s', (_what, user, wanted) => {
  expect(published(user)).toEqual({ users: [[wanted, 7]], warnings: [] });
});

test('without an ID token the user is one of this provider, without a name', () => {
  expect(published(undefined, { accessToken: 'opaque' })).toEqual({
    users: [[{ iss: 'https://id.test', sub: '' }, 7]],
    warnings: [],
  });
});

test.each<[string, () => unknown]>([
  ['throws', () => expect.fail('no such claim')],
  ['makes nothing', () => undefined],
  ['says that nobody is signed in', () => null],
  ['says so when it becomes JSON', () => ({ toJSON: () => null })],
  ['makes what JSON cannot show', () => ({ id: 1n })],
  ['makes a function', () => () => 'ada'],
  ['returns a promise', async () => ({ id: 1 })],
  ['returns a promise of another realm', () => runInNewContext('Promise.resolve({ id: 1 })')],
])('where the app’s mapper %s the claims are used, and the app is warned', (_what, user) => {
  vi.spyOn(console, 'error').mockReturnValue();
  const { users, warnings } = published(user);
  expect(users).toEqual([[claims, 7]]);
  expect(warnings).toMatchObject([
    {
      code: 'option_invalid',
      message: expect.stringContaining('`user` must return JSON at once, and not null') as string,
    },
  ]);
});
