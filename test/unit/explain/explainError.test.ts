import { describe, expect, it } from 'vitest';
import { SessionError, type SessionErrorCode } from '../../../src/errors/sessionError.ts';
import { library } from '../../../src/explain/causes/library.ts';
import { explainError } from '../../../src/explain/explainError.ts';
import { causes } from '../../../src/explain/index.ts';
import { refreshWithout } from './evidence.ts';

const idsOf = (...failed: Parameters<typeof explainError>): readonly string[] =>
  explainError(...failed).map(({ id }) => id);

const refused = (status: number, error: string, errorDescription?: string): SessionError =>
  new SessionError('client_refused', 'Renewing failed', { status, error, errorDescription });

const lost = (cause: Error): SessionError => new SessionError('network_failed', 'Renewing failed', { cause });

/** Complete, or the compiler complains. */
const codes = Object.keys({
  option_invalid: true,
  session_conflict: true,
  session_stopped: true,
  signed_out: true,
  session_ended: true,
  session_idle: true,
  wait_timed_out: true,
  grant_refused: true,
  client_refused: true,
  provider_unavailable: true,
  network_failed: true,
  response_invalid: true,
  id_token_invalid: true,
  token_arrived_stale: true,
  sign_in_refused: true,
  interaction_required: true,
  sign_in_cancelled: true,
  sign_in_loop: true,
  platform_unsupported: true,
  provider_unsupported: true,
  code_not_loaded: true,
  storage_ignored: true,
  record_unavailable: true,
  tabs_unavailable: true,
  tokens_elsewhere: true,
  password_grant_discouraged: true,
} satisfies Record<SessionErrorCode, true>) as SessionErrorCode[];

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

  it('says nothing of other errors and of none, and is not caught by one that causes itself', () => {
    const circular: { cause?: unknown } & SessionError = new SessionError('wait_timed_out', 'Waited');
    circular.cause = circular;
    expect(idsOf(circular)).toEqual(['renewal-too-slow']);
    for (const other of [undefined, null, 'text', new Error('x')]) expect(explainError(other)).toEqual([]);
    const ofClient = Object.assign(new Error('Request failed'), { code: 'ERR_BAD_REQUEST', status: 401 });
    const ofOthers = ['ABORT_ERR', 'constructor', 'signed out'].map((code) => ({ code }));
    for (const other of [ofClient, null, 'error', {}, ...ofOthers]) expect(explainError(other)).toEqual([]);
  });

  it('takes a request of the app in place of what it knows', () => {
    const request = refreshWithout('client_id', { clientId: undefined });
    expect(idsOf(refused(401, 'invalid_client'), { request })).toEqual(['client-id-missing']);
  });

  it.each(codes)('has an answer for %s, by its code alone', (code) => {
    const found = explainError(new SessionError(code, 'Something happened'));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ id }) => !causes.some((cause) => cause.id === id))).toEqual([]);
    expect(explainError({ code })).toEqual(found);
  });

  it('is sure only where a code means one thing', () => {
    const certaintiesOf = (code: SessionErrorCode): readonly string[] =>
      explainError(new SessionError(code, 'x')).map(({ certainty }) => certainty);
    expect(certaintiesOf('session_ended')).toEqual(['shown']);
    expect(certaintiesOf('sign_in_loop')).toEqual(['possible', 'possible']);
    expect(certaintiesOf('sign_in_refused')).toEqual(['possible', 'possible']);
  });

  it('explains what came first: others are made of it', () => {
    const deployed = new SessionError('code_not_loaded', 'x', { cause: new TypeError('404') });
    const loop = new SessionError('sign_in_loop', 'x', { cause: deployed });
    expect(idsOf(loop)).toEqual(['old-files-removed']);
  });

  it('falls back on the code where the answer is one that no table knows', () => {
    const odd = new SessionError('provider_unavailable', 'x', { status: 599, error: 'odd' });
    expect(idsOf(odd)).toEqual(['server-unavailable', 'server-error']);
  });

  it.each(library)('$id is written like the other causes', ({ id, title, looks, why, remedy, check }) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(causes.filter((cause) => cause.id === id)).toHaveLength(1);
    for (const text of [title, looks, why, remedy, check]) expect(text).toMatch(/\S.{9}/);
    expect(title).not.toMatch(/\.$/);
    expect(remedy.split(/(?<=[^.…])[.:;](?=\s|$)/)[0]?.length).toBeLessThanOrEqual(90);
  });
});
