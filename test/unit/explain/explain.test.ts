import { describe, expect, it } from 'vitest';
import type { FailedGrant } from '../../../src/explain/failedGrant.ts';
import { explain } from '../../../src/explain/explain.ts';
import {
  answer,
  exchange,
  fieldsOf,
  grantTypeMissed,
  invalidClient,
  invalidGrant,
  invalidRequest,
  invalidToken,
  nowSeconds,
  refresh,
  refreshToken,
  refreshWith,
  refreshWithout,
  tokenUrl,
  unauthorizedClient,
} from './evidence.ts';
import { furtherRows } from './furtherRows.ts';
import { liveRecord } from './liveRecord.ts';

const idsOf = (failure: FailedGrant): readonly string[] => explain(failure).map(({ id }) => id);
const certaintiesOf = (failure: FailedGrant): readonly string[] =>
  explain(failure).map(({ id, certainty }) => `${id} ${certainty}`);

const expired = refreshToken({ expiresAtSeconds: nowSeconds - 3600 });
const passed = { junkTokenAnswer: invalidToken } as const;
const nameless = refreshWithout('client_id', { clientId: undefined });

describe('an answer alone', () => {
  it('401 invalid_client has six causes, all of them only possible, the commonest first', () => {
    expect(certaintiesOf({ answer: invalidClient })).toEqual([
      'client-id-missing possible',
      'multipart-body possible',
      'client-id-unknown possible',
      'client-disabled possible',
      'client-id-in-query possible',
      'client-id-padded possible',
    ]);
    expect(idsOf({ answer: answer(401, 'invalid_client') })).toEqual(idsOf({ answer: invalidClient }));
  });

  const answers = [...liveRecord, ...furtherRows].filter(({ failure }) => failure.answer ?? failure.noAnswer);

  it.each(answers)('of "$what" shows nothing that another row has as well', ({ failure, first }) => {
    const { answer: answered, noAnswer } = failure;
    const key = JSON.stringify([answered?.status, answered?.error, answered?.errorDescription, noAnswer]);
    const sharing = answers.filter(
      ({ failure: { answer: a, noAnswer: n } }) =>
        JSON.stringify([a?.status, a?.error, a?.errorDescription, n]) === key,
    );
    const isShared = sharing.some((row) => row.first !== first);
    const shown = explain({ answer: answered, noAnswer }).filter(({ certainty }) => certainty === 'shown');
    expect(shown.length).toBeLessThanOrEqual(isShared ? 0 : 1);
  });

  it('words that only one cause has show it', () => {
    expect(certaintiesOf({ answer: answer(403, 'access_denied', 'realm not ENABLED.') })).toEqual([
      'realm-disabled shown',
    ]);
  });

  it('words of a longer refusal are not taken for those of a shorter one', () => {
    const told = invalidGrant("Invalid refresh token. Token client and authorized client don't match");
    expect(idsOf({ answer: told })).toEqual(['refresh-token-of-other-client']);
  });

  it('words that can hide a fault of the request show nothing', () => {
    expect(explain({ answer: invalidRequest('No refresh token') })[0]?.certainty).toBe('likely');
  });

  it('unknown words of another provider leave the meanings of the code', () => {
    const ids = idsOf({ answer: invalidGrant('grant request is invalid'), request: refresh() });
    expect(ids).toContain('refresh-token-expired');
    expect(ids).toContain('session-ended');
    expect(ids).not.toContain('user-credentials-wrong');
  });

  it('what fits nothing explains nothing', () => {
    expect(explain({})).toEqual([]);
    expect(explain({ answer: answer(418, 'teapot') })).toEqual([]);
    expect(explain({ answer: answer(200), request: refreshWith('client_id', { isPadded: true }) })).toEqual(
      [],
    );
  });
});

