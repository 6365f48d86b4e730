import { expect, test } from 'vitest';
import { SessionError } from '../../../src/errors/sessionError.ts';
import { createReturned } from '../../../src/grants/signIn/returned.ts';
import type { Tries } from '../../../src/grants/signIn/tries.ts';

const threeReturns: Tries = {
  isNew: () => true,
  note: () => {},
  returns: () => 3,
  countReturn: () => {},
  reset: () => {},
};

const returned = () => createReturned(() => threeReturns, {} as never, {} as never);

test('a loop says what came of the last answer', () => {
  const cause = new SessionError('network_failed', 'Signing in failed: fetch failed. Check the connection');
  const loop = returned();
  loop.fail(cause);
  expect(loop.requireMendable).toThrow(
    expect.objectContaining({
      code: 'sign_in_loop',
      cause,
      message: `3 answers of the provider in a row brought no session. ${cause.message}`,
    }),
  );
});

test('or what to check, where that is not known', () => {
  expect(returned().requireMendable).toThrow('brought no session. Check redirect URI and site data');
});
