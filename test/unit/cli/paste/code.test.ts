import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';

const TOKEN = 'https://id.example/realms/app/protocol/openid-connect/token';
const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;
const JSON_TYPE = ['Content-Type', 'application/json'] as const;
const basic = (text: string) => ['Authorization', `Basic ${Buffer.from(text).toString('base64')}`] as const;
const FIELDS = 'grant_type=refresh_token&client_id=web&refresh_token=abc';
const JSON_FIELDS = '{"grant_type":"refresh_token","client_id":"web","refresh_token":"abc"}';
const RECORD = `{ grant_type: 'refresh_token', "client_id": "web", refresh_token: \`abc\`, }`;

const only = (text: string) => {
  const exchanges = readPaste(text);
  expect(exchanges).toHaveLength(1);
  return exchanges[0]!;
};

const posted = (body: string, ...headers: (readonly [string, string])[]) => ({
  method: 'POST',
  url: TOKEN,
  headers,
  body: { kind: 'raw', text: body },
});

describe('A call in Dart', () => {
  const MAP = "{'grant_type': 'refresh_token', 'client_id': 'web', 'refresh_token': 'abc'}";
  it.each([
    [
      'http, a form',
      `final res = await http.post(\n  Uri.parse('${TOKEN}'),\n  body: ${MAP},\n);`,
      posted(FIELDS, FORM),
    ],
    [
      'http, an address of its own and JSON',
      `final Uri url = Uri.parse('${TOKEN}');\nvar r = await client.post(url, headers: {'Content-Type': 'application/json'}, body: jsonEncode(${MAP}));`,
      posted(JSON_FIELDS, JSON_TYPE),
    ],
    [
      'dio, a form',
      `await dio.post('${TOKEN}', data: ${MAP}, options: Options(contentType: Headers.formUrlEncodedContentType));`,
      posted(FIELDS, FORM),
    ],
    ['dio, JSON', `await dio.post('${TOKEN}', data: ${MAP});`, { body: { kind: 'raw', text: JSON_FIELDS } }],
  ])('is read: %s', (_what, text, request) => {
    expect(only(text).request).toMatchObject(request);
  });

  it('has its answer in the log of Android', () => {
    const { answer } = only(
      `await http.post(Uri.parse('${TOKEN}'), body: ${MAP});\n\nI/flutter ( 8123): 400 {"error":"invalid_grant"}`,
    );
    expect(answer).toMatchObject({ status: 400, text: '{"error":"invalid_grant"}' });
  });
});

