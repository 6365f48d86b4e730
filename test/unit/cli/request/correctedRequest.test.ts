import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';
import { correctedRequest } from '../../../../src/cli/request/correctedRequest.ts';
import { basicOf, FORM, formRequest, jwtOf, url } from './requests.ts';

const token = jwtOf({ typ: 'Refresh', azp: 'my_client' });
const right = { grant_type: 'refresh_token', client_id: 'my_client', refresh_token: token };
const rightRequest = formRequest(right);
const fieldsOf = ({ body }: HttpRequest) =>
  Object.fromEntries(new URLSearchParams(body?.kind === 'raw' ? body.text : ''));
const raw = (text: string) => ({ kind: 'raw', text }) as const;

describe('A corrected request', () => {
  it.each<[string, HttpRequest]>([
    ['one that is right', rightRequest],
    [
      'a GET with all in the query',
      { method: 'GET', url: `${url}?${new URLSearchParams(right)}`, headers: [] },
    ],
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
      { ...rightRequest, headers: [['content-type', 'application/json']], body: raw(JSON.stringify(right)) },
    ],
    ['no client', formRequest({ grant_type: 'refresh_token', refresh_token: token })],
    ['an empty client', formRequest({ ...right, client_id: '' })],
    [
      'misspelt names',
      formRequest({ grantType: 'refresh_token', 'client-id': 'my_client', refeshToken: token }),
    ],
    ['a misspelt grant', formRequest({ ...right, grant_type: 'refreshtoken' })],
    ['another client', formRequest({ ...right, client_id: 'admin-cli' })],
    [
      'names that went through HTML',
      formRequest(`grant_type=refresh_token&amp;client_id=my_client&amp;refresh_token=${token}`),
    ],
    ['no grant', formRequest({ client_id: 'my_client', refresh_token: token })],
    ['doubled fields', formRequest(`${new URLSearchParams(right)}&${new URLSearchParams(right)}`)],
    [
      'a password form besides',
      formRequest(`grant_type=password&username=a&password=b&${new URLSearchParams(right)}`),
    ],
    [
      'padding',
      formRequest({
        grant_type: ' refresh_token',
        client_id: 'my_client\n',
        refresh_token: `"Bearer ${token.slice(0, 50)}\n${token.slice(50)}"`,
      }),
    ],
    [
      'a stray header',
      formRequest(right, [
        ['Authorization', 'Bearer x'],
        ['Cookie', 'a=b'],
        ['sec-fetch-mode', 'cors'],
        ['User-Agent', 'x'],
        ['Accept', '*/*'],
      ]),
    ],
    [
      'a Basic header without a secret',
      formRequest({ grant_type: 'refresh_token', refresh_token: token }, [basicOf('my_client', '')]),
    ],
    ['a Basic header of another client', formRequest(right, [basicOf('other', 'x')])],
    ['a slash behind the address', { ...rightRequest, url: `${url}/` }],
  ])('is made of %s', (_what, request) => {
    expect({ ...correctedRequest(request), body: undefined }).toEqual({ ...rightRequest, body: undefined });
    expect(fieldsOf(correctedRequest(request))).toEqual(right);
  });

  it('goes to the token endpoint that is known, for the client that is known', () => {
    const opaque = formRequest({ grant_type: 'refresh_token', refresh_token: 'opaque' });
    const corrected = correctedRequest(opaque, { tokenEndpoint: 'http://a/token', clientId: 'b' });
    expect([corrected.url, fieldsOf(corrected)['client_id']]).toEqual(['http://a/token', 'b']);
  });

  it('keeps the way of a confidential client to say who it is', () => {
    const byHeader = formRequest({ ...right, client_secret: 's' }, [basicOf('my_client', 'x')]);
    expect(correctedRequest(byHeader).headers).toEqual([FORM, basicOf('my_client', 'x')]);
    expect(fieldsOf(correctedRequest(byHeader))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: token,
    });
    const byForm = formRequest({ ...right, client_secret: 's' });
    expect(fieldsOf(correctedRequest(byForm))).toEqual({ ...right, client_secret: 's' });
  });

  it('keeps what the server may need: origin, proof, keys of a gateway, a tenant in the query', () => {
    const headers = [
      ['Origin', 'http://a'],
      ['DPoP', 'x'],
      ['X-Api-Key', 'y'],
    ] as const;
    const corrected = correctedRequest({
      ...formRequest(right, headers),
      url: `${url}?tenant=a&client_secret=b`,
    });
    expect(corrected.headers).toEqual([FORM, ...headers]);
    expect(corrected.url).toBe(`${url}?tenant=a`);
    expect(fieldsOf(corrected)).toEqual({ ...right, client_secret: 'b' });
  });

  it('leaves a password and fields of nobody as they are', () => {
    const fields = {
      grant_type: 'password',
      client_id: 'a',
      username: ' u',
      password: ' p ',
      totp: '1',
      mine: 'x',
    };
    expect(fieldsOf(correctedRequest(formRequest(fields)))).toEqual(fields);
  });

  it('takes what is written right before what only looks like it', () => {
    const fields = { id: '5', ...right };
    expect(fieldsOf(correctedRequest(formRequest(fields)))).toEqual({ ...right, id: '5' });
    const named = formRequest({ appid: 'my_client', token });
    expect(fieldsOf(correctedRequest(named))).toEqual(right);
  });

  it('says what is missing', () => {
    expect(fieldsOf(correctedRequest(formRequest('')))).toEqual({
      grant_type: 'refresh_token',
      client_id: '<client_id>',
      refresh_token: '<refresh_token>',
    });
  });
});
