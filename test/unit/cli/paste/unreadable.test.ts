import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';

const SECRET = 'planted-secret-0123456789';

describe('What cannot be read is named, with what to do', () => {
  it.each([
    ['a token', `eyJhbGciOiJIUzI1NiJ9.${SECRET}.x`, /a token by itself.*--refresh-token-file/],
    ['a key', `-----BEGIN PRIVATE KEY-----\n${SECRET}`, /a key or a certificate/],
    ['packets', `0000  50 4f 53 54 20 2f 74 6f  ${SECRET}`, /packets.*HTTP Stream/],
    ['a trace', `=> Send header, 12 bytes\n0000: ${SECRET}`, /--trace.*curl -v/],
    [
      'Java',
      `HttpRequest.newBuilder().uri(URI.create("x")).POST("${SECRET}")`,
      /Java.*as a curl command.*HAR/,
    ],
    ['C#', `var c = new HttpClient(); // ${SECRET}`, /C#/],
    ['C# without the client', `await http.PostAsync("${SECRET}", body);`, /C#/],
    ['OkHttp', `new FormBody.Builder().add("grant_type", "${SECRET}")`, /Java/],
    ['Go', `resp, err := http.PostForm("${SECRET}", url.Values{})`, /Go/],
    ['PHP', `curl_setopt($ch, CURLOPT_POSTFIELDS, "${SECRET}");`, /PHP/],
    ['YAML of Insomnia', `type: environment.insomnia.rest/5.0\nname: ${SECRET}`, /Insomnia.*cURL/],
    ['a part of Bruno', `meta {\n  name: ${SECRET}\n}`, /Bruno.*cURL/],
    ['an address', `https://id.example/${SECRET}`, /an address by itself.*--issuer/],
    [
      'a HAR file that is cut off',
      `{"log":{"entries":[\n{"request":{"url":"https://id.example/${SECRET}"}},\n{"req\n`,
      /cut off: it ends in line 3/,
    ],
    ['a collection that is cut off', `{"info":{"name":"${SECRET}"},"item":[`, /cut off: it ends in line 1/],
    ['anything else', `hello ${SECRET}`, /no request in the input/],
  ])('%s', (_what, text, message) => {
    expect(() => readPaste(text)).toThrow(message);
    expect(() => readPaste(text)).not.toThrow(SECRET);
  });
});

describe('An address out of the bar of a browser', () => {
  it('asks for the sign-in page, or tells an error', () => {
    const url = 'https://id.example/auth?response_type=code&client_id=web';
    expect(readPaste(url)).toEqual([{ request: { method: 'GET', url, headers: [] } }]);
    const back = 'https://app.example/cb?error=login_required';
    expect(readPaste(`${back}\n`)).toEqual([
      { answer: { status: 302, headers: [['Location', back]], text: '' } },
    ]);
  });
});