describe('with the request', () => {
  it('the fault in plain sight is shown, and what it excludes is gone', () => {
    expect(certaintiesOf({ answer: invalidClient, request: nameless })).toEqual(['client-id-missing shown']);
    const multipart = refresh({ encoding: 'multipart', contentType: 'multipart/form-data' });
    expect(certaintiesOf({ answer: invalidClient, request: multipart })).toEqual(['multipart-body shown']);
  });

  it('a faultless request leaves what the provider holds of the client', () => {
    expect(idsOf({ answer: invalidClient, request: refresh() })).toEqual([
      'client-disabled',
      'client-id-unknown',
    ]);
  });

  it('says what it saw', () => {
    const [cause] = explain({ answer: invalidClient, request: { ...nameless, authorization: 'bearer' } });
    expect(cause?.evidence).toEqual([
      'The answer was 401 invalid_client.',
      'The request names no client: no `client_id`, no Basic header.',
      'An `Authorization: Bearer` header is there in its place; it does not name a client.',
    ]);
  });

  it('a fault that the server checks later waits behind the one that was answered', () => {
    const request = { ...nameless, refreshToken: expired };
    expect(certaintiesOf({ answer: invalidClient, request, nowSeconds })).toEqual([
      'client-id-missing shown',
      'refresh-token-expired likely',
    ]);
  });

  it('a fault that the server had passed already is not brought up', () => {
    const request = refresh({ encoding: 'json', contentType: 'application/json', refreshToken: expired });
    expect(idsOf({ answer: invalidGrant('Token is not active'), request, nowSeconds })).toEqual([
      'refresh-token-expired',
    ]);
  });

  it('two faults of one step are both only likely', () => {
    const fields = {
      ...refresh().fields,
      refresh_token: { count: 1, isEmpty: false, isPadded: true, hasScheme: true },
    };
    expect(certaintiesOf({ answer: invalidToken, request: refresh({ fields }) })).toEqual([
      'refresh-token-padded likely',
      'refresh-token-with-scheme likely',
    ]);
  });

  it('words for something that the request rules out explain nothing', () => {
    const request = refresh({
      refreshToken: refreshToken({ expiresAtSeconds: nowSeconds + 60, notBeforeSeconds: 0 }),
    });
    const server = { clockDifferenceSeconds: 0 };
    expect(explain({ answer: invalidGrant('Token is not active'), request, server, nowSeconds })).toEqual([]);
    expect(idsOf({ answer: invalidRequest('duplicated parameter'), request })).toEqual([]);
  });

  it('what belongs to another grant is left out', () => {
    expect(idsOf({ answer: invalidGrant('Session not active'), request: exchange })).toEqual([
      'sign-in-session-gone',
    ]);
  });

  it('odd values are not repeated', () => {
    const secret = 'eyJhbGciOiJIUzI1NiJ9eyJhbGciOiJIUzI1NiJ9eyJhbGci';
    const found = explain({
      answer: invalidClient,
      request: refresh({ clientId: secret, grantType: secret }),
    });
    expect(JSON.stringify(found)).not.toContain(secret);
  });
});

describe('without an answer', () => {
  it('a faultless request explains nothing', () => {
    expect(explain({ request: refresh(), nowSeconds })).toEqual([]);
  });

  it('faults in plain sight come in the order of the checks', () => {
    const request = {
      ...refresh({ encoding: 'multipart', contentType: 'multipart/form-data' }),
      fields: fieldsOf('grant_type', 'refresh_token'),
      refreshToken: expired,
    };
    expect(certaintiesOf({ request, nowSeconds })).toEqual([
      'multipart-body shown',
      'client-id-missing likely',
      'refresh-token-expired likely',
    ]);
  });

  it('a token that expired within the slack of an unsure clock is not called expired', () => {
    const issuer = 'https://id.example.com/realms/my_realm';
    const url = `${issuer}/protocol/openid-connect/token`;
    const token = refreshToken({ issuer, expiresAtSeconds: nowSeconds - 5 });
    const request = refresh({ url, refreshToken: token });
    expect(explain({ request, nowSeconds })).toEqual([]);
    expect(idsOf({ request, nowSeconds, server: { clockDifferenceSeconds: 0 } })).toEqual([
      'refresh-token-expired',
    ]);
    expect(explain({ request, nowSeconds, server: { clockDifferenceSeconds: -10 } })).toEqual([]);
  });

  it('a server on this machine has its clock', () => {
    const request = refresh({ refreshToken: refreshToken({ expiresAtSeconds: nowSeconds - 5 }) });
    expect(idsOf({ request, nowSeconds })).toEqual(['refresh-token-expired']);
    const elsewhere = refresh({ ...request, url: tokenUrl.replace('127.0.0.1', '127.0.0.1.example.com') });
    expect(idsOf({ request: elsewhere, nowSeconds })).not.toContain('refresh-token-expired');
  });
});

