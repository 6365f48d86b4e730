import { describe, expect, test } from 'vitest';
import { createCover } from '../../../../src/cli/doctor/masking/createCover.ts';
import { suspectsIn } from '../../../../src/cli/doctor/masking/suspectsIn.ts';
import { clockDifferenceSeconds } from '../../../../src/cli/doctor/network/clockDifference.ts';
import { noAnswerOf } from '../../../../src/cli/doctor/network/noAnswerOf.ts';
import { relativeTime } from '../../../../src/cli/doctor/report/relativeTime.ts';
import { terminalFor } from '../../../../src/cli/doctor/report/terminal.ts';
import { hang, wrap } from '../../../../src/cli/doctor/report/wrap.ts';
import { issuerNearby, issuerOfEndpoint } from '../../../../src/cli/doctor/issuers.ts';
import { printable, tidy } from '../../../../src/cli/doctor/tidy.ts';

describe('times', () => {
  test.each([
    [240, 'in 4 min'],
    [-12, '12 s ago'],
    [0, 'now'],
    [0.4, 'now'],
    [119, 'in 119 s'],
    [120, 'in 2 min'],
    [7199, 'in 119 min'],
    [7200, 'in 2 h'],
    [-172_800, '2 d ago'],
  ])('%d seconds from now are told as %j', (seconds, told) => {
    expect(relativeTime(1_700_000_000 + seconds, 1_700_000_000)).toBe(told);
  });

  const heardAt = (date: string | undefined, sentAtMs: number, receivedAtMs: number, more = {}) => ({
    url: '',
    status: 200,
    headers: new Headers({ ...(date && { date }), ...more }),
    text: '',
    object: undefined,
    isCut: false,
    sentAtMs,
    receivedAtMs,
  });
  const noon = Date.UTC(2026, 0, 1, 12);
  const date = new Date(noon).toUTCString();

  test('the clocks are compared in the middle of the exchange', () => {
    expect(clockDifferenceSeconds(heardAt(date, noon - 500, noon + 1500))).toBe(0);
    expect(clockDifferenceSeconds(heardAt(date, noon - 91_000, noon - 89_000))).toBe(91);
    expect(clockDifferenceSeconds(heardAt(date, noon + 29_000, noon + 31_000))).toBe(-29);
  });

  test('an answer without a date, or one from a cache, says nothing about the clock', () => {
    expect(clockDifferenceSeconds(heardAt(undefined, noon, noon))).toBeUndefined();
    expect(clockDifferenceSeconds(heardAt(date, noon, noon, { age: '60' }))).toBeUndefined();
  });
});

describe('words of others', () => {
  test('lose what could move the cursor or turn the reading direction', () => {
    expect(tidy('a\u001b[31mred\u001b[0m\r\nb\u0007\u202ec\u009bd')).toBe('a [31mred [0m b c d');
  });

  test('lose what looks like a token, of any alphabet', () => {
    const jwt = `eyJhbGciOi.eyJzdWIi.${'s'.repeat(43)}`;
    expect(tidy(`Bad token ${jwt} was sent`)).toBe('Bad token … was sent');
    expect(tidy(`Bad token ${'Ab1+'.repeat(12)}== was sent`)).toBe('Bad token … was sent');
  });

  test('keep addresses, which are compared to the letter', () => {
    const long = 'https://keycloak-production.europe-west1.internal.example.net/realms/app';
    expect(tidy(`Expected '${long}'`)).toBe(`Expected '${long}'`);
    expect(printable(long)).toBe(long);
  });

  test('are cut where they go on for too long', () => {
    expect(tidy('no way '.repeat(100), 20)).toBe('no way no way no wa…');
  });
});

describe('the cover', () => {
  const covering = (...secrets: string[]) => {
    const cover = createCover();
    for (const secret of secrets) cover.add(secret);
    return cover;
  };

  const secret = 'p&ss "wörd"/+%';

  test.each([
    ['as it is', secret],
    ['form-encoded', new URLSearchParams({ x: secret }).toString().slice(2)],
    ['URI-encoded', encodeURIComponent(secret)],
    ['in JSON', JSON.stringify(secret)],
    ['in base64', Buffer.from(secret).toString('base64')],
  ])('finds a secret %s', (_how, written) => {
    const hidden = covering(secret).hide(`before ${written} after`);
    expect(hidden).toMatch(/^before "?<hidden>"? after$/);
  });

  test('finds a long one inside of words, a short one only where it stands alone', () => {
    expect(covering('correct-horse').hide('xcorrect-horsey')).toBe('x<hidden>y');
    expect(covering('demo').hide('the demo of demo-app, "demo"')).toBe(
      'the <hidden> of demo-app, "<hidden>"',
    );
  });

  test('takes the longest where one secret holds another', () => {
    expect(covering('abcdefgh', 'abcdefgh-ijkl').hide('abcdefgh-ijkl')).toBe('<hidden>');
  });

  test('hides nothing as long as there are no secrets, nor the empty one', () => {
    expect(covering().hide('text')).toBe('text');
    expect(covering('', ' ').hide('some text')).toBe('some text');
  });
});

