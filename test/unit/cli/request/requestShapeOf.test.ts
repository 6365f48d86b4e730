import { describe, expect, it } from 'vitest';
import type { RequestShape } from '../../../../src/explain/failedGrant.ts';
import type { HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';
import { requestShapeOf } from '../../../../src/cli/request/requestShapeOf.ts';
import { basicOf, FORM, formRequest, jwtOf, url } from './requests.ts';

const refreshToken = jwtOf({
  typ: 'Refresh',
  azp: 'my_client',
  iss: 'http://localhost:8080/realms/my_realm',
});
const field = (length: number) => ({ count: 1, isEmpty: false, isPadded: false, length });
const shapeOf = (text: string, rest: Partial<HttpRequest> = {}): RequestShape =>
  requestShapeOf({ method: 'POST', url, headers: [FORM], body: { kind: 'raw', text }, ...rest });
const boundary = '----WebKitFormBoundaryA1b2C3d4E5f6G7h8';

describe('The shape of a request', () => {
  it('has the fields, the client and what the token says', () => {
    const request = formRequest({
      grant_type: 'refresh_token',
      client_id: 'my_client',
      refresh_token: refreshToken,
    });
    expect(requestShapeOf(request)).toEqual({
      method: 'POST',
      url,
      encoding: 'form',
      contentType: 'application/x-www-form-urlencoded',
      headerNames: ['content-type'],
      fields: { grant_type: field(13), client_id: field(9), refresh_token: field(refreshToken.length) },
      queryFields: {},
      grantType: 'refresh_token',
      clientId: 'my_client',
      refreshToken: {
        isJwt: true,
        length: refreshToken.length,
        algorithm: 'HS512',
        headerType: 'JWT',
        hasId: false,
        isSignatureWhole: true,
        typ: 'Refresh',
        authorizedParty: 'my_client',
        issuer: 'http://localhost:8080/realms/my_realm',
      },
    });
  });

  it('has the other open values', () => {
    const request = formRequest(
      {
        grant_type: 'authorization_code',
        scope: 'openid profile',
        redirect_uri: 'http://a:1/cb?state=xyz',
        code: 'c',
      },
      [['Origin', 'http://localhost:3000'], basicOf('my_client', '')],
    );
    expect(requestShapeOf(request)).toMatchObject({
      grantType: 'authorization_code',
      scope: 'openid profile',
      redirectUri: 'http://a:1/cb',
      origin: 'http://localhost:3000',
      authorization: 'basic',
      basicClientId: 'my_client',
      hasBasicSecret: false,
    });
  });

  it.each<[string, string, RequestShape['encoding'], string, readonly string[]]>([
    ['a form', 'grant_type=a', 'form', FORM[1], ['grant_type']],
    ['a form with a charset', 'a=b', 'form', `${FORM[1]}; charset=UTF-8`, ['a']],
    ['a form that says it is text', 'a=b', 'form', 'text/plain', ['a']],
    ['JSON', '{"grant_type":"x","n":1,"o":{}}', 'json', 'application/json', ['grant_type', 'n', 'o']],
    ['JSON that says it is a form', ' {"grant_type":"x"}', 'json', FORM[1], ['grant_type']],
    ['JSON that is cut off', '{"grant_type":"x', 'json', FORM[1], []],
    ['a form in quotation marks', '"grant_type=x"', 'form', 'application/json', ['"grant_type']],
    [
      'multipart as Chrome copies it',
      `--${boundary}\r\nContent-Disposition: form-data; name="grant_type"\r\n\r\nx\r\n--${boundary}--\r\n`,
      'multipart',
      `multipart/form-data; boundary=${boundary}`,
      ['grant_type'],
    ],
    [
      'multipart with plain line ends',
      `--${boundary}\nContent-Disposition: form-data; name=grant_type\n\nx\n--${boundary}--\n`,
      'multipart',
      FORM[1],
      ['grant_type'],
    ],
    ['nothing', ' ', 'none', FORM[1], []],
    ['words', 'grant_type: x', 'other', FORM[1], []],
    ['XML', '<a b="c">', 'other', 'text/xml', []],
  ])('tells %s', (_what, text, encoding, contentType, names) => {
    const shape = shapeOf(text, { headers: [['content-type', contentType]] });
    expect([shape.encoding, Object.keys(shape.fields)]).toEqual([encoding, names]);
  });

  it('tells parts from a form', () => {
    const parts = [
      ['grant_type', 'refresh_token'],
      ['grant_type', ''],
    ] as const;
    const shape = requestShapeOf({ method: 'POST', url, headers: [], body: { kind: 'multipart', parts } });
    expect(shape).toMatchObject({
      encoding: 'multipart',
      fields: { grant_type: { count: 2, isEmpty: false } },
    });
    expect(shape).not.toHaveProperty('contentType');
  });

  it.each<[string, string, object]>([
    ['twice', 'x=a&x=b', { count: 2 }],
    ['empty', 'x=', { isEmpty: true }],
    ['without a value', 'client_id', { isEmpty: true }],
    ['padded with a blank', 'x=a+', { isPadded: true }],
    ['padded with a line end', 'x=a%0D%0A', { isPadded: true, isPaddedByLineEnd: true }],
    ['in quotation marks', 'x=%22a%22', { isPadded: true }],
    ['never filled in', 'x={{refresh_token}}', { isPlaceholder: true }],
    ['a variable', 'x=$TOKEN', { isPlaceholder: true }],
    ['an undefined', 'x=undefined', { isPlaceholder: true }],
    ['an object', 'x=[object%20Object]', { isPlaceholder: true }],
    ['encoded twice', 'x=a%2520b', { isEncodedTwice: true }],
    ['with a scheme', 'x=Bearer+abc', { hasScheme: true }],
  ])('says of a field that it is there %s', (_how, text, says) => {
    const [shape] = Object.values(shapeOf(`a=1&${text}`).fields).slice(1);
    expect(shape).toMatchObject({ count: 1, isEmpty: false, isPadded: false, ...says });
  });

  it('has misspelt names as they are, and finds what they hold', () => {
    const shape = shapeOf(`grantType=refresh_token&clientId=a&+client_id=b&refreshToken=${refreshToken}`);
    expect(Object.keys(shape.fields)).toEqual(['grantType', 'clientId', ' client_id', 'refreshToken']);
    expect(shape).toMatchObject({ grantType: 'refresh_token', refreshToken: { typ: 'Refresh' } });
    expect(shape).not.toHaveProperty('clientId');
  });

  it.each([
    ['a=50%', true],
    ['a=50%zz&b=%41', true],
    ['a=%41%2b', undefined],
    ['', undefined],
  ])('tells whether a percent sign is encoded: %j', (text, hasStrayPercent) => {
    expect(shapeOf(text).hasStrayPercent).toBe(hasStrayPercent);
  });

  it('has the fields of the query apart', () => {
    const shape = shapeOf('', {
      url: `${url}?client_id=a&refresh_token=${refreshToken}#client_secret=x`,
      body: undefined,
    });
    expect(shape).toMatchObject({ url, encoding: 'none', fields: {}, refreshToken: { typ: 'Refresh' } });
    expect(Object.keys(shape.queryFields)).toEqual(['client_id', 'refresh_token']);
  });

  it('has an access token that is sent along', () => {
    const headers = [['authorization', `bearer ${jwtOf({ typ: 'Bearer' })}`]] as const;
    expect(shapeOf('a=b', { headers })).toMatchObject({
      authorization: 'bearer',
      accessToken: { typ: 'Bearer' },
    });
  });

  it('has the client id without what is around it, the grant type as it is', () => {
    expect(shapeOf('client_id=+%22a%22&grant_type=refresh_token+')).toMatchObject({
      clientId: 'a',
      grantType: 'refresh_token ',
    });
  });

  it('has the two parts of a Basic header as the fields that they stand for', () => {
    const headers = [basicOf('my_client', '{{client_secret}}')] as const;
    expect(shapeOf('a=b', { headers }).basicFields).toMatchObject({
      client_id: { isPadded: false },
      client_secret: { isPlaceholder: true },
    });
    expect(shapeOf('a=b', { headers: [basicOf('a', 'x+y')] }).basicFields).toMatchObject({
      client_secret: { hasReservedCharacters: true },
    });
    const encoded = shapeOf('a=b', { headers: [basicOf('a', 'x%2By')] }).basicFields;
    expect(encoded?.client_secret).not.toHaveProperty('hasReservedCharacters');
  });

  it('tells a blank inside, which a + becomes that was not encoded', () => {
    expect(shapeOf('client_secret=a+b').fields).toMatchObject({ client_secret: { hasInnerBlank: true } });
    expect(shapeOf('client_secret=a%2Bb').fields.client_secret).not.toHaveProperty('hasInnerBlank');
    expect(shapeOf('client_secret=+ab').fields.client_secret).not.toHaveProperty('hasInnerBlank');
  });

  it('knows nothing of what a shell fills in', () => {
    const shape = shapeOf('client_id=$ID&client_secret=x$SECRET&refresh_token=$TOKEN&code=$LATER', {
      filledIn: ['$ID', '$SECRET', '$TOKEN'],
      headers: [FORM, basicOf('$ID', '$SECRET')],
    });
    const unknown = { count: 1, isEmpty: false, isPadded: false, isUnknown: true };
    expect(shape.fields).toMatchObject({
      client_id: unknown,
      client_secret: unknown,
      refresh_token: unknown,
    });
    expect(shape.fields).toMatchObject({ code: { isPlaceholder: true } });
    expect(shape.basicFields).toEqual({ client_id: unknown, client_secret: unknown });
    expect(shape).not.toHaveProperty('clientId');
    expect(shape).not.toHaveProperty('basicClientId');
    expect(shape).not.toHaveProperty('refreshToken');
    expect(shape.hasBasicSecret).toBe(true);
  });

  it('has what assertions say of themselves', () => {
    const assertion = jwtOf({ iss: 'my_client', aud: 'https://id.example.com', jti: 'x' });
    expect(shapeOf(`client_assertion=${assertion}&assertion=${assertion}`)).toMatchObject({
      clientAssertion: { issuer: 'my_client', hasId: true },
      assertion: { audience: ['https://id.example.com'] },
    });
  });

  it('has what a DPoP proof says', () => {
    const proof = jwtOf({ htm: 'GET', htu: url, iat: 5 }, { alg: 'ES256', typ: 'dpop+jwt', jwk: {} });
    expect(shapeOf('a=b', { headers: [['DPoP', proof]] }).dpopProof).toEqual({
      method: 'GET',
      url,
      algorithm: 'ES256',
      issuedAtSeconds: 5,
      hasKey: true,
    });
  });

  it.each([
    ['a method', { method: 'PO ST' }],
    ['an address', { url: 'not an address' }],
    ['an origin', { headers: [['Origin', 'null']] }],
    ['an Authorization', { headers: [['Authorization', 'Basic !!!']] }],
    ['a proof', { headers: [['DPoP', 'x']] }],
    ['a Content-Type', { headers: [['Content-Type', ';;']] }],
    ['a multipart body', { body: { kind: 'raw', text: '--\n name="' } }],
  ] as const)('can be had of %s that is none', (_what, rest) => {
    expect(requestShapeOf({ ...formRequest('a=b'), ...rest })).toHaveProperty('fields');
  });
});
