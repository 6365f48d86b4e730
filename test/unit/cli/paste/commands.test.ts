import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';

const TOKEN = 'https://id.example/realms/app/protocol/openid-connect/token';
const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;
const HTTPIE_FORM = ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'] as const;
const basic = (text: string) => ['Authorization', `Basic ${Buffer.from(text).toString('base64')}`] as const;
const raw = (text: string) => ({ kind: 'raw', text }) as const;

const only = (text: string) => {
  const exchanges = readPaste(text);
  expect(exchanges).toHaveLength(1);
  return exchanges[0]!.request!;
};

const posted = (body: string, headers: readonly (readonly [string, string])[] = [FORM]) => ({
  method: 'POST',
  url: TOKEN,
  headers,
  body: raw(body),
});

describe('A command of curl', () => {
  it.each([
    ['a here document', `curl ${TOKEN} -d @- <<EOF\na=b&\nc=d\nEOF\n`, posted('a=b&c=d')],
    [
      'a here document, literal',
      `curl ${TOKEN} --data-binary @- <<'EOF' | jq\na="$b'\nEOF`,
      posted(`a="$b'`),
    ],
    ['a here string', `curl -d@- ${TOKEN} <<< 'a=b'`, posted('a=b')],
    ['a pipe', `$ echo -n 'a=b' | curl ${TOKEN} -d @-`, posted('a=b')],
    [
      '--config',
      `curl -K - <<EOF\nurl = "${TOKEN}"\ndata = "a=\\"b"\n# x\nuser: me:p\nEOF`,
      posted('a="b', [basic('me:p'), FORM]),
    ],
    ['a config file', `# mine\nurl = ${TOKEN}\ndata = "a=b"\nsilent`.replace('\nsilent', ''), posted('a=b')],
    [
      'the second prompt',
      `$ curl -X POST ${TOKEN} \\\n> -d a=b \\\n> -d c=d\n{"error":"x"}`,
      posted('a=b&c=d'),
    ],
    [
      "PowerShell's second prompt",
      `PS C:\\> curl.exe ${TOKEN} \`\n>> -d a=b \`\n>> -d c=d\n>>`,
      posted('a=b&c=d'),
    ],
    ['numbers of lines', ` 1  curl ${TOKEN} \\\n 2    -d a=b \\\n 3    -d c=d\n`, posted('a=b&c=d')],
    ['a mail', `> curl ${TOKEN} \\\n>   -d a=b\n`, posted('a=b')],
    ['typographic quotation marks', `curl “${TOKEN}” -d ‘a=b’`, posted('a=b')],
    ['hard blanks', `curl ${TOKEN} \\\n\u00A0\u00A0-d a=b`, posted('a=b')],
    [
      'variables of the lines above',
      `ID=web\nexport S="x y"\ncurl ${TOKEN} -u "$ID:\${S}" -d a=b`,
      posted('a=b', [basic('web:x y'), FORM]),
    ],
  ])('is read with %s', (_what, text, request) => {
    expect(only(text)).toMatchObject(request);
  });

  it('says which variables it does not hold, and only of those that a shell fills in', () => {
    const text = `curl ${TOKEN} -d "refresh_token=$TOKEN" -d 'client_id=\${ID}' -d scope=$SCOPE -d x="$(cat f)"`;
    expect(only(text).filledIn).toEqual(['$TOKEN', '$SCOPE', '$(cat f)']);
  });
});

