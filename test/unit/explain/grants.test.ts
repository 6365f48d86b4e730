import { describe, expect, it } from 'vitest';
import { causes } from '../../../src/explain/causes.ts';
import { explain } from '../../../src/explain/explain.ts';
import type { FieldShape, GrantAnswer, RequestShape } from '../../../src/explain/failedGrant.ts';
import {
  answer,
  exchange,
  field,
  fieldsOf,
  grant,
  invalidGrant,
  nowSeconds,
  refresh,
  refreshToken,
} from './evidence.ts';

const elsewhere = 'https://id.example.com/oauth2/token';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const idsOf = (answered: GrantAnswer | undefined, request: RequestShape): readonly string[] =>
  explain({ answer: answered, request }).map(({ id }) => id);
const likelyOf = (answered: GrantAnswer, request: RequestShape): readonly string[] =>
  explain({ answer: answered, request })
    .filter(({ certainty }) => certainty !== 'possible')
    .map(({ id }) => id);

const refusedClient = answer(401, 'invalid_client');
const byAssertion = (url: string): RequestShape => ({
  ...grant(JWT_BEARER, 'assertion'),
  url,
  clientId: undefined,
  fields: fieldsOf('grant_type', 'assertion'),
});
const withoutVerifier = (...names: readonly string[]): RequestShape => ({
  ...grant('authorization_code', 'code', 'redirect_uri', ...names),
  url: elsewhere,
});

describe('what a grant does without is no fault', () => {
  it('an assertion as grant names its client by itself', () => {
    const request = byAssertion('https://oauth2.googleapis.com/token');
    expect(idsOf(undefined, request)).toEqual([]);
    expect(idsOf(refusedClient, request)).not.toContain('client-id-missing');
    expect(idsOf(answer(400, 'invalid_grant'), request)).toEqual(['grant-refused']);
  });

  it('but not to Entra', () => {
    const request = byAssertion('https://login.microsoftonline.com/common/oauth2/v2.0/token');
    expect(idsOf(undefined, request)).toEqual(['client-id-missing']);
  });

  it('nobody knows whether PKCE was begun with the sign-in', () => {
    expect(likelyOf(invalidGrant('no'), withoutVerifier('client_secret'))).toEqual([]);
    const basic = { ...withoutVerifier(), authorization: 'basic', hasBasicSecret: true } as const;
    expect(likelyOf(invalidGrant('no'), basic)).toEqual([]);
    expect(likelyOf(invalidGrant('no'), withoutVerifier())).toEqual([]);
    expect(idsOf(invalidGrant('no'), withoutVerifier())).toContain('pkce-verifier-missing');
  });

  it('a verifier that was not sent is not a wrong one', () => {
    expect(idsOf(invalidGrant('no'), withoutVerifier('client_secret'))).not.toContain('pkce-verifier-wrong');
    expect(idsOf(invalidGrant('no'), exchange)).toContain('pkce-verifier-wrong');
  });

  it('client_credentials needs neither PKCE nor a redirect URI nor a user', () => {
    const request = { ...grant('client_credentials', 'client_secret'), url: elsewhere };
    expect(idsOf(undefined, request)).toEqual([]);
    const found = [...idsOf(answer(400, 'invalid_request'), request), ...idsOf(invalidGrant('no'), request)];
    expect(found.filter((id) => /pkce|redirect|username|password|code-/.test(id))).toEqual([]);
  });
});

describe('the client is unknown', () => {
  it('is no default for invalid_client of another provider', () => {
    const request = grant('client_credentials', 'client_secret');
    expect(idsOf(refusedClient, { ...request, url: elsewhere })).toEqual(['client-authentication-failed']);
    const withoutSecret = { ...grant('refresh_token', 'refresh_token'), url: elsewhere };
    expect(idsOf(refusedClient, withoutSecret)).toEqual(['client-authentication-failed']);
    expect(idsOf(refusedClient, request)).toContain('client-id-unknown');
  });

  it('names a realm to nobody but those who ask Keycloak', () => {
    const titles = causes.filter(({ provider }) => provider === 'any').map(({ title }) => title);
    expect(titles.filter((title) => /realm/i.test(title))).toEqual([]);
  });
});

describe('placeholders and variables', () => {
  const basic = (secret: Partial<FieldShape>, id: Partial<FieldShape> = {}): RequestShape => ({
    ...grant('client_credentials'),
    url: elsewhere,
    fields: fieldsOf('grant_type'),
    clientId: undefined,
    authorization: 'basic',
    hasBasicSecret: true,
    basicFields: { client_id: field(id), client_secret: field(secret) },
  });

  it.each([
    ['client-secret-placeholder', basic({ isPlaceholder: true })],
    ['client-secret-padded', basic({ isPadded: true })],
    ['client-id-placeholder', basic({}, { isPlaceholder: true })],
    ['client-id-padded', basic({}, { isPadded: true })],
  ])('%s is seen in a Basic header', (first, request) => {
    expect(idsOf(refusedClient, request)[0]).toBe(first);
  });

  it('what a shell fills in is no fault, and the header is not broken', () => {
    const request = basic({ isUnknown: true }, { isUnknown: true });
    expect(idsOf(undefined, request)).toEqual([]);
    expect(idsOf(refusedClient, request)).toEqual(['client-authentication-failed']);
  });
});

describe('times', () => {
  const expired = { expiresAtSeconds: nowSeconds - 3600 };

  it('an access token that has expired is an access token first', () => {
    const request = refresh({ refreshToken: refreshToken({ ...expired, typ: 'Bearer' }) });
    const found = explain({ request, nowSeconds });
    expect(found.map(({ id }) => id)).toEqual(['not-a-refresh-token']);
    expect(found[0]?.evidence.join()).toContain('an access token');
  });

  it('a token is judged by the time of the answer, not by that of the paste', () => {
    const request = refresh({ refreshToken: refreshToken(expired) });
    const at = (dateSeconds: number) => ({ ...invalidGrant('no'), dateSeconds });
    const find = (dateSeconds: number) => explain({ answer: at(dateSeconds), request, nowSeconds });
    expect(find(nowSeconds - 4000).map(({ id }) => id)).not.toContain('refresh-token-expired');
    expect(find(nowSeconds - 3000)[0]).toMatchObject({ id: 'refresh-token-expired', certainty: 'shown' });
  });

  it('a token of a later time than the answer shows that a clock is wrong', () => {
    const request = refresh({ refreshToken: refreshToken({ issuedAtSeconds: nowSeconds }) });
    const answered = { ...invalidGrant('no'), dateSeconds: nowSeconds - 600 };
    expect(explain({ answer: answered, request }).map(({ id }) => id)).toContain('clock-wrong');
  });
});
