interface Logged {
  readonly url: string;
  /** The body, URL-encoded. */
  readonly form: string;
  /** JSON on one line. */
  readonly answer: string;
}

const TYPE = 'application/x-www-form-urlencoded';

const each = (prefix: string, lines: readonly string[]): string =>
  lines.map((line, at) => `2026-11-29T21:14:03.5${at + 10}Z ${prefix}${line}\n`).join('');

const pathOf = (url: string): string => new URL(url).pathname;
const hostOf = (url: string): string => new URL(url).host;

/** A request with its answer as clients of HTTP log it. */
export const loggedForms: Readonly<Record<string, (logged: Logged) => string>> = {
  "Apache's HttpClient 5": ({ url, form, answer }) =>
    each('DEBUG 1 --- [x-3] org.apache.hc.client5.http.wire : http-outgoing-0 ', [
      `>> POST ${pathOf(url)} HTTP/1.1`,
      `>> Content-Type: ${TYPE}`,
      `>> Host: ${hostOf(url)}`,
      `>> "${form}"`,
      '<< HTTP/1.1 401 Unauthorized',
      '<< Content-Type: application/json',
      `<< "${answer}"`,
    ]),
  "Apache's HttpClient 4": ({ url, form, answer }) =>
    each('[DEBUG] wire - http-outgoing-0 ', [
      `>> "POST ${pathOf(url)} HTTP/1.1[\\r][\\n]"`,
      `>> "Content-Type: ${TYPE}[\\r][\\n]"`,
      `>> "Host: ${hostOf(url)}[\\r][\\n]"`,
      '>> "[\\r][\\n]"',
      `>> "${form}"`,
      '<< "HTTP/1.1 401 Unauthorized[\\r][\\n]"',
      '<< "[\\r][\\n]"',
      `<< "${answer}"`,
    ]),
  'http.client of Python': ({ url, form, answer }) =>
    `send: b'POST ${pathOf(url)} HTTP/1.1\\r\\nHost: ${hostOf(url)}\\r\\nContent-Type: ${TYPE}\\r\\n\\r\\n'\nsend: b'${form}'\nreply: 'HTTP/1.1 401 Unauthorized\\r\\n'\nheader: Content-Type: application/json\nDEBUG:urllib3.connectionpool:${new URL(url).origin} "POST ${pathOf(url)} HTTP/1.1" 401 None\n${answer}`,
  OkHttp: ({ url, form, answer }) =>
    each('12345-12377/com.app I/okhttp.OkHttpClient: ', [
      `--> POST ${url} http/1.1`,
      `Content-Type: ${TYPE}`,
      'Content-Length: 60',
      '',
      form,
      '--> END POST (60-byte body)',
      `<-- 401 Unauthorized ${url} (12ms)`,
      'content-type: application/json',
      '',
      answer,
      '<-- END HTTP (91-byte body)',
    ]),
  Feign: ({ url, form, answer }) =>
    each('DEBUG 1 --- [x-3] c.e.TokenClient : [TokenClient#token] ', [
      `---> POST ${url} HTTP/1.1`,
      'Content-Length: 60',
      `Content-Type: ${TYPE}`,
      '',
      form,
      '---> END HTTP (60-byte body)',
      '<--- HTTP/1.1 401 Unauthorized (17ms)',
      '',
      answer,
      '<--- END HTTP (91-byte body)',
    ]),
  resty: ({ url, form, answer }) =>
    `2026/11/29 DEBUG RESTY\n==============================\n~~~ REQUEST ~~~\nPOST  ${pathOf(url)}  HTTP/1.1\nHOST   : ${hostOf(url)}\nHEADERS:\n\tContent-Type: ${TYPE}\n\tUser-Agent: go-resty/2.7.0\nBODY   :\n${form}\n------------------------------\n~~~ RESPONSE ~~~\nSTATUS       : 401 Unauthorized\nPROTO        : HTTP/1.1\nRECEIVED AT  : 2026-11-29T21:14:03.5\nTIME DURATION: 12ms\nHEADERS      :\n\tContent-Type: application/json\nBODY         :\n${answer.replace(',', ',\n   ')}\n==============================\n`,
};
