import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/explain/explain.ts';
import type { FailedGrant } from '../../../src/explain/failedGrant.ts';

const alone = (errorDescription: string): FailedGrant => ({
  answer: { status: 400, isStatusUnknown: true, isErrorUnknown: true, errorDescription },
});

const firstOf = (failure: FailedGrant): readonly (string | undefined)[] => {
  const [first] = explain(failure);
  return [first?.id, first?.certainty];
};

describe('A sentence of a server without its code and without the request', () => {
  it.each([
    ['Invalid parameter: redirect_uri', 'redirect-uri-not-registered'],
    ['Cannot supply multiple client credentials. Use one of the following: …', 'client-authenticated-twice'],
    ['The audience claim for client_assertion must be the endpoint invoked', 'client-assertion-audience'],
    ['AADSTS50012: Client assertion contains an invalid signature.', 'client-assertion-key'],
    ['The redirect_uri does not match the registered value', 'redirect-uri-not-registered'],
    ['Code not valid', 'code-used-or-unknown'],
    ['Invalid post logout URI', 'logout-return-not-registered'],
    ['Jwt issuer is not configured', 'access-token-issuer-differs'],
    ['invalid token (wrong ISS)', 'access-token-issuer-differs'],
    ['UnauthorizedError: jwt malformed', 'access-token-malformed'],
    ['UnauthorizedError: jwt audience invalid. expected: https://api.example', 'access-token-audience-wrong'],
    ['Bearer was not authenticated. Failure message: IDX10501: Signature…', 'access-token-signature-wrong'],
    ["Grant type 'password' not allowed for the client.", 'grant-off-for-client'],
    ['oidc: expected audience "app" got ["account"]', 'access-token-audience-wrong'],
    // coreos/go-oidc, manfredsteyer/angular-oauth2-oidc; Spring's stands among the overclaims.
    ['oidc: issuer did not match the issuer returned by provider, expected "a" got "b"', 'issuer-differs'],
    ['invalid issuer in discovery document expected: a current: b', 'issuer-differs'],
  ])('points to its cause, and shows none: %s', (sentence, id) => {
    expect(firstOf(alone(sentence))).toEqual([id, 'likely']);
  });

  it.each([
    ['which is short', 'Invalid audience', 'access-token-audience-wrong'],
    ['which many say of many things', 'HTTP 401 Unauthorized', 'admin-token-refused'],
    ['which is said at sign-in as well', 'The redirect_uri does not match', 'redirect-uri-differs'],
    [
      'which is said of codes and refresh tokens as well',
      'The token was not issued to this client',
      'revocation-of-other-client',
    ],
    ['which people say as well', 'access token has expired', 'access-token-expired'],
    [
      'which is said of ID tokens as well',
      'IDX10501: Signature validation failed.',
      'access-token-signature-wrong',
    ],
    ['which has two meanings', 'The authorization code is invalid or has expired.', 'code-used-or-unknown'],
    [
      'which is said of codes that are too old as well',
      "Code 'a' already used for userSession 'b' and client 'c'.",
      'code-used-or-unknown',
    ],
  ])('says no more than what is possible, %s', (_why, sentence, id) => {
    expect(firstOf(alone(sentence))).toEqual([id, 'possible']);
  });
});

describe('What is said of an API', () => {
  it('counts beside the code for access tokens', () => {
    const answer = {
      status: 401,
      error: 'invalid_token',
      errorDescription: "The audience 'empty' is invalid",
      isStatusUnknown: true,
    };
    expect(firstOf({ answer })).toEqual(['access-token-audience-wrong', 'likely']);
  });

  it('does not explain what a token endpoint says of an assertion', () => {
    const ids = explain({
      answer: { status: 401, error: 'invalid_client', errorDescription: 'The required audience is missing' },
    }).map(({ id }) => id);
    expect(ids).not.toContain('access-token-audience-wrong');
  });
});

describe('A code of Entra for several things', () => {
  it.each([
    ['AADSTS50012: Client assertion contains an invalid signature.', 'client-assertion-key'],
    [
      'AADSTS50012: Client assertion audience claim does not match Realm issuer.',
      'client-assertion-audience',
    ],
  ])('goes by its sentence: %s', (errorDescription, id) => {
    expect(explain({ answer: { status: 401, error: 'invalid_client', errorDescription } })[0]?.id).toBe(id);
  });
});
