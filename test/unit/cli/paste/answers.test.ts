import { describe, expect, it } from 'vitest';
import { looseObject } from '../../../../src/cli/paste/answer/looseObject.ts';
import { bodyFieldsOf } from '../../../../src/cli/request/bodyFields.ts';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';

const TOKEN = 'https://id.example/realms/app/protocol/openid-connect/token';
const CURL = `curl -X POST ${TOKEN} -d grant_type=refresh_token -d client_id=web -d refresh_token=abc`;
const JSON_BODY = '{"error":"invalid_grant","error_description":"Token is not active"}';
const HEAD = 'HTTP/1.1 400 Bad Request\nContent-Type: application/json\nDate: Sun, 29 Nov 2026 04:00:00 GMT';
const HTTP = `POST /realms/app/protocol/openid-connect/token HTTP/1.1
Host: id.example
Content-Type: application/x-www-form-urlencoded

grant_type=refresh_token&client_id=web&refresh_token=abc`;
const FORM = 'grant_type=refresh_token&client_id=web&refresh_token=abc';

const only = (text: string) => {
  const exchanges = readPaste(text);
  expect(exchanges).toHaveLength(1);
  return exchanges[0]!;
};

describe('An answer below a command', () => {
  it.each([
    ['curl -i', `$ ${CURL} -i\n${HEAD}\n\n${JSON_BODY}\n$ `],
    ['curl -i over HTTP/2', `${CURL} -i\nHTTP/2 400 \nContent-Type: application/json\n\n${JSON_BODY}`],
    [
      'curl -v',
      `${CURL} -v\n* Host id.example was resolved.\n* Connected to id.example (127.0.0.1) port 443\n> POST /realms/app/protocol/openid-connect/token HTTP/1.1\n> Host: id.example\n> \n} [12 bytes data]\n* upload completely sent off: 12 bytes\n< HTTP/1.1 100 Continue\n< \n${HEAD.replaceAll(/^/gm, '< ')}\n< \n{ [67 bytes data]\n* Connection #0 to host id.example left intact\n${JSON_BODY}`,
    ],
    [
      'curl -v with remarks between the headers, its first marks cut off',
      `${CURL} -v\n HTTP/1.1 400 Bad Request\n< Content-Type: application/json\n* Server Jetty(8) is not blacklisted\n< Server: Jetty(8)\n<\n${JSON_BODY}* Connection #0 to host id.example left intact`,
    ],
    ['words around', `I run\n\n${CURL}\n\nand get a 400 Bad Request:\n\n${JSON_BODY}\n\nWhat is wrong?`],
    ['JSON behind the prompt', `$ ${CURL}; echo\n${JSON_BODY}user@host:~$ \nstatus: 400`],
  ])('is found: %s', (_what, text) => {
    const { request, answer } = only(text);
    expect(request?.body).toEqual({ kind: 'raw', text: FORM });
    expect(answer).toMatchObject({ status: 400, text: JSON_BODY });
  });

  it.each([
    [
      'as curl -v says',
      '< HTTP/1.1 301 Moved Permanently\n< Location: https://id.example/b\n< \n* Switch from POST to GET\n> GET /b HTTP/1.1\n> \n< HTTP/1.1 400 Bad Request\n< \n{}',
    ],
    [
      'as the next answer shows',
      'HTTP/1.1 301 Moved Permanently\nLocation: https://id.example/b\n\nHTTP/1.1 405 Method Not Allowed\n\n{}',
    ],
  ])('is the redirect that made a GET of the POST, %s', (_what, answers) => {
    const { answer } = only(`${CURL} -L\n${answers}`);
    expect(answer).toMatchObject({ status: 301, headers: [['Location', 'https://id.example/b']], text: '' });
  });

  it('is the last one where the redirect keeps the POST', () => {
    const { answer } = only(
      `${CURL} -L\nHTTP/1.1 308 Permanent Redirect\nLocation: https://id.example/b\n\n${HEAD}\n\n${JSON_BODY}`,
    );
    expect(answer?.status).toBe(400);
  });

  it('has its headers', () => {
    const { answer } = only(`${CURL} -i\n${HEAD}\nWWW-Authenticate: Bearer realm="a: b"\n\n${JSON_BODY}`);
    expect(answer?.headers).toEqual([
      ['Content-Type', 'application/json'],
      ['Date', 'Sun, 29 Nov 2026 04:00:00 GMT'],
      ['WWW-Authenticate', 'Bearer realm="a: b"'],
    ]);
  });

  it('is given to the command above it', () => {
    const exchanges = readPaste(`${CURL}\n{"error":"invalid_client"}\n\n${CURL}\n${JSON_BODY}`);
    expect(exchanges.map(({ answer }) => answer?.text)).toEqual(['{"error":"invalid_client"}', JSON_BODY]);
  });

  it('may stand above', () => {
    const { request, answer } = only(`I always get 401 Unauthorized from this:\n\n${CURL}`);
    expect(request?.url).toBe(TOKEN);
    expect(answer?.status).toBe(401);
  });

  it('is not taken from the body of the request', () => {
    const { answer } = only(
      `curl ${TOKEN} --json '{\n  "error": "invalid_grant",\n  "x": "401 Unauthorized"\n}'`,
    );
    expect(answer).toBeUndefined();
  });
});