describe('A command of httpie or xh', () => {
  it.each([
    [
      `http -f POST ${TOKEN} grant_type=refresh_token client_id=web`,
      posted('grant_type=refresh_token&client_id=web', [HTTPIE_FORM]),
    ],
    [
      `xh --form ${TOKEN} a='b c' X-A:1 -a me:p:q q==1`,
      { ...posted('a=b+c', [['X-A', '1'], basic('me:p:q'), HTTPIE_FORM]), url: `${TOKEN}?q=1` },
    ],
    [
      `$ http ${TOKEN} a=b n:=1 o:='{"x":[1]}'`,
      posted('{"a":"b","n":1,"o":{"x":[1]}}', [['Content-Type', 'application/json']]),
    ],
    [`http --multipart ${TOKEN} a=b`, { method: 'POST', body: { kind: 'multipart', parts: [['a', 'b']] } }],
    [`http -vf ${TOKEN} a=b`, posted('a=b', [HTTPIE_FORM])],
    [`http POST ${TOKEN} Content-Type:application/x-www-form-urlencoded --raw 'a=b'`, posted('a=b')],
    [`http ${TOKEN} <<< '{"a":1}'`, posted('{"a":1}', [['Content-Type', 'application/json']])],
    [
      `https id.example/x 'Authorization:Bearer abc'`,
      { method: 'GET', url: 'https://id.example/x', headers: [['Authorization', 'Bearer abc']] },
    ],
    [
      'http -A bearer -a abc :8080/x',
      { method: 'GET', url: 'http://localhost:8080/x', headers: [['Authorization', 'Bearer abc']] },
    ],
    [
      'xh get --bearer abc localhost:8080/x',
      { method: 'GET', url: 'http://localhost:8080/x', headers: [['Authorization', 'Bearer abc']] },
    ],
    [
      String.raw`http -f ${TOKEN} redirect_uri=http://a\=b:1/`,
      posted('redirect_uri=http%3A%2F%2Fa%3Db%3A1%2F', [HTTPIE_FORM]),
    ],
  ])('is read: %s', (text, request) => {
    expect(only(text)).toMatchObject(request);
  });
});

describe('A command of wget', () => {
  it.each([
    [`wget -qO- --post-data='a=b&c=d' ${TOKEN}`, posted('a=b&c=d')],
    [
      `wget --method POST --body-data "a=b" --header "X-A: 1" --user me --password p ${TOKEN} -O -`,
      posted('a=b', [['X-A', '1'], basic('me:p'), FORM]),
    ],
    [
      `wget --header='Authorization: Bearer x' https://api.example/me`,
      { method: 'GET', url: 'https://api.example/me', headers: [['Authorization', 'Bearer x']] },
    ],
  ])('is read: %s', (text, request) => {
    expect(only(text)).toMatchObject(request);
  });
});

describe('A file of an editor', () => {
  const text = `@host = https://id.example
@base={{host}}/realms/app

### Sign in
# @name login
POST {{base}}/protocol/openid-connect/token
Content-Type: application/x-www-form-urlencoded
Authorization: Basic web p q

grant_type=password&
username=me
&password={{$dotenv P}}

> {% client.global.set("t", response.body.access_token) %}

### me
GET https://api.example/me
    ?a=b
    &c=d
Authorization: Bearer {{login.response.body.access_token}}

HTTP/1.1 401 Unauthorized
WWW-Authenticate: Bearer error="invalid_token"

###
POST https://api.example/x HTTP/1.1
Content-Type: application/json

{
  "a": 1
}
###
DELETE {{nowhere}}/x
`;

  it('is read with its names and variables, and the answer below', () => {
    expect(readPaste(text)).toEqual([
      {
        label: 'login',
        answer: undefined,
        request: {
          method: 'POST',
          url: TOKEN,
          headers: [FORM, basic('web:p q')],
          body: raw('grant_type=password&username=me&password={{$dotenv P}}'),
          filledIn: ['{{$dotenv P}}'],
        },
      },
      {
        label: 'me',
        answer: { status: 401, headers: [['WWW-Authenticate', 'Bearer error="invalid_token"']], text: '' },
        request: {
          method: 'GET',
          url: 'https://api.example/me?a=b&c=d',
          headers: [['Authorization', 'Bearer {{login.response.body.access_token}}']],
          body: undefined,
          filledIn: ['{{login.response.body.access_token}}'],
        },
      },
      {
        label: undefined,
        answer: undefined,
        request: {
          method: 'POST',
          url: 'https://api.example/x',
          headers: [['Content-Type', 'application/json']],
          body: raw('{\n  "a": 1\n}'),
        },
      },
      {
        label: undefined,
        answer: undefined,
        request: {
          method: 'DELETE',
          url: 'https://{{nowhere}}/x',
          isSchemeAssumed: true,
          headers: [],
          body: undefined,
          filledIn: ['{{nowhere}}'],
        },
      },
    ]);
  });

  it('does not send the blanks around the fields of a form, as JetBrains does not', () => {
    const form = `POST ${TOKEN}\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type = password &\nusername = {{user}} &\npassword = x=y\n`;
    expect(readPaste(form)[0]?.request?.body).toEqual(
      raw('grant_type=password&username={{user}}&password=x=y'),
    );
  });
});
