import { describe, expect, it } from 'vitest';
import { looseObject } from '../../../../src/cli/paste/answer/looseObject.ts';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';
import { loggedForms } from './loggedForms.ts';

const PATH = '/realms/app/protocol/openid-connect/token';
const URL_OF_TOKENS = `https://id.example${PATH}`;
const SECRET = 's3cretOfAnApp';
const FORM = `grant_type=client_credentials&client_id=web&client_secret=${SECRET}`;
const ERROR = { error: 'invalid_client', error_description: 'Invalid client or Invalid client credentials' };
const JSON_BODY = JSON.stringify(ERROR);

describe('The log of a client of HTTP', () => {
  it.each(Object.entries(loggedForms))('is a request with its answer: %s', (_name, form) => {
    const exchanges = readPaste(form({ url: URL_OF_TOKENS, form: FORM, answer: JSON_BODY }));
    expect(exchanges).toMatchObject([
      { request: { method: 'POST', body: { kind: 'raw', text: FORM } }, answer: { status: 401 } },
    ]);
    expect(new URL(exchanges[0]?.request?.url ?? '')).toMatchObject({ host: 'id.example', pathname: PATH });
    expect(exchanges[0]?.request).not.toHaveProperty('isSketch');
    expect(looseObject(exchanges[0]?.answer?.text ?? '')).toEqual(ERROR);
  });

  it.each([
    [
      'OkHttp',
      [
        `--> POST ${URL_OF_TOKENS} http/1.1`,
        '',
        FORM,
        '--> END POST (60-byte body)',
        '--> GET https://api.example/items http/1.1',
        '--> END GET',
        `<-- 401 Unauthorized ${URL_OF_TOKENS} (12ms)`,
        '',
        JSON_BODY,
        '<-- END HTTP (91-byte body)',
      ],
    ],
    [
      '.NET',
      [
        `info: Client[100] Sending HTTP request POST ${URL_OF_TOKENS}`,
        'info: Client[100] Sending HTTP request GET https://api.example/items',
        'info: Client[101] Received HTTP response headers after 12ms - 401',
        'info: Client[101] Received HTTP response headers after 14ms - 200',
      ],
    ],
  ])('gives no call the answer of another one: %s', (_name, lines) => {
    const exchanges = readPaste(lines.join('\n'));
    expect(exchanges).toHaveLength(2);
    expect(exchanges.map(({ answer }) => answer)).toEqual([undefined, undefined]);
  });

  it('may hold the first lines twice, and an answer in pieces', () => {
    const wire = (line: string) => `2026/11/29 21:14:03:511 CET [DEBUG] wire - http-outgoing-0 ${line}\n`;
    const head = (line: string) => `2026/11/29 21:14:03:511 CET [DEBUG] headers - http-outgoing-0 ${line}\n`;
    const text = [
      wire(`>> "POST ${PATH} HTTP/1.1[\\r][\\n]"`),
      head(`>> POST ${PATH} HTTP/1.1`),
      head('>> Host: id.example'),
      wire('>> "Host: id.example[\\r][\\n]"'),
      wire('>> "Content-Type: text/plain[\\r][\\n]"'),
      wire('>> "[\\r][\\n]"'),
      wire(`>> "${FORM}"`),
      '2026/11/29 21:14:03:511 CET [DEBUG] MainClientExec - Connection can be kept alive\n',
      wire('<< "HTTP/1.1 401 Unauthorized[\\r][\\n]"'),
      wire('<< "[\\r][\\n]"'),
      head('<< HTTP/1.1 401 Unauthorized'),
      wire('<< "5b[\\r][\\n]"'),
      wire(`<< "${JSON_BODY}[\\r][\\n]"`),
      wire('<< "0[\\r][\\n]"'),
    ].join('');
    expect(readPaste(text)).toMatchObject([
      {
        request: {
          url: URL_OF_TOKENS,
          headers: [
            ['Host', 'id.example'],
            ['Content-Type', 'text/plain'],
          ],
          body: { text: FORM },
        },
        answer: { status: 401, text: JSON_BODY },
      },
    ]);
  });

  it.each([
    [
      '.NET',
      `info: System.Net.Http.HttpClient.kc.ClientHandler[100]\n      Sending HTTP request POST ${URL_OF_TOKENS}\ninfo: System.Net.Http.HttpClient.kc.ClientHandler[101]\n      Received HTTP response headers after 12.0342ms - 401\nfail: App[0] ${JSON_BODY}`,
    ],
    ['urllib3', `DEBUG:urllib3.connectionpool:https://id.example:443 "POST ${PATH} HTTP/1.1" 401 None\n`],
    [
      "Java's own, the line of the request alone",
      `INFO: REQUEST: ${URL_OF_TOKENS} POST\nNov 29, 2026 9:14:03 PM jdk.internal.net.http.common.Log logResponse\nINFO: RESPONSE: (POST ${URL_OF_TOKENS}) 401 HTTP_1_1 Local port:  51234\n`,
    ],
    [
      "Java's own, with headers",
      `Nov 29, 2026 9:14:03 PM jdk.internal.net.http.common.Log logRequest\nINFO: REQUEST: ${URL_OF_TOKENS} POST\nNov 29, 2026 9:14:03 PM jdk.internal.net.http.common.Log logHeaders\nINFO: HEADERS: REQUEST HEADERS:\n  POST ${PATH} HTTP/1.1\n  Content-Length: 60\n  Host: id.example\n\nNov 29, 2026 9:14:03 PM jdk.internal.net.http.common.Log logResponse\nINFO: RESPONSE: (POST ${URL_OF_TOKENS}) 401 HTTP_1_1 Local port:  51234\n`,
    ],
    [
      'Spring',
      `2026-11-29 DEBUG 1 --- [main] o.s.web.client.RestTemplate : HTTP POST ${URL_OF_TOKENS}\n2026-11-29 DEBUG 1 --- [main] o.s.web.client.RestTemplate : Response 401 UNAUTHORIZED\n`,
    ],
    [
      'OkHttp without bodies',
      `I/okhttp.OkHttpClient: --> POST ${URL_OF_TOKENS} (70-byte body)\nI/okhttp.OkHttpClient: <-- 401 ${URL_OF_TOKENS} (12ms, 91-byte body)\n`,
    ],
  ])('without a body is a part of a request: %s', (_name, text) => {
    const exchanges = readPaste(text);
    expect(exchanges).toMatchObject([
      { request: { method: 'POST', body: undefined, isSketch: true }, answer: { status: 401 } },
    ]);
    expect(new URL(exchanges[0]?.request?.url ?? '')).toMatchObject({
      hostname: 'id.example',
      pathname: PATH,
    });
  });

  it('has no colours of a terminal in its values', () => {
    const text = `\u001B[32mDEBUG\u001B[0m http: --> POST ${URL_OF_TOKENS}\n\u001B[32mDEBUG\u001B[0m http: \n\u001B[32mDEBUG\u001B[0m http: ${FORM}\u001B[0m\n`;
    expect(readPaste(text)).toMatchObject([{ request: { body: { text: FORM } } }]);
  });

  it('keeps apart what several connections carry at the same time', () => {
    const wire = (line: string) => `DEBUG o.a.h.wire - http-outgoing-${line}\n`;
    const text = [
      wire(`0 >> "POST ${PATH} HTTP/1.1[\\r][\\n]"`),
      wire('0 >> "Host: id.example[\\r][\\n]"'),
      wire('1 >> "DELETE /admin/realms/app/users/7 HTTP/1.1[\\r][\\n]"'),
      wire('1 >> "Host: id.example[\\r][\\n]"'),
      wire('0 >> "[\\r][\\n]"'),
      wire(`0 >> "${FORM}"`),
      wire('1 >> "[\\r][\\n]"'),
      wire('1 << "HTTP/1.1 403 Forbidden[\\r][\\n]"'),
      wire('0 << "HTTP/1.1 200 OK[\\r][\\n]"'),
    ].join('');
    expect(readPaste(text)).toMatchObject([
      { request: { method: 'POST', body: { text: FORM } }, answer: { status: 200 } },
      { request: { method: 'DELETE', body: undefined }, answer: { status: 403 } },
    ]);
  });

  it.each([
    `He wrote send: "x" and reply: none.\n401 ${JSON_BODY}`,
    `cat >> x << EOF\nheader: a\nEOF\n401 ${JSON_BODY}`,
    `I only see --> END POST\n401 ${JSON_BODY}`,
  ])('is none where words only look like one: %s', (text) => {
    expect(readPaste(text)).toMatchObject([{ answer: { status: 401, text: JSON_BODY } }]);
    expect(readPaste(text)[0]?.request).toBeUndefined();
  });
});
