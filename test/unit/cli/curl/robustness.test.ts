import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CliError } from '../../../../src/cli/cliError.ts';
import { parseCurl } from './parseCurl.ts';
import { trickyText } from './arbitraryRequest.ts';
import { browserSamples, handWrittenSamples, toolSamples } from './samples.ts';
import { cpuMs } from '../../../support/cpuMs.ts';

const samples = [...browserSamples, ...toolSamples, ...handWrittenSamples];

/** Says whether it was read; anything but a `CliError` fails the test. */
const isRead = (text: string): boolean => {
  try {
    parseCurl(text);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(CliError);
    expect((error as Error).message).not.toContain('\n');
    return false;
  }
};

const heads = [
  '',
  'curl ',
  "curl '",
  'curl "',
  "curl $'",
  'curl ^"',
  'curl ^\n',
  'curl `\n"',
  'curl http://h -F a="',
  'fetch("',
  'POST ',
];
const units = [
  '$',
  '\\',
  "'",
  '"',
  '^',
  '`',
  '$(',
  '\ncurl ',
  "\ncurl 'a",
  '\n',
  ' ',
  '\t\n',
  '\\"',
  '""',
  '-',
  '%',
  '&',
  '{',
  '\\x',
  ' x',
  '<',
  '()',
  'a=b&',
  `${'$'.repeat(50)}${' '.repeat(49)}\n`,
  `${'a/'.repeat(50)}\n`,
  'fetch("',
];
const whole = 100_000;

const msFor = (text: string): number => cpuMs(() => isRead(text));

describe('Whatever is pasted', () => {
  it('is read or refused with a CliError', () => {
    const anyText = fc.tuple(
      fc.constantFrom('', 'curl ', "curl.exe '", 'curl ^"', 'fetch("', 'POST /x HTTP/1.1\n'),
      trickyText,
    );
    fc.assert(
      fc.property(anyText, ([head, text]) => {
        isRead(head + text);
      }),
      { numRuns: 1500 },
    );
  });

  it('is read or refused with a CliError wherever it is cut off', () => {
    for (const { text } of samples) for (let end = 0; end < text.length; end++) isRead(text.slice(0, end));
    expect(samples.every(({ text }) => isRead(text))).toBe(true);
  });

  it.each(heads)('takes a time in proportion to its length, beginning with %j', (head) => {
    for (const unit of units) {
      const text = head + unit.repeat(whole / unit.length);
      // Four times the time for four times the length; sixteen, were it quadratic. The rest is for what the process does beside it.
      const allowedMs = 8 * msFor(text.slice(0, whole / 4)) + 400;
      expect({ unit, isInTime: msFor(text) < allowedMs }).toEqual({ unit, isInTime: true });
    }
  });
});
