import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../src/grants/protocol/withoutSecrets.ts';

const utf8 = (text: string): Buffer => Buffer.from(text);
const everyByte = (text: string): string =>
  [...utf8(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const everyChar = (text: string, show: (code: number) => string): string =>
  Array.from(text, (char) => show(char.codePointAt(0)!)).join('');
const escapes = (text: string): string =>
  text.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const html = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
const formed = (text: string): string => new URLSearchParams({ x: text }).toString().slice(2);
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const encodings: readonly (readonly [name: string, encode: (secret: string) => string])[] = [
  ['as it is', (secret) => secret],
  ['percent-encoded', encodeURIComponent],
  ['every byte percent-encoded', everyByte],
  ['form-encoded', formed],
  ['in JSON', inJson],
  ['in JSON, escaped to the last letter', escapes],
  ['in JSON with escaped slashes', (secret) => inJson(secret).replaceAll('/', '\\/')],
  ['in HTML', html],
  ['in HTML, by number', (secret) => everyChar(secret, (code) => `&#${code};`)],
  ['in HTML, by hexadecimal number', (secret) => everyChar(secret, (code) => `&#x${code.toString(16)};`)],
  ['in Base64', (secret) => utf8(secret).toString('base64')],
  ['in Base64url', (secret) => utf8(secret).toString('base64url')],
  ['in Base64, percent-encoded', (secret) => encodeURIComponent(utf8(secret).toString('base64'))],
  ['as a Basic credential', (secret) => utf8(`client:${secret}`).toString('base64')],
  ['form-encoded as a Basic credential', (secret) => utf8(`client:${formed(secret)}`).toString('base64')],
  ['form-encoded in JSON in HTML', (secret) => html(inJson(formed(secret)))],
  ['twice percent-encoded', (secret) => encodeURIComponent(encodeURIComponent(secret))],
  ['in capitals', (secret) => secret.toUpperCase()],
];

const secrets = [
  '0ed8c4d2-8a32-4b48-9f8b-0e3bb6a1e6c5',
  'hunter2-secret',
  'p&ß=+"<\'/\\ x y',
  'a%41b+c d&amp;e',
  'ünïcödé pass',
  'abcdefghijklmnopqrstuvwxyz0123456789AB/CDEFGHIJKLMNOPQRSTUVWXYZabcdef+ghij/klmnopqrstuvwx==',
];

describe.each(encodings)('a secret %s', (_how, encode) => {
  it.each(secrets)('is cut out: %s', (secret) => {
    const said = withoutSecrets(`Invalid token: ${encode(secret)} (client app)`, [secret]);
    for (const form of [secret, encode(secret)]) expect(said).not.toContain(form);
    const kept = said === '' || (said.startsWith('Invalid token: ') && said.endsWith(' (client app)'));
    expect(kept).toBe(true);
  });

  it('without blanks leaves the rest of the sentence', () => {
    const [uuid = ''] = secrets;
    expect(withoutSecrets(`Invalid token: ${encode(uuid)} (client app)`, [uuid])).toBe(
      'Invalid token: … (client app)',
    );
  });

  it.each(['s3cret', 'p4ss&word'])('leaves the rest of the sentence from six letters on: %s', (secret) => {
    expect(withoutSecrets(`Bad: ${encode(secret)} here`, [secret])).toMatch(/^Bad: .+ here$/);
  });

  it.each(['a', 'ab', 'abc', 'p&q', 'admin', 'ü ß'])(
    'that is short takes the sentence along: %s',
    (secret) => {
      expect(withoutSecrets(`Bad: ${encode(secret)}`, [secret])).toBe('');
      expect(withoutSecrets(encode(secret), [secret])).toBe('');
    },
  );
});

describe('a short secret, of which every letter counts,', () => {
  const latin1 = (text: string): string =>
    Buffer.from(text, 'latin1').toString('hex').replaceAll(/../g, '%$&');

  it.each([
    ['&', 'amp'],
    ['<', 'lt'],
    ['>', 'gt'],
    ['"', 'quot'],
    ["'", 'apos'],
  ])('is cut out with %s by its name in HTML', (char, name) => {
    expect(withoutSecrets(`Bad: s3&${name};cr&${name};t here`, [`s3${char}cr${char}t`])).toBe('Bad: … here');
  });

  it.each([
    ['percent-encoded, but not in UTF-8', 'süöäïü', latin1('süöäïü')],
    ['in HTML by number, without semicolons', 's3cret', everyChar('s3cret', (code) => `&#${code}`)],
    [
      'in HTML by hexadecimal number, without',
      's3cret',
      everyChar('s3cret', (code) => `&#x${code.toString(16)}`),
    ],
    ['in Base64, glued to a letter', 's3cret', `x${utf8('s3cret').toString('base64')}`],
    ['in Base64, glued to two', 's3cret', `xy${utf8('s3cret').toString('base64')}`],
    ['in Base64, glued to three', 's3cret', `xyz${utf8('s3cret').toString('base64')}`],
  ])('is cut out %s', (_how, secret, encoded) => {
    expect(withoutSecrets(`Bad: ${encoded} here`, [secret])).toBe('Bad: … here');
  });
});

describe('what a server says', () => {
  it.each([
    'Token is not active',
    'Invalid user credentials',
    'AADSTS50076: Due to a configuration change, you must use "MFA" & sign in at https://id.example.com/a?b=c%20d',
    '100% wrong \\ &nosuch; %zz &#xfffffff; &#99999999;',
    'a'.repeat(30),
    '',
  ])('stays as it is where it holds no secret: %j', (text) => {
    expect(withoutSecrets(text, [])).toBe(text);
    expect(withoutSecrets(text, ['', ...secrets, 'zzzzz'])).toBe(text);
  });

  it('loses every one of several secrets, the longer first', () => {
    expect(
      withoutSecrets('no secret-token-long nor secret-token', ['secret-token', 'secret-token-long']),
    ).toBe('no … nor …');
  });

  it('loses the beginning of a token as well, where it is longer than a common word', () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln';
    expect(withoutSecrets('Cannot read eyJhbGciOi... at 3', [token])).toBe('Cannot read … at 3');
    expect(withoutSecrets('Cannot read eyJhbGc... at 3', [token])).toBe('Cannot read eyJhbGc... at 3');
  });

  it('loses any piece of a token, whatever characters it is of', () => {
    const base64 = 'aB3/xY9+kQ2/zW7+pL5/mN8+vR1/tS4=';
    const dotted = 'v1.r.e.f.r.e.s.h.9.8.7.6';
    for (const token of [base64, dotted]) {
      for (let from = 0; from + 8 <= token.length; from++) {
        const piece = token.slice(from, from + 12);
        expect(withoutSecrets(`token=${piece}!! is not active`, [token])).toBe('… is not active');
      }
    }
    expect(withoutSecrets(`token=${base64.slice(4, 11)}...`, [base64])).toBe('token=xY9+kQ2...');
  });

  it('is left out where a secret is spread over several words', () => {
    expect(withoutSecrets('wrong: my &quot;pass&quot; word', ['my "pass" word'])).toBe('');
  });

  it('never shows a secret, whatever it is and however it is encoded', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
        fc.constantFrom(...encodings),
        fc.constantFrom('', 'Bad: ', 'x=', '"', '{"token":"'),
        (secret, [, encode], before) => {
          const said = withoutSecrets(`${before}${encode(secret)}`, [secret]);
          return secret === '…' || !said.includes(encode(secret)) || encode(secret) === '';
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a part of a secret', () => {
  const standard = 'Q2hhbmdl+bWU7/cGxlYXNl+U2Vj/cmV0S2V5+MTIzNA==';
  const dotted = 'v1.r.e.f.r.e.s.h.9.8.7.6';

  it.each([
    ['the beginning of standard Base64', standard, 'Q2hhbmdl+bWU7/cGxl'],
    ['its end', standard, 'Vj/cmV0S2V5+MTIzNA=='],
    ['its middle, in short runs', standard, '7/cGxlYXNl+U2'],
    ['the same, percent-encoded', standard, encodeURIComponent('Q2hhbmdl+bWU7/cGxl')],
    ['the beginning of one with dots', dotted, 'v1.r.e.f.r'],
  ])('is cut out: %s', (_what, secret, part) => {
    for (const text of [`Bad token ${part} for client`, `Bad token "${part}…" for client`]) {
      const said = withoutSecrets(text, [secret]);
      expect(said).not.toContain(part);
      expect(said).toMatch(/^Bad token .{1,4} for client$/);
    }
  });

  it.each([
    ['a truncated Base64 of it', 's3cretP4ssphrase', utf8('s3cretP4ssphr').toString('base64').slice(0, 16)],
    ['one that is escaped here and there', 's3cretP4ssphrase', 's3cretP4ssphrase'.replaceAll('s', '&#115;')],
    ['one that is escaped at an end', 'Summer&Winter2024!!', html('Summer&Winter2024!!')],
    ['one that is escaped in the middle', 'abcdefg/hijklmnop', 'abcdefg%2fhijklmnop'],
    ['one with escaped slashes', 'p4ss/word/with/slashes', 'p4ss\\/word\\/with\\/slashes'],
    ['one with backslashes', 'C:\\Users\\hunter2secret', inJson('C:\\Users\\hunter2secret')],
    ['one in other letters', 's3cretP4ssphrase', 'S3CRETp4ssPHRASE'],
    ['a truncated percent-encoding', 's3cretP4ssphrase', everyByte('s3cretP4ssphrase').slice(0, 32)],
    ['one glued to a word', 's3cretP4ssphrase', 'xs3cretP4ssphraseX'],
  ])('leaves its whole word out: %s', (_what, secret, part) => {
    expect(withoutSecrets(`Password ${part} is wrong for ada`, [secret])).toBe('Password … is wrong for ada');
  });

  it.each([
    ['words that an escape joins', 'correct&horse battery', 'correct&amp;horse battery'],
    ['quoted words', '"quoted" and <tagged> words', html('"quoted" and <tagged> words')],
    ['words in capitals', 'correct horse battery', 'CORRECT HORSE BATTERY'],
    ['a truncated encoding', 'correct&horse battery', everyByte('correct&horse battery').slice(0, 40)],
    ['pieces', 's3cretP4ssphrase', 's3cret P4ssph rase'],
    ['letters', 's3cretP4ssphrase', Array.from('s3cretP4ssphrase').join(' ')],
    ['wrapped Base64', 's3cretP4ssphrase', 'czNjcmV0\nUDRzc3Bo\ncmFzZQ=='],
  ])('takes the sentence along where it is of several words: %s', (_what, secret, part) => {
    expect(withoutSecrets(`Password ${part} is wrong for ada`, [secret])).toBe('');
  });

  it('is told from a word and from an address', () => {
    const text = 'See https://id.example.com/realms/app/protocol/openid-connect for offline_access.';
    expect(withoutSecrets(text, [standard, dotted])).toBe(text);
  });
});
