import { describe, expect, it } from 'vitest';
import { isSessionError, SessionError } from '../../../src/errors/sessionError.ts';

const named = (name: unknown, code: unknown): unknown => Object.assign(new Error('x'), { name, code });

describe('telling errors of this library apart', () => {
  it.each([
    ['one of ours', new SessionError('grant_refused', 'x')],
    ['one of another copy of the library', named('SessionError', 'sign_in_refused')],
    ['one of another release, whose code is new', named('SessionError', 'new_code')],
    ['one of another realm, which is no `Error` here', { name: 'SessionError', code: 'signed_out' }],
  ])('takes %s', (_what, error) => {
    expect(isSessionError(error)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'SessionError'],
    ['another name', named('TypeError', 'grant_refused')],
    ['no code', named('SessionError', undefined)],
    ["somebody else's code", named('SessionError', 'ENOENT')],
    ['a code that every object has', named('SessionError', 'toString')],
    ['a list of codes', named('SessionError', ['grant_refused'])],
  ])('does not take %s', (_what, error) => {
    expect(isSessionError(error)).toBe(false);
  });
});
