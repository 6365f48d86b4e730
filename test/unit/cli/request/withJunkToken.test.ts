import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';
import { bodyFieldsOf } from '../../../../src/cli/request/bodyFields.ts';
import { requestShapeOf } from '../../../../src/cli/request/requestShapeOf.ts';
import { withJunkToken } from '../../../../src/cli/request/withJunkToken.ts';
import { basicOf, formRequest, jwtOf, url } from './requests.ts';

const token = jwtOf({ azp: 'my_client' });
const fieldsOf = (request: HttpRequest) => Object.fromEntries(bodyFieldsOf(request.body).fields);
const right = {
  grant_type: 'refresh_token',
  client_id: 'my_client',
  client_secret: 's3cret',
  refresh_token: token,
};
const JSON_TYPE = ['Content-Type', 'application/json'] as const;

describe('A request with a junk token', () => {
  it('is the same but for the token, which is as long as it was', () => {
    const junk = fieldsOf(withJunkToken(formRequest(right)));
    expect(junk).toEqual({
      ...right,
      refresh_token: expect.not.stringContaining(token.slice(0, 20)) as string,
    });
    expect(junk['refresh_token']).toHaveLength(token.length);
  });

  it.each<[string, HttpRequest]>([
    [
      'parts',
      {
        method: 'POST',
        url,
        headers: [['Content-Type', 'multipart/form-data']],
        body: { kind: 'multipart', parts: Object.entries(right) },
      },
    ],
    [
      'JSON',
      { method: 'POST', url, headers: [JSON_TYPE], body: { kind: 'raw', text: JSON.stringify(right) } },
    ],
    ['a query', { method: 'GET', url: `${url}?${new URLSearchParams(right)}`, headers: [] }],
    ['misspelt names', formRequest({ grantType: 'refresh_token', clientId: 'a', refreshToken: token })],
    ['doubled fields', formRequest(`${new URLSearchParams(right)}&${new URLSearchParams(right)}`)],
    ['no grant', formRequest({ client_id: 'a', refresh_token: token })],
    ['no token', formRequest({ grant_type: 'refresh_token', client_id: 'a' })],
    ['an empty token', formRequest({ ...right, refresh_token: '' })],
    ['a misspelt grant', formRequest({ ...right, grant_type: 'refreshToken ' })],
  ])('keeps the mistakes of one with %s', (_what, request) => {
    const { refreshToken: was, ...before } = requestShapeOf(request);
    const { refreshToken, ...after } = requestShapeOf(withJunkToken(request));
    expect(after).toEqual(before);
    expect(refreshToken?.length).toBe(was?.length);
    expect(JSON.stringify(withJunkToken(request))).not.toContain(token);
  });

  it.each([
    { grant_type: 'password', client_id: 'a', username: 'user-one', password: 'p4ssword!' },
    { grant_type: 'authorization_code', client_id: 'a', code: 'c0de', code_verifier: 'v3rifier' },
    { grant_type: 'client_credentials', client_id: 'a', client_secret: 'x' },
    { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', client_id: 'a', subject_token: token },
    { grant_type: 'custom', client_id: 'a', pin: '1234567' },
  ])('is a refresh grant in place of $grant_type, without its secrets', (fields) => {
    const junk = fieldsOf(withJunkToken(formRequest(fields)));
    expect(junk['grant_type']).toBe('refresh_token');
    expect(junk['refresh_token']).toMatch(/^junk/);
    const { grant_type: _grant, client_id: _id, ...others } = fields as Record<string, string>;
    const secrets = Object.entries(others).filter(([name]) => name !== 'client_secret');
    for (const [, secret] of secrets) expect(Object.values(junk)).not.toContain(secret);
  });

  it.each([
    ['refresh_token\nclient_id=a', /^refresh_token(?!$|\nclient_id)/],
    [`refresh_token ${token}`, /^refresh_token./],
    ['', /^$/],
  ])('keeps a grant type that is none, without what was joined to it: %j', (grantType, kept) => {
    const junk = fieldsOf(withJunkToken(formRequest({ ...right, grant_type: grantType })));
    expect(junk['grant_type']).toMatch(kept);
    expect(junk['grant_type']).toHaveLength(grantType.length);
    expect(JSON.stringify(junk)).not.toContain(token);
  });

  it('tells the client by its header, and nothing else that could be used up', () => {
    const basic = basicOf('a', 'b');
    const headers = [
      basic,
      ['Cookie', 'c'],
      ['DPoP', 'd'],
      ['X-Refresh-Token', 'e'],
      ['X-Some', token],
      ['Origin', 'http://f'],
    ] as const;
    const junk = withJunkToken(formRequest(right, headers)).headers.slice(1);
    expect(junk).toEqual([
      basic,
      ['X-Refresh-Token', 'junk-token-of-the-doctor.'],
      ['X-Some', 'junk-token-of-the-doctor.'],
      ['Origin', 'http://f'],
    ]);
    const [, bearer] = withJunkToken(formRequest(right, [['Authorization', `Bearer ${token}`]])).headers;
    expect(bearer).toEqual(['Authorization', 'Bearer junk-token-of-the-doctor.']);
  });

  it('keeps what the address needs', () => {
    const { url: address } = withJunkToken({
      ...formRequest(right),
      url: `${url}?p=B2C_1_policy&token=${token}&t=${token}`,
    });
    expect(address).toMatch(/\?p=B2C_1_policy&token=junk[^&]*&t=junk[^&]*$/);
  });

  it('is junk where the body is nothing known', () => {
    const junk = withJunkToken({ ...formRequest(''), body: { kind: 'raw', text: `grant_type: ${token}` } });
    expect(junk.body).toEqual({ kind: 'raw', text: 'junk-token-of-the-doctor.' });
  });
});
