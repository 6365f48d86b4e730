import { describe, expect, it, vi } from 'vitest';
import { SessionError } from '../../../src/errors/sessionError.ts';
import { customAnswer, customRenewal } from '../../../src/grants/protocol/customAnswer.ts';
import type { TokenResponse } from '../../../src/grants/tokenResponse.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { everythingOf, failureOf, jwt, wholly } from './protocolFixture.ts';

const secret = 'planted-refresh';
const held = {
  accessToken: 'planted-access',
  refreshToken: secret,
  idToken: jwt({ sub: 'ada', iss: 'i', aud: 'web' }),
};
const returning = (fields: unknown) => async (): Promise<TokenResponse> => fields as TokenResponse;
const throwing = (thrown: unknown) => async (): Promise<TokenResponse> => {
  throw thrown;
};

const clock = createVirtualClock();
const signIn = (run: () => Promise<TokenResponse>) => customAnswer(clock, run, [undefined, secret]);
const renew = (run: () => Promise<TokenResponse>) => customRenewal(clock, run, held, 1000);

/** Another copy of the library has another class. */
const foreign = (code: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name: 'SessionError', code, ...more });

describe('a function of the app’s own', () => {
  it('is asked with the refresh token, and dated from when it was called', async () => {
    const run = vi.fn(async () => {
      clock.suspend(500);
      return { access_token: 'a', expires_in: 60 };
    });
    const began = clock.wallMs();
    const { sentAt, facts } = await wholly(customRenewal(clock, run, held, 1000));
    expect(run.mock.calls).toEqual([[secret]]);
    expect([sentAt.wallMs, facts.expires_in]).toEqual([began, 60]);
  });

  it('may return tokens that are older than the answer', async () => {
    const run = returning({
      access_token: jwt({ iat: 100, exp: 160 }),
      id_token: jwt({ sub: 'ada', iat: 120 }),
    });
    expect((await signIn(run)).facts.expires_in).toBe(40);
    expect((await wholly(customRenewal(clock, run, { accessToken: 'a' }, 1000))).facts.expires_in).toBe(40);
  });

  it('is given up after the limit, a sign-in never', async () => {
    const time = createVirtualClock();
    const renewal = failureOf(customRenewal(time, () => new Promise(() => {}), held, 1000));
    const done = vi.fn();
    void customAnswer(time, () => new Promise(() => {})).finally(done);
    await time.advance(1000);
    expect(await renewal).toMatchObject({ code: 'network_failed', retryable: true });
    await time.advance(3_600_000);
    expect([done.mock.calls.length, time.pendingTimers]).toEqual([0, 0]);
  });

  it.each([
    ['invalid_grant', 'sign_in_refused', 'grant_refused'],
    ['invalid_client', 'client_refused', 'client_refused'],
    ['mfa_required', 'interaction_required', 'interaction_required'],
    ['server_error', 'provider_unavailable', 'provider_unavailable'],
    ['invalid_scope', 'client_refused', 'client_refused'],
  ])('may return the error %s', async (error, signInCode, renewalCode) => {
    const run = returning({ error, error_description: `Because of ${secret}` });
    for (const [name, asked, code] of [
      ['signIn', signIn(run), signInCode],
      ['refresh', renew(run), renewalCode],
    ] as const) {
      const failure = await failureOf(asked);
      expect(failure).toMatchObject({
        code,
        error,
        errorDescription: 'Because of …',
        message: expect.stringContaining(`\`grants.${name}\` failed: ${error}, Because of …. `) as string,
      });
    }
  });

  it('is told what it must return', async () => {
    for (const [name, asked] of [
      ['signIn', signIn(returning(undefined))],
      ['refresh', renew(returning({ token: secret }))],
    ] as const) {
      expect(await failureOf(asked)).toMatchObject({
        code: 'response_invalid',
        message: `\`grants.${name}\` failed: \`access_token\` is missing or malformed. It must return a token endpoint's answer`,
      });
    }
  });
});