describe('what may be secret in a request', () => {
  const form = (text: string, headers: readonly (readonly [string, string])[] = []) =>
    suspectsIn({ method: 'POST', url: 'https://id.example/token', headers, body: { kind: 'raw', text } });

  test('is every field that is not known to be open', () => {
    const found = form(
      'grant_type=refresh_token&client_id=web&scope=openid&refresh_token=R%2Bx&totp=123456&odd=O',
    );
    // As it is written and as it is meant.
    expect(new Set(found)).toEqual(new Set(['R+x', 'R%2Bx', '123456', 'O']));
  });

  test('is a token even in an open field, and a value that slipped into a name', () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln';
    expect(new Set(form(`client_id=${token}`))).toEqual(new Set([token]));
    expect(form('grant_type=refresh_token&refresh_token:s3cr3t-value')).toContain('s3cr3t-value');
  });

  test('is in headers: credentials, the password of Basic, cookies, API keys', () => {
    const basic = `Basic ${Buffer.from('web:hu:nter').toString('base64')}`;
    const found = form('', [
      ['Authorization', basic],
      ['cookie', 'a=cookie-one; b=cookie-two'],
      ['X-Api-Key', 'key-value'],
      ['Accept', 'text/plain'],
    ]);
    expect(found).toEqual(
      expect.arrayContaining(['hu:nter', basic.slice(6), 'cookie-one', 'cookie-two', 'key-value']),
    );
    expect(found).not.toContain('text/plain');
    expect(found).not.toContain('web');
  });

  test('is in the address, in JSON at any depth and in parts of multipart', () => {
    const at = (url: string) => suspectsIn({ method: 'GET', url, headers: [] });
    expect(at('https://u:pass%20word@id.example/?refresh_token=Q&client_id=web#access_token=F')).toEqual(
      expect.arrayContaining(['pass%20word', 'pass word', 'Q', 'F']),
    );
    expect(form('{"client_id":"web","deep":{"refresh_token":["J"]}}')).toContain('J');
    const parts = [
      ['client_secret', 'M'],
      ['client_id', 'web'],
    ] as const;
    const found = suspectsIn({
      method: 'POST',
      url: 'https://id.example',
      headers: [],
      body: { kind: 'multipart', parts },
    });
    expect(found).toEqual(['M']);
  });
});

describe('why no answer came', () => {
  const failed = (cause: object, message = 'fetch failed') =>
    Object.assign(new TypeError(message), { cause: Object.assign(new Error('inner'), cause) });

  test.each([
    [failed({ code: 'ENOTFOUND' }), 'name_unknown'],
    [failed({ code: 'ECONNREFUSED' }), 'connection_refused'],
    [failed({ code: 'UND_ERR_CONNECT_TIMEOUT' }), 'timed_out'],
    [failed({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'certificate_refused'],
    [failed({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }), 'certificate_refused'],
    [failed({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'certificate_refused'],
    [failed({ code: 'UND_ERR_SOCKET' }), 'connection_lost'],
    [failed({ errors: [Object.assign(new Error('one'), { code: 'ECONNREFUSED' })] }), 'connection_refused'],
    ['no error at all', 'connection_lost'],
  ])('%# is told from the transport', (error, reason) => {
    expect(noAnswerOf(error)).toBe(reason);
  });

  test('an error that is its own cause ends the search', () => {
    const error = new Error('round');
    error.cause = error;
    expect(noAnswerOf(error)).toBe('connection_lost');
  });
});

describe('issuers', () => {
  test('follow from the path of an endpoint of Keycloak only', () => {
    const endpoint = 'https://id.example/auth/realms/my%20app/protocol/openid-connect/token';
    expect(issuerOfEndpoint(`${endpoint}?x=1`)).toBe('https://id.example/auth/realms/my%20app');
    expect(issuerOfEndpoint('https://id.example/realms/app/protocol/openid-connect/userinfo')).toBe(
      'https://id.example/realms/app',
    );
    expect(issuerOfEndpoint('https://id.example/auth/admin/realms/app/users')).toBe(
      'https://id.example/auth/realms/app',
    );
    expect(issuerOfEndpoint('https://id.example/admin/realms')).toBeUndefined();
    expect(issuerOfEndpoint('https://id.example/oauth/token')).toBeUndefined();
    expect(issuerOfEndpoint('nonsense')).toBeUndefined();
  });

  test('have a neighbour with or without /auth', () => {
    expect(issuerNearby('https://id.example/realms/app')).toBe('https://id.example/auth/realms/app');
    expect(issuerNearby('https://id.example/auth/realms/app')).toBe('https://id.example/realms/app');
    expect(issuerNearby('https://id.example/tenant')).toBeUndefined();
  });
});

describe('the terminal', () => {
  const out = { write: () => undefined };

  test.each([
    [{}, { isTTY: true }, true],
    [{}, { isTTY: false }, false],
    [{ NO_COLOR: '1' }, { isTTY: true }, false],
    [{ NO_COLOR: '' }, { isTTY: true }, true],
    [{ TERM: 'dumb' }, { isTTY: true }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, { isTTY: false }, true],
    [{ FORCE_COLOR: '0' }, { isTTY: true }, false],
  ])('with %j on %j shows colour: %j', (env, traits, isColoured) => {
    expect(terminalFor(env, { ...out, ...traits }).paint('red', 'x')).toBe(
      isColoured ? '\u001b[31mx\u001b[39m' : 'x',
    );
  });

  test('is as wide as it says, within reason', () => {
    const widths = [10, 80, 500, undefined].map((columns) => terminalFor({}, { ...out, columns }).width);
    expect(widths).toEqual([40, 80, 110, 110]);
  });

  test('gets lines that fit, with words kept whole', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(wrap('https://id.example/a/long/one', 10)).toEqual(['https://id.example/a/long/one']);
    expect(hang('seen ', 'one two three four five six', 25)).toEqual([
      'seen one two three four',
      '     five six',
    ]);
  });
});