describe('A call in JavaScript', () => {
  it.each([
    [
      'fetch, a form',
      `const res = await fetch('${TOKEN}', {\n  method: 'POST', // as always\n  body: new URLSearchParams(${RECORD}),\n});`,
      posted(FIELDS, FORM),
    ],
    [
      'fetch, a form with a header',
      `fetch("${TOKEN}", { method: "post", headers: { 'Content-Type': '${FORM[1]}' }, body: new URLSearchParams(${RECORD}).toString() })`,
      posted(FIELDS, FORM),
    ],
    [
      'fetch, JSON',
      `fetch('${TOKEN}', { method: 'POST', headers: new Headers({ 'Content-Type': 'application/json' }), body: JSON.stringify(${RECORD}) })`,
      posted(JSON_FIELDS, JSON_TYPE),
    ],
    [
      'fetch, an object that is no text',
      `fetch('${TOKEN}', { method: 'POST', body: ${RECORD} })`,
      posted('[object Object]', ['Content-Type', 'text/plain;charset=UTF-8']),
    ],
    [
      'fetch, things said before',
      `const issuer = 'https://id.example/realms/app';\nconst url = \`\${issuer}/protocol/openid-connect/token\`;\nconst body = new URLSearchParams();\nbody.append('grant_type', 'refresh_token');\nbody.set("client_id", 'web')\nbody.append('refresh_token', 'a' + 'bc');\nawait fetch(url, { method: 'POST', body: body.toString() });`,
      posted(FIELDS, FORM),
    ],
    [
      'fetch, parts',
      `const data = new FormData()\ndata.append('a', 'b')\nfetch('${TOKEN}', { method: 'POST', body: data })`,
      {
        method: 'POST',
        body: { kind: 'multipart', parts: [['a', 'b']] },
        headers: [['Content-Type', 'multipart/form-data']],
      },
    ],
    [
      'axios, JSON by default',
      `axios.post('${TOKEN}', ${RECORD}).then(r => console.log(r.data))`,
      posted(JSON_FIELDS, JSON_TYPE),
    ],
    [
      'axios, a record with the header of a form',
      `const { data } = await axios.post<Token>('${TOKEN}', ${RECORD}, { headers: { 'content-type': '${FORM[1]}' } });`,
      posted(FIELDS, ['content-type', FORM[1]]),
    ],
    [
      'axios, qs and auth',
      `axios({\n  method: 'post', url: '${TOKEN}',\n  data: qs.stringify(${RECORD}),\n  auth: { username: 'web', password: 's' },\n})`,
      posted(FIELDS, basic('web:s'), FORM),
    ],
    [
      'axios, an instance',
      `axios.request({ baseURL: 'https://id.example', url: '/realms/app/protocol/openid-connect/token', method: 'POST', data: new URLSearchParams('${FIELDS}') })`,
      posted(FIELDS, FORM),
    ],
    [
      'Basic by hand',
      `const id = 'web', x = 1;\nconst secret = 's';\nfetch('${TOKEN}', { method: 'POST', headers: { Authorization: 'Basic ' + btoa('web:' + secret) }, body: 'a=b' })`,
      posted('a=b', basic('web:s'), ['Content-Type', 'text/plain;charset=UTF-8']),
    ],
    [
      'Basic with Buffer',
      `fetch('${TOKEN}', { method: 'POST', headers: { Authorization: \`Basic \${auth}\`, 'Content-Type': 'x/y' }, body: 'a=b' }); const auth = Buffer.from('web:s').toString('base64');`,
      posted('a=b', basic('web:s'), ['Content-Type', 'x/y']),
    ],
    ['jQuery', `$.ajax({ type: 'POST', url: '${TOKEN}', data: ${RECORD} })`, posted(FIELDS, FORM)],
    [
      'Angular',
      `return this.http.post<Token>('${TOKEN}', ${RECORD}, { headers: { 'Content-Type': '${FORM[1]}' } });`,
      posted(JSON_FIELDS, FORM),
    ],
    [
      'Angular, a form',
      `const body = new HttpParams({ fromObject: ${RECORD} });\nthis.http.post('${TOKEN}', body)`,
      posted(FIELDS, FORM),
    ],
    ['got', `await got.post('${TOKEN}', { form: ${RECORD} }).json()`, posted(FIELDS, FORM)],
    [
      "a browser's fetch",
      `fetch("${TOKEN}", {\n  "headers": {\n    "content-type": "${FORM[1]}"\n  },\n  "referrer": "http://localhost:3000/",\n  "body": "password=(\\n})&x=\\"",\n  "method": "POST"\n});`,
      posted(
        'password=(\n})&x="',
        ['content-type', FORM[1]],
        ['Referer', 'http://localhost:3000/'],
        ['Origin', 'http://localhost:3000'],
      ),
    ],
  ])('is read: %s', (_what, text, request) => {
    expect(only(text).request).toMatchObject(request);
  });

  it('says which values it does not hold', () => {
    const { request } = only(
      `fetch('${TOKEN}', { method: 'POST', body: new URLSearchParams({ client_id: process.env.CLIENT_ID ?? 'x', client_secret, code: params.get('code'), x: '\${y}' }) })`,
    );
    expect([...new URLSearchParams(Object(request?.body).text as string)]).toEqual([
      ['client_id', '${process.env.CLIENT_ID}'],
      ['client_secret', '${client_secret}'],
      ['code', '${params.get}'],
      ['x', '${y}'],
    ]);
    expect(request?.filledIn).toEqual(['${process.env.CLIENT_ID}', '${client_secret}', '${params.get}']);
  });

  it('has the answer below', () => {
    const { answer } = only(
      `fetch('${TOKEN}', { method: 'POST', body: 'a=b' })\n  .then(r => { if (r.status === 401) throw new Error('x') })\n\nPOST ${TOKEN} 400 (Bad Request)\n{error: 'invalid_grant', error_description: 'Code not valid'}`,
    );
    expect(answer).toMatchObject({
      status: 400,
      text: "{error: 'invalid_grant', error_description: 'Code not valid'}",
    });
  });
});

describe('A call in Python', () => {
  const DICT = `{'grant_type': 'refresh_token', "client_id": "web", 'refresh_token': r'abc'}`;
  it.each([
    ['a form', `import requests\nr = requests.post('${TOKEN}', data=${DICT})`, posted(FIELDS, FORM)],
    [
      'things said before',
      `import requests\n\nissuer = "https://id.example/realms/app"  # prod\ndata = {\n    'grant_type': 'refresh_token',\n    'client_id': 'web',\n}\ndata['refresh_token'] = 'abc'\nresponse = requests.post(f"{issuer}/protocol/openid-connect/token",\n    data=data,\n    auth=('web', 's'))\nprint(response.json())`,
      posted(FIELDS, basic('web:s'), FORM),
    ],
    [
      'JSON',
      `requests.post(url="${TOKEN}", json=${DICT}, headers={"X-A": "1"})`,
      posted(JSON_FIELDS, ['X-A', '1'], JSON_TYPE),
    ],
    [
      'text',
      `payload = 'a=b&' \\\n  'c=d'\nheaders = {'Content-Type': '${FORM[1]}'}\nresponse = requests.request("POST", "${TOKEN}", headers=headers, data=payload)`,
      posted('a=b&c=d', FORM),
    ],
    [
      'httpx and HTTPBasicAuth',
      `client.post("${TOKEN}", data=urlencode(${DICT}), auth=HTTPBasicAuth("web", "s"))`,
      posted(FIELDS, basic('web:s'), FORM),
    ],
    ['pairs', `requests.post("${TOKEN}", data=[("a", "b"), ("a", "c")])`, posted('a=b&a=c', FORM)],
    [
      'Basic by hand',
      `requests.post("${TOKEN}", data=dict(a="b"), headers={"Authorization": "Basic " + base64.b64encode(b"web:s").decode()})`,
      posted('a=b', basic('web:s'), FORM),
    ],
  ])('is read: %s', (_what, text, request) => {
    expect(only(text).request).toMatchObject(request);
  });

  it('says which values it does not hold', () => {
    const { request, answer } = only(
      `requests.post("${TOKEN}", data={'client_id': os.environ["ID"], 'client_secret': SECRET})\n>>> r.json()\n{'error': 'invalid_client', 'error_description': 'x'}`,
    );
    expect(request?.filledIn).toEqual(['${os.environ.ID}', '${SECRET}']);
    expect(answer?.text).toContain('invalid_client');
  });
});