describe('What wget says by itself', () => {
  const WGET = `wget -O- --post-data='${FORM}' ${TOKEN}`;
  const LOG = `--2026-11-29 11:00:00--  ${TOKEN}\nResolving id.example (id.example)... 127.0.0.1\nConnecting to id.example (id.example)|127.0.0.1|:443... connected.\nHTTP request sent, awaiting response... `;
  const HEADERS = '  HTTP/1.1 401 Unauthorized\n  Content-Type: application/json\n';
  const REMARK = 'Username/Password Authentication Failed.\n';

  it.each([
    ['the last line', `$ ${WGET}\n${LOG}401 Unauthorized\n\n${REMARK}`, ''],
    ['an older one', `$ ${WGET}\n${LOG}401 Unauthorized\nAuthorization failed.\n`, ''],
    ['with -S', `$ ${WGET} -S\n${LOG}\n${HEADERS}\n${REMARK}`, ''],
    ['with -S, one after the other', `$ ${WGET} -S\n${LOG}\n${HEADERS}${REMARK}`, ''],
    [
      'with --content-on-error',
      `$ ${WGET} --content-on-error\n${LOG}401 Unauthorized\n\n${REMARK}${JSON_BODY}`,
      JSON_BODY,
    ],
  ])('is no word of the server: %s', (_what, text, said) => {
    expect(only(text)).toMatchObject({
      request: { url: TOKEN, body: { kind: 'raw', text: FORM } },
      answer: { status: 401, text: said },
    });
  });

  it('is an answer without the command as well', () => {
    const { request, answer, mention } = only(`${LOG}401 Unauthorized\n\n${REMARK}`);
    expect(request).toBeUndefined();
    expect(answer).toEqual({ status: 401, headers: [], text: '' });
    expect(mention?.url).toBe(TOKEN);
  });
});

describe("What is copied out of Postman's console", () => {
  const FIELDS = { grant_type: 'refresh_token', client_id: 'web', refresh_token: 'abc' };
  const lines = Object.entries(FIELDS).map(([name, value]) => `${name}: "${value}"`);
  const TYPE = 'application/x-www-form-urlencoded';
  const parts = (type: string, body: unknown) => ({
    Network: { addresses: { remote: { address: '127.0.0.1' } } },
    'Request Headers': { 'content-type': type, 'user-agent': 'PostmanRuntime/7.49.1' },
    'Request Body': body,
    'Response Headers': { 'content-type': 'application/json' },
    'Response Body': JSON_BODY,
  });
  const asObject = (type: string, body: unknown) =>
    `POST ${TOKEN}: ${JSON.stringify(parts(type, body), undefined, 2)}`;
  const asLines = (first: string, mark = '') =>
    `${first}\n${mark}Network\n${mark}Request Headers\ncontent-type: "${TYPE}"\nuser-agent: "PostmanRuntime/7.49.1"\n${mark}Request Body\n${lines.join('\n')}\n${mark}Response Headers\ncontent-type: "application/json"\n${mark}Response Body\n${JSON_BODY}\n`;

  it.each([
    ['an object', asObject(TYPE, FIELDS), undefined],
    ['lines', asLines(`POST ${TOKEN}\n401\n12 ms`), 401],
    ['lines, the status in the first', asLines(`POST ${TOKEN} 401 38 ms`), 401],
    ['lines with their triangles', asLines(`▼ POST ${TOKEN} 401 38 ms`, '▼'), 401],
  ])('is a request with its answer: %s', (_what, text, status) => {
    const { request, answer } = only(text);
    expect(request).toEqual({
      method: 'POST',
      url: TOKEN,
      headers: [
        ['content-type', TYPE],
        ['user-agent', 'PostmanRuntime/7.49.1'],
      ],
      body: { kind: 'raw', text: FORM },
    });
    expect(answer).toMatchObject({ text: JSON_BODY });
    expect(answer?.status).toBe(status);
  });

  it('may hold JSON, parts of a form, or no body, and more than one of them', () => {
    const json = '{"grant_type":"refresh_token"}';
    const [one, two, three] = readPaste(
      [
        asObject('application/json', json),
        asObject('multipart/form-data; boundary=x', FIELDS),
        asLines(`GET ${TOKEN} 405 3 ms`).replace(/Request Body[^]*Response H/, 'Response H'),
      ].join('\n'),
    );
    expect(one).toMatchObject({
      request: { body: { kind: 'raw', text: json } },
      answer: { text: JSON_BODY },
    });
    const { format, fields } = bodyFieldsOf(two?.request?.body);
    expect(format).toBe('multipart');
    expect(fields).toEqual(Object.entries(FIELDS));
    expect(two?.answer?.text).toBe(JSON_BODY);
    expect(three).toMatchObject({
      request: { method: 'GET', body: undefined },
      answer: { status: 405, headers: [['content-type', 'application/json']], text: JSON_BODY },
    });
  });
});

