import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSession as createInProduction } from '../../../src/index.ts';
import { createSession as createInDevelopment } from '../../../src/index.development.ts';

const onWarning = vi.fn<(warning: Error) => void>();
afterEach(() => void onWarning.mockClear());

const given = { issuer: 'https://id.test', clientId: 'web', tokenOrigins: 'https://api.test', onWarning };
const makeWith = (more: object, createSession = createInDevelopment) => createSession({ ...given, ...more });

describe('in development', () => {
  test.each([
    [{ client_id: 'web' }, '`client_id` is no option. Is `clientId` meant?'],
    [{ tokenOrigin: 'x' }, '`tokenOrigin` is no option. Is `tokenOrigins` meant?'],
    [{ idle: { afer: 1 } }, '`idle.afer` is no option. Is `idle.after` meant?'],
    [{ idle: { timeout: 1 } }, '`idle.timeout` is no option'],
    [{ onSignedIn: () => {} }, '`onSignedIn` is no option'],
    [{ valueOf: 1 }, '`valueOf` is no option'],
    [{ endpoints: { tokenEndpoint: 'x' } }, 'Is `endpoints.token_endpoint` meant?'],
    [{ scope: ['openid'] }, '`scope` must be a string, not array'],
    [{ clientSecret: 4711 }, '`clientSecret` must be a string, not number'],
    [{ clientSecret: null }, '`clientSecret` must be a string, not null'],
    [{ idle: true }, '`idle` must be `false` or an object, not boolean'],
    [{ idle: { after: '900000' } }, '`idle.after` must be a number of milliseconds, not string'],
    [
      { idle: { requests: 'wait' } },
      '`idle.requests` must be `"reject"` or `"hold"` or `"renew"`, not string',
    ],
    [{ silent: true }, '`silent` must be `"frame"` or `"redirect"` or `false`, not boolean'],
    [{ signedOut: { requests: true } }, '`signedOut.requests` must be'],
    [{ clock: {} }, '`clock` must be a clock, with all methods of `Clock`, not object'],
    [{ grants: { refresh: 'https://id.test/token' } }, '`grants.refresh` must be a function, not string'],
  ])('%j is refused by name', (more, message) => {
    expect(() => makeWith(more)).toThrow(
      expect.objectContaining({
        code: 'option_invalid',
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  test('no options at all are refused by the name of what is missing', () => {
    for (const odd of [undefined, null])
      expect(() => createInDevelopment(odd as never)).toThrow('createSession: `issuer` must be a text');
  });

  test('what is right is taken, and what is `undefined` is not there', () => {
    const storage = { get: () => null, set: () => {}, remove: () => {} };
    const idle = { after: 900_000, requests: 'hold' };
    const endpoints = { token_endpoint: 'https://id.test/token' };
    makeWith({ idle, storage, endpoints, silent: false, waitTimeout: 500, clientSecret: undefined });
    makeWith({ idle: false, tokenOrigins: ['https://api.test'], signedOut: { requests: () => 'send' } });
    expect(onWarning).not.toHaveBeenCalled();
  });

  test('a duration that looks like seconds is warned of, once', () => {
    for (const _ of [1, 2]) makeWith({ idle: { after: 900 }, waitTimeout: 8 });
    expect(onWarning.mock.calls.map(([{ message }]) => message)).toEqual([
      'createSession: `idle.after` is 900 milliseconds. Seconds? Then it is 900000',
      'createSession: `waitTimeout` is 8 milliseconds. Seconds? Then it is 8000',
    ]);
  });
});

test('in production nothing of it is asked', () => {
  makeWith({ tokenOrigin: 'x', idle: { after: 900 } }, createInProduction);
  expect(onWarning).not.toHaveBeenCalled();
});