describe('A command of PowerShell', () => {
  const HASH = `@{ grant_type = 'refresh_token'; client_id = "web"\n  'refresh_token' = "abc" }`;
  it.each([
    [
      'a table for a body',
      `Invoke-RestMethod -Uri '${TOKEN}' -Method Post -Body ${HASH}`,
      posted(FIELDS, FORM),
    ],
    [
      'an alias, going on in the next line',
      `PS C:\\> irm ${TOKEN} -Method POST \`\n  -ContentType '${FORM[1]}' \`\n  -Body 'a=b&c=d'`,
      posted('a=b&c=d', FORM),
    ],
    [
      'variables',
      `$Base = 'https://id.example/realms'\n$uri = "$base/app/protocol/openid-connect/token"\n$body = ${HASH}\n$headers = @{ 'X-A' = '1' }\n$headers.Add('X-B', '2')\n$res = Invoke-WebRequest -UseBasicParsing -Uri $uri -Method 'POST' -Body $body -Headers $headers | Select Content`,
      posted(FIELDS, ['X-A', '1'], ['X-B', '2'], FORM),
    ],
    [
      'splatting',
      `$params = @{\n  Uri = '${TOKEN}'\n  Method = 'Post'\n  Body = @{\n    a = 'b'\n  }\n}\nInvoke-RestMethod @params`,
      posted('a=b', FORM),
    ],
    [
      'JSON',
      `iwr ${TOKEN} -Method Post -Body (@{ a = 'b' } | ConvertTo-Json -Compress) -ContentType "application/json"`,
      posted('{"a":"b"}', JSON_TYPE),
    ],
    [
      'Basic by hand',
      `$pair = "web:s"\n$b64 = [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes($pair))\nirm -Method Post -Uri ${TOKEN} -Headers @{ Authorization = "Basic $b64" } -Body 'a=b'`,
      posted('a=b', basic('web:s'), FORM),
    ],
    [
      'a here-string',
      `$body = @"\na=b&c=d\n"@\nirm -Method Post ${TOKEN} -Body $body`,
      posted('a=b&c=d', FORM),
    ],
    [
      'a query',
      `irm ${TOKEN} -Body @{ a = 'b' } -Headers @{ Authorization = 'Bearer x' }`,
      { method: 'GET', url: `${TOKEN}?a=b`, headers: [['Authorization', 'Bearer x']], body: undefined },
    ],
    [
      'parts',
      `irm ${TOKEN} -Method Post -Form @{ a = 'b' }`,
      { method: 'POST', body: { kind: 'multipart', parts: [['a', 'b']] } },
    ],
  ])('is read: %s', (_what, text, request) => {
    expect(only(text).request).toMatchObject(request);
  });

  it.each(['Get-Content ./s.txt', '.\\secret.ps1', '& az account', '(cat s.txt)'])(
    'takes what a command answers for unknown: %s',
    (command) => {
      const one = only(
        `$s = ${command}\nirm ${TOKEN} -Method Post -Body @{ client_id='web'; client_secret=$s }`,
      );
      const other = only(`irm ${TOKEN} -Method Post -Body @{ client_secret=${command}; client_id='web' }`);
      for (const { request } of [one, other]) {
        expect(request?.filledIn).toHaveLength(1);
        expect(JSON.stringify(request?.body)).toMatch(/client_id=web|"client_id","web"/);
      }
    },
  );

  it('says which values it does not hold, and has the answer below', () => {
    const { request, answer } = only(
      `irm ${TOKEN} -Method Post -Body "client_id=web&client_secret=$env:SECRET&code=$($x.code)"\nirm : {"error":"invalid_client"}\nAt line:1 char:1\n    + CategoryInfo          : InvalidOperation`,
    );
    expect(request?.filledIn).toEqual(['${env:SECRET}', '${x.code}']);
    expect(answer?.text).toBe('{"error":"invalid_client"}');
  });
});