describe('with what the server said to a junk token', () => {
  it('a corrected request of the client of the token clears none that was named in its place', () => {
    const server = { junkTokenAnswer: unauthorizedClient, correctedAnswer: invalidToken };
    const request = refresh({ clientId: 'another_client' });
    expect(certaintiesOf({ request, server })[0]).toBe('client-secret-missing likely');
    const refused = { status: 403, error: 'Invalid origin' };
    expect(idsOf({ request, server: { junkTokenAnswer: refused, correctedAnswer: invalidToken } })[0]).toBe(
      'origin-not-allowed',
    );
  });

  it('what a junk token is told by the revocation endpoint says nothing of the real one', () => {
    const junkTokenAnswer = { status: 200, error: 'invalid_token' };
    const url = tokenUrl.replace(/token$/, 'revoke');
    const request = refresh({ url, grantType: undefined, fields: fieldsOf('client_id', 'token') });
    expect(idsOf({ request, server: { junkTokenAnswer } })).not.toContain('dead-token-revoked');
    expect(idsOf({ request, server: { junkTokenAnswer }, answer: junkTokenAnswer })[0]).toBe(
      'dead-token-revoked',
    );
  });

  it('a token that was looked at excludes the client, the body and the address', () => {
    expect(explain({ answer: invalidClient, request: refresh(), server: passed })).toEqual([]);
    expect(explain({ request: nameless, server: passed })).toEqual([]);
    expect(idsOf({ request: refresh({ refreshToken: expired }), nowSeconds, server: passed })).toEqual([
      'refresh-token-expired',
    ]);
  });

  it('a refusal of the client stands for the answer that was not asked for', () => {
    const server = { junkTokenAnswer: unauthorizedClient };
    expect(certaintiesOf({ request: refresh(), server })[0]).toBe('client-secret-missing likely');
  });

  it('a page that may not read the answer learns why', () => {
    const server = { junkTokenAnswer: { ...invalidToken, isReadable: false } };
    expect(certaintiesOf({ noAnswer: 'hidden', request: refresh(), server })).toEqual([
      'origin-not-allowed shown',
    ]);
  });

  it('a corrected request that gets through leaves only the faults of the request', () => {
    const server = { junkTokenAnswer: grantTypeMissed, correctedAnswer: invalidToken };
    const json = refresh({ encoding: 'json', contentType: 'application/json' });
    expect(certaintiesOf({ request: json, server })).toEqual(['json-body shown']);
    expect(explain({ answer: invalidClient, request: refresh(), server })).toEqual([]);
  });

  it('a secret that was corrected and then accepted was the fault', () => {
    const server = { junkTokenAnswer: unauthorizedClient, correctedAnswer: invalidToken };
    const request = refresh({ queryFields: fieldsOf('client_secret') });
    expect(certaintiesOf({ request, server })).toEqual(['client-secret-in-query shown']);
  });

  it('a corrected request that is refused as well does not lower the proof, and leaves room for more', () => {
    const server = { junkTokenAnswer: invalidClient, correctedAnswer: invalidClient };
    const found = explain({ request: refreshWith('client_id', { isPadded: true }), server });
    expect(found[0]).toMatchObject({ id: 'client-id-padded', certainty: 'shown' });
    expect(found.slice(1)).toContainEqual(
      expect.objectContaining({ id: 'client-id-unknown', certainty: 'possible' }),
    );
  });
});
