import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';
import type { Mask } from '../../../../src/cli/curl/mask.ts';
import { parseCurl } from './parseCurl.ts';
import { toCurl } from '../../../../src/cli/curl/toCurl.ts';
import { anyRequest } from './arbitraryRequest.ts';

const seen: Mask = { name: (name) => name, value: (_name, value) => value };

/** As Chrome writes it for cmd: a `^` before all that cmd could take amiss, within and around the quotation marks. */
const forCmd = (text: string): string =>
  `^"${text
    .replaceAll(
      /(\\*)("|$)/g,
      (_match, backslashes: string, mark: string) => `${backslashes}${backslashes}${mark && '\\"'}`,
    )
    .replaceAll(/[^\w\s.,:/?=~+-]/g, '^$&')
    .replaceAll(/%(?=\w)/g, '%^')
    .replaceAll('\n', '^\n\n')}^"`;

const forPowershell = (text: string): string => `'${text.replaceAll('"', '\\"').replaceAll("'", "''")}'`;

const inOneForm = (request: HttpRequest, quoted: (text: string) => string, lineEnd: string): string =>
  [
    `curl.exe -X ${request.method} ${quoted(request.url)}`,
    ...request.headers.map(([name, value]) => `-H ${quoted(value ? `${name}: ${value}` : `${name};`)}`),
    ...(request.body?.kind === 'raw' ? [`--data-raw ${quoted(request.body.text)}`] : []),
    ...(request.body?.kind === 'multipart'
      ? request.body.parts.map(([name, value]) => `--form-string ${quoted(`${name}=${value}`)}`)
      : []),
    '-v',
  ].join(`${lineEnd}\r\n  `);

/** Neither a carriage return nor what a header cannot hold comes through these; a header of its own says the type. */
const isPlain = (request: HttpRequest): boolean =>
  !/\\[rn]|\\u00|\\\\/.test(JSON.stringify(request)) &&
  (!request.body || request.headers.some(([name]) => name === 'Content-Type'));

describe('A request is read back as it was', () => {
  it('from the command that we write', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        expect(parseCurl(toCurl(request, seen))).toEqual(request);
      }),
      { numRuns: 1000 },
    );
  });

  it('from the form for cmd', () => {
    fc.assert(
      fc.property(anyRequest.filter(isPlain), (request) => {
        expect(parseCurl(inOneForm(request, forCmd, ' ^'))).toEqual(request);
      }),
      { numRuns: 300 },
    );
  });

  it('from the form for PowerShell', () => {
    fc.assert(
      fc.property(anyRequest.filter(isPlain), (request) => {
        expect(parseCurl(inOneForm(request, forPowershell, ' `'))).toEqual(request);
      }),
      { numRuns: 300 },
    );
  });
});
