import { describe, expect, test, vi } from 'vitest';
import { SessionError, type SessionErrorCode } from '../../../src/errors/sessionError.ts';
import { cancelled } from '../../../src/errors/cancelled.ts';
import type { CompleteSignIn } from '../../../src/grants/signIn/completeSignIn.ts';
import { createReturned } from '../../../src/grants/signIn/returned.ts';
import type { Tries } from '../../../src/grants/signIn/tries.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { failureOf } from './protocolFixture.ts';

const triesAfter = (returns: number) => ({
  isNew: vi.fn<Tries['isNew']>(() => true),
  note: vi.fn<Tries['note']>(),
  returns: () => returns,
  countReturn: vi.fn<Tries['countReturn']>(),
  reset: vi.fn<Tries['reset']>(),
});

const returned = (tries: Tries = triesAfter(3), accept: CompleteSignIn['accept'] = vi.fn()) =>
  createReturned(
    () => tries,
    { accept, granted: vi.fn() },
    { record: createMemoryRecord(), onWarning: () => {} },
  );

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

test('two answers in a row are no loop; three are one, which is then over', () => {
  expect(returned(triesAfter(2)).requireMendable).not.toThrow();
  const tries = triesAfter(3);
  expect(returned(tries).requireMendable).toThrow(expect.objectContaining({ code: 'sign_in_loop' }));
  expect(tries.reset).toHaveBeenCalledTimes(1);
});

describe('what came back', () => {
  const thrownBy = (run: () => void): unknown => {
    try {
      return run();
    } catch (thrown) {
      return thrown;
    }
  };
  const failedWith = (code: SessionErrorCode, details: object) => new SessionError(code, 'Failed', details);

  test.each<[SessionErrorCode, object, boolean]>([
    ['sign_in_refused', {}, true],
    ['client_refused', {}, true],
    ['id_token_invalid', {}, true],
    ['option_invalid', {}, true],
    ['response_invalid', {}, true],
    ['response_invalid', { status: 200 }, false],
    ['network_failed', {}, false],
    ['provider_unavailable', { status: 503 }, false],
    ['interaction_required', {}, false],
    ['sign_in_refused', { error: 'invalid_grant' }, false],
  ])('is met again by another try: %s with %j: %s', (code, details, isLasting) => {
    const tries = triesAfter(0);
    const { fail, requireMendable } = returned(tries);
    const error = failedWith(code, details);
    fail(error);
    expect(tries.countReturn).toHaveBeenCalledTimes(1);
    expect(thrownBy(requireMendable)).toBe(isLasting ? error : undefined);
  });

  test.each<[SessionErrorCode, boolean]>([
    ['client_refused', true],
    // The user can be asked.
    ['sign_in_refused', false],
  ])('without the user is no answer of the row, and is met again: %s: %s', (code, isLasting) => {
    const tries = triesAfter(0);
    const { failSilently, requireMendable } = returned(tries);
    const error = failedWith(code, {});
    failSilently(error);
    expect(tries.countReturn).not.toHaveBeenCalled();
    expect(thrownBy(requireMendable)).toBe(isLasting ? error : undefined);
  });

  test('is forgotten where the app itself asks', () => {
    const tries = triesAfter(0);
    const { fail, forget, requireMendable } = returned(tries);
    fail(failedWith('client_refused', {}));
    forget();
    expect(requireMendable).not.toThrow();
    expect(tries.reset).toHaveBeenCalledTimes(1);
  });

  test('with a code that was refused is asked for afresh once', () => {
    const tries = triesAfter(0);
    const { fail, requireMendable } = returned(tries);
    fail(failedWith('sign_in_refused', { error: 'invalid_grant' }));
    requireMendable();
    expect([tries.isNew.mock.calls, tries.note.mock.calls]).toEqual([[['code']], [['code']]]);
    tries.isNew.mockReturnValue(false);
    expect(requireMendable).toThrow('Failed');
  });

  test.each([
    ['with the user', false, new Error('lost'), 1],
    ['without', true, new Error('lost'), 0],
    ['for a sign-in that was given up', false, cancelled(), 0],
  ])('in vain counts, %s: %s', async (_how, isSilent, thrown, times) => {
    const tries = triesAfter(0);
    const { take } = returned(tries);
    const response = { kind: 'matched', isSilent, isPrompted: false } as const;
    const failed = take({} as never, { ...response, finish: () => Promise.reject(thrown) });
    expect(await failureOf(failed)).toBeInstanceOf(SessionError);
    expect(tries.countReturn).toHaveBeenCalledTimes(times);
  });
});