describe('What PowerShell repeats of the script in an error', () => {
  const CALL = `Invoke-RestMethod -Uri "${TOKEN}" -Method Post -Body "${FORM}"`;
  const CUT = `Invoke-RestMethod -Uri "${TOKEN}" -Method Post -Body $bod …`;
  const SEVEN = (code: string) =>
    `Invoke-RestMethod: C:\\a.ps1:7\nLine |\n   7 |  ${code}\n     |  ~~~~~~~~~~~~\n     | `;
  const FIVE = (said: string, code: string) =>
    `Invoke-RestMethod : ${said}\nAt line:1 char:1\n+ ${code}\n+ ~~~~~~~~~~~~\n    + CategoryInfo          : InvalidOperation: (System.Net.HttpWebRequest:HttpWebRequest) [Invoke-RestMethod], WebException\n`;
  const WRAPPED = JSON_BODY.replace('is not', 'is \nnot');

  it.each([
    ['7', `${CALL}\n${SEVEN(CUT)}${JSON_BODY}`],
    ['7, with lines', `${CALL}\n${SEVEN(CUT)}${WRAPPED.replace('\n', '\n     | ')}`],
    ['5.1', `PS C:\\> ${CALL}\n${FIVE(WRAPPED, CUT.replace('…', '...'))}`],
  ])('is no request beside the one it repeats: %s', (_what, text) => {
    const { request, answer } = only(text);
    expect(request).toMatchObject({ url: TOKEN, body: { kind: 'raw', text: FORM } });
    expect(looseObject(answer?.text ?? '')).toEqual(JSON.parse(JSON_BODY));
  });

  it.each([
    ['7', `${SEVEN(CUT)}${JSON_BODY}`],
    ['7, cut off in the address', `${SEVEN(`Invoke-RestMethod -Method Post -Uri "${TOKEN} …`)}${JSON_BODY}`],
    ['5.1', FIVE(JSON_BODY, CUT.replace('…', '...'))],
  ])('is the request where there is no other, and not all of it: %s', (_what, text) => {
    expect(only(text)).toMatchObject({
      request: { method: 'POST', url: TOKEN, isSketch: true },
      answer: { text: JSON_BODY },
    });
  });
});

describe('An answer below a request as text is never a part of its body', () => {
  it.each([
    [`${HTTP}\n\n${HEAD}\n\n${JSON_BODY}`],
    [`${HTTP}\n${HEAD}\n\n${JSON_BODY}`],
    [`${HTTP}\n\n${JSON_BODY}\n\n400 Bad Request`],
    [`${HTTP}\n${JSON_BODY}\n400 Bad Request`],
    [`${HTTP}\n400 Bad Request\n${JSON_BODY}`],
    [`${HTTP}\n\n\n400 Bad Request\n${JSON_BODY}`],
  ])('%#', (text) => {
    const { request, answer } = only(text);
    expect(request?.body).toEqual({ kind: 'raw', text: FORM });
    expect(answer).toMatchObject({ status: 400, text: JSON_BODY });
  });

  it('nor where the body is JSON, or in parts, or absent', () => {
    const head = 'POST /token HTTP/1.1\nHost: id.example\n\n';
    const json = '{\n  "grant_type": "password"\n}';
    expect(only(`${head}${json}\n\n${HEAD}\n\n${JSON_BODY}`).request?.body).toEqual({
      kind: 'raw',
      text: json,
    });
    expect(only(`${head}${json}\n${JSON_BODY}`).request?.body).toEqual({ kind: 'raw', text: json });
    const parts = '--b\nContent-Disposition: form-data; name="grant_type"\n\nrefresh_token\n--b--';
    expect(only(`${head}${parts}\n\n${JSON_BODY}`).request?.body).toEqual({ kind: 'raw', text: parts });
    expect(only(`${head}${JSON_BODY}`)).toMatchObject({
      request: { body: undefined },
      answer: { text: JSON_BODY },
    });
    expect(only(`GET /userinfo HTTP/1.1\nHost: id.example\n\n${JSON_BODY}`)).toMatchObject({
      request: { method: 'GET', body: undefined },
      answer: { text: JSON_BODY },
    });
  });
});

describe('What curl -v shows, without its command', () => {
  const text = `* Connected to id.example (127.0.0.1) port 443 (#0)\n> POST /oauth2/token HTTP/1.1\n> Host: id.example\n> Authorization: Basic ${Buffer.from('web:x').toString('base64')}\n> Content-Length: 10\n> \n* upload completely sent off: 10 out of 10 bytes\n< HTTP/1.1 401 Unauthorized\n< WWW-Authenticate: Basic realm="x"\n< \n{"error":"invalid_client"}`;

  it('is a request of which the body is not known', () => {
    expect(only(text)).toMatchObject({
      request: { method: 'POST', url: 'https://id.example/oauth2/token', isSketch: true },
      answer: {
        status: 401,
        headers: [['WWW-Authenticate', 'Basic realm="x"']],
        text: '{"error":"invalid_client"}',
      },
    });
  });

  it('tells what the shell made of the command above', () => {
    const command = `curl -u "$ID:$SECRET" https://id.example/oauth2/token -F grant_type=client_credentials -v`;
    const { request } = only(
      `${command}\n${text.replace('Content-Length: 10', 'Content-Type: multipart/form-data; boundary=x')}`,
    );
    expect(request).toMatchObject({
      url: 'https://id.example/oauth2/token',
      headers: [
        ['Authorization', `Basic ${Buffer.from('web:x').toString('base64')}`],
        ['Content-Type', 'multipart/form-data; boundary=x'],
      ],
      body: { kind: 'multipart', parts: [['grant_type', 'client_credentials']] },
    });
  });

  it('leaves what it hides to the command', () => {
    const { request } = only(
      `curl -u web:x https://id.example/oauth2/token -v\n> POST /oauth2/token HTTP/1.1\n> Host: id.example\n> Authorization: Basic ***\n`,
    );
    expect(request?.headers).toEqual([['Authorization', `Basic ${Buffer.from('web:x').toString('base64')}`]]);
  });

  it('is no quotation of a mail', () => {
    const request = '> POST /oauth2/token HTTP/1.1\n> Host: id.example\n>';
    expect(only(request)).toMatchObject({ request: { isSketch: true } });
  });
});

describe('An answer alone', () => {
  it.each([
    [JSON_BODY, undefined, JSON_BODY],
    [`${HEAD}\n\n${JSON_BODY}`, 400, JSON_BODY],
    ['401 Unauthorized', 401, ''],
    ['Request failed with status code 401', 401, ''],
    ['The remote server returned an error: (401) Unauthorized.', 401, ''],
    ['Response status code does not indicate success: 403 (Forbidden).', 403, ''],
    [
      'requests.exceptions.HTTPError: 400 Client Error: Bad Request for url: https://id.example/token',
      400,
      '',
    ],
    ['org.springframework.web.client.HttpClientErrorException: 401 null', 401, ''],
    ['HttpClientErrorException$Unauthorized: 401 Unauthorized: [no body]', 401, ''],
    ['[401] during [POST] to [token endpoint]', 401, ''],
    ['Response{protocol=h2, code=401, message=, url=none}', 401, ''],
    ['"POST /token HTTP/1.1" 401 120 "-" "okhttp/4.9"', 401, ''],
    ['It resulted in a `401 Unauthorized` response', 401, ''],
    ['the server responded with a status of 403', 403, ''],
    ['curl says HTTP/1.1 401 and nothing else', 401, ''],
    [
      'INFO access_denied is not retried\nERROR AADSTS7000215: Invalid client secret provided',
      undefined,
      '{"error_description":"AADSTS7000215: Invalid client secret provided"}',
    ],
    [
      'WARN error_description="Refresh token expired" for Anna\nERROR invalid_client',
      undefined,
      '{"error":"invalid_client"}',
    ],
    [
      'ERROR invalid_client\nerror_description="Client not enabled"',
      undefined,
      '{"error":"invalid_client","error_description":"Client not enabled"}',
    ],
    [
      "{'error': 'invalid_grant', 'error_description': 'x'}",
      undefined,
      "{'error': 'invalid_grant', 'error_description': 'x'}",
    ],
    [
      'Error: invalid_grant (Session not active)',
      undefined,
      '{"error":"invalid_grant","error_description":"Session not active"}',
    ],
    [
      "AADSTS700016: Application with identifier 'x' was not found",
      undefined,
      '{"error_description":"AADSTS700016: Application with identifier \'x\' was not found"}',
    ],
    [
      '<html><head><title>401 Authorization Required</title></head></html>',
      401,
      '<html><head><title>401 Authorization Required</title></head></html>',
    ],
  ])('%j', (text, status, body) => {
    const { request, answer } = only(text);
    expect(request).toBeUndefined();
    expect(answer).toMatchObject({ status, text: body });
  });
});