describe('what a function of the app’s own throws', () => {
  it('decides by its code, and says what it said', async () => {
    const refused = new SessionError('sign_in_refused', 'Wrong badge', { errorDescription: 'No such badge' });
    expect(await failureOf(signIn(throwing(refused)))).toEqual(refused);
    expect(await failureOf(renew(throwing(refused)))).toEqual(refused);
  });

  it('loses what else is in it, which can be a secret', async () => {
    class OwnError extends SessionError {
      readonly request = { refresh_token: secret };
    }
    const thrown = Object.assign(new OwnError('grant_refused', 'No'), { [Symbol('more')]: secret });
    thrown.stack = `Error: ${secret}`;
    const error = await failureOf(renew(throwing(thrown)));
    expect(error).toMatchObject({ code: 'grant_refused', message: 'No' });
    expect(everythingOf(error)).not.toContain(secret);
  });

  it('decides by its code where it is of another copy of the library', async () => {
    const details = { status: 401, error: 'e', errorDescription: 'd', retryable: true, retryAfterMs: 5 };
    const error = await failureOf(signIn(throwing(foreign('client_refused', 'No', details))));
    expect(error).toBeInstanceOf(SessionError);
    expect(error).toMatchObject({ code: 'client_refused', message: 'No', ...details });
  });

  it.each([
    ['its message', new SessionError('grant_refused', `No: ${secret}`)],
    ['its error', new SessionError('grant_refused', 'No', { error: secret })],
    ['its description', new SessionError('grant_refused', 'No', { errorDescription: `No: ${secret}` })],
    ['its cause', new SessionError('grant_refused', 'No', { cause: new Error(secret) })],
    ['a native cause', new SessionError('grant_refused', 'No', { cause: new TypeError(secret) })],
    ['a request in its cause', new SessionError('grant_refused', 'No', { cause: { request: secret } })],
    ['the message of another copy', foreign('grant_refused', secret)],
  ])('keeps its code, and no secret: %s', async (_where, thrown) => {
    const error = await failureOf(renew(throwing(thrown)));
    expect(error).toMatchObject({ code: 'grant_refused' });
    expect(everythingOf(error)).not.toContain('planted');
  });

  it('keeps no text where a number or a flag belongs, and no secret as the grant', async () => {
    const odd = { status: secret, retryable: secret, retryAfterMs: secret, grantType: `by ${secret}` };
    for (const thrown of [
      foreign('grant_refused', 'No', odd),
      new SessionError('grant_refused', 'No', odd as never),
    ]) {
      const error = (await failureOf(renew(throwing(thrown)))) as SessionError;
      expect(error).toMatchObject({ code: 'grant_refused', retryable: false, grantType: 'by …' });
      expect([error.status, error.retryAfterMs]).toEqual([undefined, undefined]);
    }
  });

  it.each([
    [new RangeError(secret), 'RangeError'],
    [Object.assign(new Error('x'), { name: secret }), '…'],
    [Object.assign(new Error('x'), { name: { toString: () => secret } }), 'object'],
    [foreign('ENOENT', secret), 'SessionError'],
    [secret, 'string'],
    [undefined, 'undefined'],
    [null, 'object'],
  ])('is else known by its name alone: %#', async (thrown, name) => {
    const error = await failureOf(renew(throwing(thrown)));
    expect(error).toMatchObject({
      code: 'network_failed',
      retryable: true,
      message: `\`grants.refresh\` failed with ${name}. Throw a SessionError, or return { error: 'invalid_grant' }, to say what that means`,
    });
    expect(everythingOf(error)).not.toContain('planted');
  });

  it.each([
    [new TypeError('Failed to fetch'), 'network_failed'],
    [new TypeError('fetch failed'), 'network_failed'],
    [new TypeError('NetworkError when attempting to fetch resource.'), 'network_failed'],
    [new TypeError('Load failed'), 'network_failed'],
    [new TypeError('Die Internetverbindung ist anscheinend offline.'), 'network_failed'],
    [new TypeError(`${secret} is not a function`), 'option_invalid'],
    [new TypeError("Cannot read properties of undefined (reading 'token')"), 'option_invalid'],
    [new TypeError("undefined is not an object (evaluating 'answer.token')"), 'option_invalid'],
    [new TypeError('can\'t access property "token", answer is undefined'), 'option_invalid'],
    [new ReferenceError('tokn is not defined'), 'option_invalid'],
    [new RangeError('5 is not a port'), 'network_failed'],
    [new SyntaxError('Unexpected token <'), 'response_invalid'],
  ])('is no dead network where it is surely a mistake: %s', async (thrown, code) => {
    for (const [name, asked] of [
      ['signIn', signIn(throwing(thrown))],
      ['refresh', renew(throwing(thrown))],
    ] as const) {
      const error = await failureOf(asked);
      const remedy = code === 'option_invalid' ? 'That is a mistake in its code' : 'Throw a SessionError';
      const message = expect.stringContaining(
        `\`grants.${name}\` failed with ${thrown.name}. ${remedy}`,
      ) as string;
      expect(error).toMatchObject({ code, message, retryable: code !== 'option_invalid' });
      expect(everythingOf(error)).not.toContain('planted');
    }
  });

  it('is caught before the first await, and a value that is no promise is taken', async () => {
    const failing = (): never => {
      throw new RangeError('x');
    };
    expect(await failureOf(signIn(failing))).toMatchObject({ code: 'network_failed' });
    expect((await signIn((() => ({ access_token: 'a' })) as never)).tokens.accessToken).toBe('a');
  });
});
