import { describe, expect, it } from 'vitest';
import { CliError } from '../../../../src/cli/cliError.ts';
import { parseCurl } from './parseCurl.ts';
import { browserSamples, handWrittenSamples, toolSamples, url } from './samples.ts';

const errorOf = (text: string): unknown => {
  try {
    return parseCurl(text);
  } catch (error) {
    return error;
  }
};

const samples = [...browserSamples, ...toolSamples, ...handWrittenSamples];

describe('A pasted request is read as it was sent', () => {
  it.each(samples.map(({ of, text, request }) => [of, text, request] as const))(
    '%s',
    (_of, text, request) => {
      expect(parseCurl(text)).toEqual(request);
    },
  );
});

const SECRET = 'planted-secret-0123456789';

describe('What cannot be read is refused in one line', () => {
  it.each([
    ['nothing', '', /no request in the input/],
    ['blanks', ' \n\t ', /no request in the input/],
    ['something else', `I wonder about ${SECRET}`, /no request in the input/],
    ['a bare token', `eyJhbGciOiJub25lIn0.${SECRET}.x`, /a token by itself/],
    ["an open '", `curl '${url}' \\\n -d 'password=${SECRET}`, /cut off: a ' in line 2/],
    ['an open "', `curl "${url}" -d "password=${SECRET}`, /cut off: a " in line 1/],
    ["an open $'", `curl ${url} \\\n\\\n-d $'password=${SECRET}\\'`, /cut off: a ' in line 3/],
    ['an open $(', `curl ${url} -d "password=$(echo ${SECRET}"`, /cut off: a \$\( in line 1/],
    ['a \\ at the end', `curl ${url} -d password=${SECRET} \\\n`, /cut off: the \\ at the end/],
    ['a ^ at the end', `curl ^"${url}^" ^\n -d password=${SECRET} ^\n`, /cut off: the \^ at the end/],
    ['an open ^"', `curl ^"${url}^" ^\n -d ^"password=${SECRET}`, /cut off: a " of the command/],
    ['a ` at the end', `curl.exe "${url}" \`\n -d password=${SECRET} \``, /cut off: the ` at the end/],
    ['an option without its value', `curl ${url} -d password=${SECRET} -H`, /nothing follows -H/],
    [
      'a long option without its value',
      `curl ${url} -u a:${SECRET} --data-raw`,
      /nothing follows --data-raw/,
    ],
    ['a part without a name', `curl ${url} -F ${SECRET}`, /--form has no "="/],
    ['both kinds of body', `curl ${url} -F a=${SECRET} -d b`, /both --data and --form/],
    ['no URL', `curl -X POST -d password=${SECRET}`, /no URL/],
    ['a URL that is none', `curl 'http://[${SECRET}' -d a`, /no URL that can be read/],
    ['a URL of another kind', `curl ftp://a:${SECRET}@host/`, /neither http nor https/],
    [
      'a URL with a variable that is none',
      `curl 'http://[{{url}}/${SECRET}'`,
      /variable in it \(\{\{url\}\}\)/,
    ],
    ['a method that is none', `curl -X '${SECRET}' ${url}`, /--request/],
    ['a fetch call cut off', `fetch("${url}", {\n "body": "${SECRET}`, /cut off/],
    ['a million characters and one', 'curl '.padEnd(1_000_001, SECRET), /longer than requests/],
  ])('%s', (_what, text, says) => {
    const error = errorOf(text);
    expect(error).toBeInstanceOf(CliError);
    const { message } = error as CliError;
    expect(message).toMatch(says);
    expect(message).not.toMatch(/\n|planted/);
    expect(message.length).toBeLessThan(200);
  });
});
