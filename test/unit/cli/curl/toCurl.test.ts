import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';
import { toCurl } from '../../../../src/cli/curl/toCurl.ts';
import { url } from './samples.ts';

const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;
const raw = (text: string, headers: HttpRequest['headers'] = [FORM]): HttpRequest => ({
  method: 'POST',
  url,
  headers,
  body: { kind: 'raw', text },
});

const linesOf = (request: HttpRequest): readonly string[] =>
  toCurl(request)
    .split(' \\\n')
    .map((line) => line.trim());

describe('A request is written as a command', () => {
  it('with a line for each field, as Postman writes it, secrets masked', () => {
    const text =
      "grant_type=refresh_token&client_id=my_client&client_secret=it's&scope=openid+email&refresh_token=abc&pin=1";
    expect(toCurl(raw(text))).toBe(
      [
        `curl --request POST '${url}'`,
        "--header 'Content-Type: application/x-www-form-urlencoded'",
        "--data-urlencode 'grant_type=refresh_token'",
        "--data-urlencode 'client_id=my_client'",
        "--data-urlencode 'client_secret=<client_secret>'",
        "--data-urlencode 'scope=openid email'",
        "--data-urlencode 'refresh_token=<refresh_token>'",
        "--data-urlencode 'pin=<pin>'",
      ].join(' \\\n  '),
    );
  });

  it.each<[string, HttpRequest, string]>([
    [
      'parts',
      { method: 'POST', url, headers: [], body: { kind: 'multipart', parts: [['client_id', 'a"b\\']] } },
      String.raw`--form 'client_id="a\"b\\"'`,
    ],
    [
      'a secret part',
      { method: 'POST', url, headers: [], body: { kind: 'multipart', parts: [['code', 'x']] } },
      `--form 'code="<code>"'`,
    ],
    [
      'JSON',
      raw('{ "client_id": "a", "password": {"x": "y"}, "n": 5 }'),
      `--data-raw '{"client_id":"a","password":"<password>","n":"<n>"}'`,
    ],
    ['JSON that is cut off', raw('{ "password": "x'), "--data-raw '<body>'"],
    ['words', raw('password: x'), "--data-raw '<body>'"],
    [
      'parts as text',
      raw('--b\r\nContent-Disposition: form-data; name="code"\r\n\r\nx\r\n--b--'),
      `--form 'code="<code>"'`,
    ],
    ['a piece without a name', raw('client_id=a&rest of a password'), "--data-urlencode 'unknown=<unknown>'"],
    [
      'a Basic header',
      raw('a=b', [['Authorization', 'Basic bXlfY2xpZW50OnMzY3JldA==']]),
      "--user 'my_client:<client_secret>'",
    ],
    [
      'another Basic header',
      raw('a=b', [['authorization', 'Basic bXlfY2xpZW50OnMzY3JldA==']]),
      "--header 'authorization: Basic <access_token>'",
    ],
    [
      'a Bearer header',
      raw('a=b', [['Authorization', 'Bearer x']]),
      "--header 'Authorization: Bearer <access_token>'",
    ],
    ['credentials alone', raw('a=b', [['Authorization', 'x']]), "--header 'Authorization: <credentials>'"],
    [
      'a boundary',
      raw('a=b', [['Content-Type', 'multipart/form-data; boundary=x']]),
      "--header 'Content-Type: multipart/form-data'",
    ],
    [
      'a charset',
      raw('a=b', [['Content-Type', 'text/plain; charset=UTF-8']]),
      "--header 'Content-Type: text/plain; charset=UTF-8'",
    ],
    ['no Content-Type', raw('a=b', []), "--header 'Content-Type:'"],
    ['a header of nobody', raw('a=b', [['X-Key', 'x']]), "--header 'X-Key: <X-Key>'"],
    ['an empty header', raw('a=b', [['X-Key', '']]), "--header 'X-Key;'"],
    [
      'an address with a query',
      { ...raw('a=b'), url: 'http://me:x@a/b;c=d/e?client_id=f&code=g#h' },
      "curl --request POST 'http://<path>/<path>/e?client_id=f&code=<code>'",
    ],
    [
      'a redirect address that carries something',
      raw('redirect_uri=http%3A%2F%2Fa%3Fcode%3Db'),
      "--data-urlencode 'redirect_uri=<redirect_uri>'",
    ],
    ['what a terminal would obey', raw('client_id=%1B%5B2J%0A'), "--data-urlencode 'client_id=<client_id>'"],
  ])('from %s', (_what, request, line) => {
    expect(linesOf(request)).toContain(line);
  });
});
