import { describe, expect, test } from 'vitest';
import { doctorOptions } from '../../../../src/cli/doctor/doctorOptions.ts';
import { cli } from './stage.ts';

const SECRET = 'S3cret-that-must-not-be-seen';

describe('a secret on the command line', () => {
  test.each([
    ['--refresh-token', SECRET],
    [`--refresh-token=${SECRET}`],
    ['--client-secret', SECRET],
    [`--client-secret=${SECRET}`],
    ['--password', SECRET],
    [`--password=${SECRET}`],
    ['--access-token', SECRET],
    ['--token', SECRET],
    [`--Refresh_Token=${SECRET}`],
    ['--authorization', `Bearer ${SECRET}`],
    ['--header', `Cookie: ${SECRET}`],
    [`-password=${SECRET}`],
  ])('is refused in one line that says how instead: %s', async (...words) => {
    const { status, out, err } = await cli(['doctor', '--issuer', 'http://127.0.0.1:9/', ...words]);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^Cannot tell: --[a-z_-]+ is refused: .*(--[a-z-]+-file|--curl <file>).*\n$/);
    expect(err).not.toContain(SECRET);
  });

  test.each([
    [['doctor', SECRET]],
    [['doctor', `--${SECRET}`]],
    [['doctor', `--refreshtoken=${SECRET}`]],
    [['doctor', '--issuer', `http://user:${SECRET}@127.0.0.1/`]],
    [['doctor', '--issuer', SECRET]],
    [['doctor', '--origin', SECRET]],
    [['doctor', '--status', SECRET]],
    [['doctor', `--json=${SECRET}`]],
    [['doctor', '--refresh-token-file', SECRET, '--issuer', 'http://127.0.0.1:9', '--client-id', 'web']],
    [['doctor', '--curl', SECRET]],
    [['doctor', 'curl', 'https://id.example', '-d', `refresh_token=${SECRET}`]],
    [[SECRET]],
  ])('is not said back where it does not belong: %#', async (words) => {
    const { status, out, err } = await cli(words);
    expect(status).toBe(2);
    expect(err).toMatch(/^Cannot tell: [^\n]+\n$/);
    expect(out + err).not.toContain(SECRET);
  });
});

describe('bad usage', () => {
  test.each([
    [[], /three commands/],
    [['dictor'], /Unknown command/],
    [['doctor', '--isuer', 'x'], /Unknown option --isuer/],
    [['doctor', '--issuer'], /--issuer needs a value/],
    [['doctor', '--issuer', '--json', '--client-id'], /--issuer needs a value|--client-id needs a value/],
    [['doctor', '--issuer', 'id.example.com'], /--issuer must be an address/],
    [['doctor', '--issuer', 'ftp://id.example.com'], /must begin with http/],
    [['doctor', '--issuer', 'https://id.example.com/?a=b'], /neither query nor fragment/],
    [['doctor', '--spend=yes'], /--spend takes no value/],
    [['doctor', '--status', '4o1'], /--status must be an HTTP status/],
    [['doctor', '--issuer', 'https://id.example.com'], /--client-id/],
    [['doctor', '--client-id', 'web'], /Nothing to look at/],
    [['doctor'], /Nothing to look at/],
    [
      ['doctor', '--issuer', 'https://id.example.com', '--client-id', 'web', '--spend'],
      /--spend needs a refresh token/,
    ],
  ])('%j is answered in one line, status 2', async (words, message) => {
    const { status, out, err } = await cli(words);
    expect(status).toBe(2);
    expect(out + err).toMatch(message);
    expect((out + err).trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('help and version', () => {
  test.each([[['--help']], [['-h']], [['help']], [['doctor', '--help']], [['doctor', '-h']]])(
    '%j tells how it is used',
    async (words) => {
      const { status, out } = await cli(words);
      expect(status).toBe(0);
      expect(out).toContain('--curl <file|->');
    },
  );

  test.each([[['--version']], [['doctor', '--version']]])('%j tells the version', async (words) => {
    expect(await cli(words)).toMatchObject({ status: 0, out: '9.9.9\n' });
  });

  test('every option of the usage is understood, and every option is in the usage', async () => {
    const { out } = await cli(['doctor', '--help']);
    const told = new Set([...out.matchAll(/(?<=^|\s)--([a-z-]+)/gm)].map(([, name]) => name));
    const taken = Object.keys(doctorOptions([])).map((name) =>
      name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    );
    expect(told).toEqual(new Set(taken));
  });
});

test('an issuer is kept to the letter, but may be given by its discovery document', () => {
  expect(doctorOptions(['--issuer', 'https://id.example/realms/app/']).issuer).toBe(
    'https://id.example/realms/app/',
  );
  const wellKnown = 'https://id.example/realms/app/.well-known/openid-configuration';
  expect(doctorOptions(['--issuer', wellKnown]).issuer).toBe('https://id.example/realms/app');
});
