import { describe, expect, it } from 'vitest';
import { SessionError } from '../../../src/errors/sessionError.ts';
import { explainError } from '../../../src/explain/explainError.ts';
import { refreshWithout } from './evidence.ts';

const idsOf = (...failed: Parameters<typeof explainError>): readonly string[] =>
  explainError(...failed).map(({ id }) => id);

const refused = (status: number, error: string, errorDescription?: string): SessionError =>
  new SessionError('client_refused', 'Renewing failed', { status, error, errorDescription });

const lost = (cause: Error): SessionError => new SessionError('network_failed', 'Renewing failed', { cause });

describe('explaining an error of this library', () => {
  it('leaves out what our own requests cannot have wrong', () => {
    expect(idsOf(refused(401, 'invalid_client'))).toEqual([
      'client-id-unknown',
      'client-disabled',
      'client-id-padded',
    ]);
  });

  it('does not take for missing what it cannot know', () => {
    expect(idsOf(refused(401, 'unauthorized_client'))).toEqual([
      'client-secret-missing',
      'client-secret-wrong',
      'bearer-only-client',
      'saml-client',
    ]);
    expect(explainError(refused(401, 'unauthorized_client'))[0]?.certainty).toBe('possible');
  });

  it('goes by the words of the provider', () => {
    const error = new SessionError('grant_refused', 'Renewing failed', {
      status: 400,
      error: 'invalid_grant',
      errorDescription: 'Token is not active',
    });
    expect(idsOf(error)).toEqual(['refresh-token-expired', 'refresh-token-not-yet-valid']);
  });

  it.each([
    [
      'refresh_token',
      ['refresh-token-expired', 'session-ended', 'refresh-token-reused', 'refresh-token-of-other-client'],
    ],
    [
      'authorization_code',
      ['pkce-verifier-wrong', 'code-used-or-unknown', 'redirect-uri-differs', 'code-expired'],
    ],
    ['password', ['user-credentials-wrong']],
  ])('goes by the grant that failed: %s', (grantType, ids) => {
    const details = { status: 400, error: 'invalid_grant', grantType };
    expect(idsOf(new SessionError('sign_in_refused', 'x', details))).toEqual(ids);
  });

  it('knows that only a renewal is refused for good', () => {
    const details = { status: 400, error: 'invalid_grant' };
    expect(idsOf(new SessionError('grant_refused', 'x', details))).toEqual(
      idsOf(new SessionError('grant_refused', 'x', { ...details, grantType: 'refresh_token' })),
    );
  });

  it.each([
    ['fetch failed (ENOTFOUND)', 'host-unknown'],
    ['fetch failed (ECONNREFUSED)', 'connection-refused'],
    ['fetch failed (UND_ERR_CONNECT_TIMEOUT)', 'server-silent'],
    ['fetch failed (ECONNRESET)', 'connection-lost'],
    ['fetch failed (DEPTH_ZERO_SELF_SIGNED_CERT)', 'certificate-refused'],
    ['Failed to fetch', 'origin-not-allowed'],
  ])('takes "%s" for %s', (message, id) => {
    expect(idsOf(lost(new TypeError(message)))[0]).toBe(id);
  });

  it('knows a time-out', () => {
    expect(idsOf(lost(new DOMException('no answer within 10000 ms', 'TimeoutError')))).toEqual([
      'server-silent',
    ]);
  });

  it('takes a malformed answer for somebody else in front of the provider', () => {
    expect(idsOf(new SessionError('response_invalid', 'Renewing failed'))).toEqual(['gateway-answers']);
  });

  it('looks beneath an error that only waited', () => {
    const waited = new SessionError('wait_timed_out', 'Waited', {
      cause: lost(new TypeError('x (ENOTFOUND)')),
    });
    expect(idsOf(waited)).toEqual(['host-unknown']);
  });

  it('says nothing of other errors, of none, and of those that cause themselves', () => {
    const circular: { cause?: unknown } & SessionError = new SessionError('wait_timed_out', 'Waited');
    circular.cause = circular;
    expect(explainError(circular)).toEqual([]);
    for (const other of [undefined, null, 'text', new Error('x')]) expect(explainError(other)).toEqual([]);
    expect(explainError(new SessionError('signed_out', 'Nobody is signed in'))).toEqual([]);
    const ofClient = Object.assign(new Error('Request failed'), { code: 'ERR_BAD_REQUEST', status: 401 });
    for (const other of [ofClient, null, 'error', {}]) expect(explainError(other)).toEqual([]);
  });

  it('takes a request of the app in place of what it knows', () => {
    const request = refreshWithout('client_id', { clientId: undefined });
    expect(idsOf(refused(401, 'invalid_client'), { request })).toEqual(['client-id-missing']);
  });
});
