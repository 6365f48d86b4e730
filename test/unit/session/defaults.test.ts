import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaults } from '../../../src/session/defaults.ts';

const text = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const readme = text('README.md');
const page = text('docs/defaults.md');
const sources = ['src/session/sessionOptions.ts', 'src/grants/grantOptions.ts'].map(text).join('');

const flat: Readonly<Record<string, unknown>> = {
  ...defaults,
  ...Object.fromEntries(Object.entries(defaults.idle).map(([name, value]) => [`idle.${name}`, value])),
  'signedOut.requests': defaults.signedOut.requests,
};
const entries = Object.entries(flat).filter(([name]) => name !== 'idle' && name !== 'signedOut');
const durations = entries.filter(([, value]) => typeof value === 'number') as [string, number][];

const inSeconds = (ms: number) => `${ms / 1000} s`;

/** The rows of README's tables that name an option as their knob. */
const rowsOf = (name: string) =>
  readme
    .split('\n')
    .filter((line) => line.startsWith('|') && line.includes(`\`${name}`))
    .join('\n');

test.each(durations)('README’s table says how long `%s` is by default', (name, ms) => {
  expect(rowsOf(name)).toContain(inSeconds(ms));
});

test.each(durations)('docs/defaults.md says how long `%s` is by default', (name, ms) => {
  const paragraph = page.split('\n\n').find((each) => each.includes(`(\`${name}\`)`));
  expect(paragraph).toContain(inSeconds(ms));
});

test.each(entries.map(([name]) => name))('README has a row for `%s`', (name) => {
  expect(rowsOf(name)).not.toBe('');
});

test.each([
  ['scope', 'default `openid profile`'],
  ['clientAuthentication', '`client_secret_basic` (default)'],
  ['askUserWith', 'default `{ max_age: 0 }`'],
  ['idle.requests', "fails at once with `session_idle` | `idle.requests`: `'hold'`"],
  ['signedOut.requests', "fails at once with `signed_out` | `signedOut.requests`: `'send'`"],
])('README’s table says what `%s` is by default', (name, words) => {
  expect(rowsOf(name)).toContain(words);
});

const optionRows = text('docs/options.md').split('\n');

test.each(entries)('the table of options states the default of `%s`, %j', (name, value) => {
  const row = optionRows.find((line) =>
    line.startsWith(`| \`${name.replace(/^signedOut.*/, 'signedOut')}\` |`),
  );
  const [, , , stated = ''] = row?.split('|') ?? [];
  expect(bare(stated)).toContain(bare(JSON.stringify(value)));
});

/** Without what is only notation. */
const bare = (written: string) => written.replaceAll(/[^a-z0-9./]/gi, '');

const { idle, ...others } = defaults;

test.each([...Object.entries(others), ...Object.entries(idle)])(
  'the docstring of `%s` states its default, %j',
  (name, value) => {
    const [, doc = ''] =
      new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s+readonly ${name}\\?:`).exec(sources) ?? [];
    const [, stated = ''] = /@default ([^*]*)/.exec(doc) ?? [];
    const expected = bare(JSON.stringify(value)) || 'none';
    expect(bare(stated).slice(0, expected.length)).toBe(expected);
  },
);
