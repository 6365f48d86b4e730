import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';
import { bodyFieldsOf } from '../../../../src/cli/request/bodyFields.ts';
import { requestShapeOf } from '../../../../src/cli/request/requestShapeOf.ts';
import { isRepeatable, withJunkToken } from '../../../../src/cli/request/withJunkToken.ts';
import { basicOf, FORM, formRequest, jwtOf, url } from './requests.ts';

const token = jwtOf({ azp: 'my_client' });
const fieldsOf = (request: HttpRequest) => Object.fromEntries(bodyFieldsOf(request.body).fields);
const right = {
  grant_type: 'refresh_token',
  client_id: 'my_client',
  client_secret: 's3cret',
  refresh_token: token,
};
const JSON_TYPE = ['Content-Type', 'application/json'] as const;

const junkOf = (request: HttpRequest) => withJunkToken(request, url);

describe('A request with a junk token', () => {
  it('is the same but for the token, which is as long as it was', () => {
    const junk = fieldsOf(junkOf(formRequest(right)));
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
    ['misspelt names', formRequest({ grantType: 'refresh_token', clientId: 'a', refreshToken: token })],
    ['doubled fields', formRequest(`${new URLSearchParams(right)}&${new URLSearchParams(right)}`)],
    ['no grant', formRequest({ client_id: 'a', refresh_token: token })],
    ['no token', formRequest({ grant_type: 'refresh_token', client_id: 'a' })],
    ['an empty token', formRequest({ ...right, refresh_token: '' })],
    ['a misspelt grant', formRequest({ ...right, grant_type: 'refreshToken ' })],
  ])('keeps the mistakes of one with %s', (_what, request) => {
    const { refreshToken: was, ...before } = requestShapeOf(request);
    const { refreshToken, ...after } = requestShapeOf(junkOf(request));
    expect(after).toEqual(before);
    expect(refreshToken?.length).toBe(was?.length);
    expect(JSON.stringify(junkOf(request))).not.toContain(token);
  });

  it.each([
    { grant_type: 'password', client_id: 'a', username: 'user-one', password: 'p4ssword!', scope: 'b' },
    { grant_type: 'authorization_code', client_id: 'a', code: 'c0de', code_verifier: 'v3rifier' },
    { grant_type: 'client_credentials', client_id: 'a', audience: 'x', resource: 'y' },
    { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', client_id: 'a', subject_token: token },
    { grant_type: 'custom', client_id: 'a', pin: '1234567', 'client_id 1234567': 'a' },
  ])('is a refresh grant in place of $grant_type, with nothing else in it', (fields) => {
    const { refresh_token: junk, ...others } = fieldsOf(junkOf(formRequest(fields)));
    expect(others).toEqual({ grant_type: 'refresh_token', client_id: 'a' });
    expect(junk).toMatch(/^junk/);
  });

  it.each([
    ['refresh_token\nclient_id=a', /^refresh_token(?!$|\nclient_id)/],
    [`refresh_token ${token}`, /^refresh_token./],
    ['', /^$/],
  ])('keeps a grant type that is none, without what was joined to it: %j', (grantType, kept) => {
    const junk = fieldsOf(junkOf(formRequest({ ...right, grant_type: grantType })));
    expect(junk['grant_type']).toMatch(kept);
    expect(junk['grant_type']).toHaveLength(grantType.length);
    expect(JSON.stringify(junk)).not.toContain(token);
  });

  it.each([
    ['a token', { client_id: token }],
    ["the user's password", { client_secret: 'hunter2', password: 'hunter2' }],
    ['anything under a name that no server reads', { clientId: 'a', secret: 'b' }],
  ])('has no %s where the client should be', (_what, fields) => {
    const values = Object.values(fieldsOf(junkOf(formRequest(fields))));
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(value).toMatch(/^j/);
  });

  it('has headers of its own', () => {
    const basic = basicOf('a', 'b');
    const headers = [
      basic,
      ['Cookie', 'c'],
      ['DPoP', 'd'],
      ['X-Api-Key', 'e'],
      ['User-Agent', 'f'],
      ['Origin', 'http://g/path'],
    ] as const;
    const type = [['Content-Type', FORM[1]]];
    expect(junkOf(formRequest(right, headers)).headers).toEqual([...type, basic, ['Origin', 'http://g']]);
    const bearer = formRequest(right, [['Authorization', `Bearer ${token}`]]);
    expect(junkOf(bearer).headers[1]).toEqual(['Authorization', 'Bearer junk-token-of-the-doctor.']);
    const odd = { ...formRequest(right), headers: [['Content-Type', 'application/vnd.acme']] as const };
    expect(junkOf(odd).headers).toEqual([['Content-Type', 'application/octet-stream']]);
  });

  it('is a POST to the endpoint, whatever the request was', () => {
    const request = { ...formRequest(right), method: 'DELETE', url: 'http://a:b@localhost/x?token=c#d' };
    expect(junkOf(request)).toMatchObject({ method: 'POST', url });
  });

  it('is junk where the body is nothing known', () => {
    const junk = junkOf({ ...formRequest(''), body: { kind: 'raw', text: `grant_type: ${token}` } });
    expect(junk.body).toEqual({ kind: 'raw', text: 'junk-token-of-the-doctor.' });
  });
});

describe('How a client proves itself', () => {
  const password = { grant_type: 'password', username: 'ada', password: 'hunter2' };
  it.each<[string, HttpRequest, boolean]>([
    ['a secret in the form', formRequest(right), true],
    ['Basic of the client', formRequest({ ...password, client_id: 'a' }, [basicOf('a', 'b')]), true],
    ['Basic that alone names the client', formRequest(password, [basicOf('a', 'b')]), true],
    ['Basic of another than the client', formRequest({ client_id: 'a' }, [basicOf('admin', 'b')]), false],
    ['Basic of the user', formRequest(password, [basicOf('ada', 'hunter2')]), false],
    ['Basic in place of a user', formRequest({ grant_type: 'password' }, [basicOf('ada', 'b')]), false],
    ["Basic with the user's password", formRequest(password, [basicOf('a', 'hunter2')]), false],
    ['an assertion', formRequest({ ...right, client_assertion: 'a.b.c' }), false],
    ['a token for a secret', formRequest({ ...right, client_secret: token }), false],
  ])('%s', (_what, request, isRight) => {
    expect(isRepeatable(request)).toBe(isRight);
  });
});
