import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CliError } from '../../../../src/cli/cliError.ts';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';
import { trickyText } from '../curl/arbitraryRequest.ts';
import { forms } from './forms.ts';
import { cpuMs } from '../../../support/cpuMs.ts';

/** Says whether it was read; anything but a `CliError` fails the test. */
const isRead = (text: string): boolean => {
  try {
    readPaste(text);
    return true;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    expect(error.message).not.toContain('\n');
    return false;
  }
};

const texts = Object.values(forms).map((form) =>
  form({
    url: 'https://id.example/realms/app/protocol/openid-connect/token',
    token: 'abc.def',
    secret: 's3cret',
  }),
);

const pieces = [
  ...new Set(texts.flatMap((text) => text.split(/(?<=[\s(){}[\]"'`])/))),
  '\\',
  '`',
  '"',
  "'",
  '@{',
  '${',
  '{{',
  '<<EOF\n',
  '\nHTTP/1.1 401 x\n',
  '###\n',
  '> ',
  '|',
  '\n\n',
  '%',
];

describe('Whatever is pasted', () => {
  it.each(Object.keys(forms))(
    'is read in the form of %s, and read or refused wherever it is cut off',
    (name) => {
      const text = forms[name]!({ url: 'https://id.example/token', token: 'abc', secret: 's' });
      expect(isRead(text)).toBe(true);
      for (let end = 0; end < text.length; end++) isRead(text.slice(0, end));
      for (let start = 0; start < text.length; start++) isRead(text.slice(start));
    },
  );

  it('is read or refused with a CliError', () => {
    const anyText = fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((some) => some.join('')),
      fc
        .tuple(fc.constantFrom(...texts), trickyText, fc.double({ min: 0, max: 1, noNaN: true }))
        .map(([text, tricky, share]) => {
          const at = Math.floor(text.length * share);
          return text.slice(0, at) + tricky + text.slice(at);
        }),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        isRead(text);
      }),
      { numRuns: 3000 },
    );
  });

  const whole = 40_000;
  const units = [
    '{',
    '[',
    '(',
    '"',
    "'",
    '`',
    '\\',
    '<',
    '\n',
    ' ',
    '{"a":',
    '@{a=',
    'fetch(',
    'a=(',
    '{{a}}',
    '$x ',
    '@a=b\n',
    '{"error":',

    'HTTP/1.1 401 x\n',
    'POST / HTTP/1.1\n',
    'http a.b a=b\n',
    'irm a -b c\n',
    '<<EOF\n',
    '### \n',
    '> \n',
    '1 \n',
    '* \n',
    'x.append(1,2)\n',

    'error: invalid_grant ',
    '401 Unauthorized ',
    '“a” ',
    'data={',
    "requests.post('",
    '\nA: b',
    'a.',
    'new ',
    '...',
    "'a' + ",
    'echo "',
    'x=1\n',
    'POST https://h: {\n',
    ' 7 | irm h …\n',
    'Request Body\n',
    '.add("a", "b")',
    "'client_id' => ",
    '"client_id=" + ',
    'a = a + a\n',
    'a.b["grant_type"] = c\n',
    'x(new y(',
    '{ "grant_type", ',
    'http-outgoing-0 >> "a"\nhttp-outgoing-0 << "a"\n',
    'header: a',
    '--> POST https://h ',
    ' HTTP POST https://h',
    'REQUEST: https://h POST\n',
    'Received HTTP response after ',
    'Payload\n',
    'client-id: a\n',
    'a_secret=b ',
    '--server ',
    'Logging into http://h as a ',
  ];
  const heads = [
    '',
    'curl http://h -d @- ',
    'Uri.parse(',
    'a.post(b, body:',
    'fetch(',
    "import requests\nrequests.post('http://h', data=",
    'irm http://h -Body ',
    'http -f http://h ',
    'POST /x HTTP/1.1\nHost: h\n\n',
    '{"log":{"entries":[',
    'POST https://h/token 401 9 ms\nRequest Headers\n',
    'using System;\nvar a = http.PostAsync("https://h/token", ',
    'RestTemplate a = "grant_type=x" +',
    'package main\nhttp.PostForm("https://h/token", url.Values{"grant_type": ',
    "<?php\n$a = ['grant_type' => 'x', 'client_id' => ",
    "Net::HTTP.post_form(URI('https://h/token'), 'grant_type' => 'x', a: ",
    'send: b"POST /x HTTP/1.1"\n',
    '--> POST https://h/token\n',
    '~~~ REQUEST ~~~\n',
    'Request URL: https://h/token\nForm Data\nclient_id: ',
    'invalid_client\nclient-secret: ',
    'kcadm --realm r [x]\n',
  ];

  const msFor = (text: string): number => cpuMs(() => isRead(text));

  it.each(heads)('takes a time in proportion to its length, beginning with %j', (head) => {
    for (const unit of units) {
      const text = head + unit.repeat(whole / unit.length);
      // Four times the time for four times the length; sixteen, were it quadratic. The rest is for what the process does beside it.
      const allowedMs = 8 * msFor(text.slice(0, whole / 4)) + 400;
      expect({ unit, isInTime: msFor(text) < allowedMs }).toEqual({ unit, isInTime: true });
    }
  });
});
