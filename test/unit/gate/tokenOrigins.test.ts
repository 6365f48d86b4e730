import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenOrigins } from '../../../src/gate/tokenOrigins.ts';

const PAGE = 'https://app.example.com';
const API = 'https://api.example.com';

const origins = (entries: string[] = ['self', API], base: string | undefined = `${PAGE}/deep/page?x#y`) =>
  createTokenOrigins(entries, { selfOrigin: PAGE, baseUri: () => base });

const allowed: [string, string][] = [
  [API, API],
  [`${API}/`, API],
  [`${API}/todos`, API],
  [`${API}?a=1`, API],
  [`${API}#top`, API],
  [`${API}:443/x`, API],
  ['HTTPS://API.EXAMPLE.COM/x', API],
  [`  ${API}/x  `, API],
  ['https:\\\\api.example.com\\x', API],
  ['ht\ntps://api.exam\tple.com/x', API],
  ['https://user:pass@api.example.com/x', API],
  ['https://app.example.com@api.example.com/', API],
  ['//api.example.com/x', API],
  ['/\\api.example.com/x', API],
  ['/', PAGE],
  ['/x', PAGE],
  ['/x//evil.test', PAGE],
  ['/?next=//evil.test', PAGE],
  ['/#//evil.test', PAGE],
  ['/@evil.test', PAGE],
  ['/.\n//evil.test', PAGE],
  ['', PAGE],
  ['x', PAGE],
  ['./x', PAGE],
  ['../../../x', PAGE],
  ['?a', PAGE],
  ['#a', PAGE],
  ['/\t', PAGE],
  // Without two slashes these are paths, on a page of the same scheme.
  ['https:/evil.test', PAGE],
  ['https:evil.test', PAGE],
];

const foreign = [
  'https://api.example.com.evil.test/',
  'https://api.example.com@evil.test/',
  'https://api.example.com:pass@evil.test/',
  'https://api.example.com:8443/',
  'https://api.example.comevil.test',
  'https://api.example.com%2eevil.test/',
  'http://api.example.com/',
  'https://evil.test/https://api.example.com/',
  '//evil.test/x',
  '/\\evil.test/x',
  '/\t/evil.test/x',
  '/\n/evil.test/x',
  '/\r/evil.test/x',
  '/\t\n\r/evil.test',
  '/\t\\evil.test',
  ' //evil.test',
  '\\\\evil.test',
  '\t//evil.test',
  '\u0000//evil.test',
  'https:\n//evil.test',
  `blob:${PAGE}/5c1b`,
  `blob:${API}/5c1b`,
  'data:text/plain,hi',
  'javascript:alert(1)',
  'about:blank',
  'file:///etc/passwd',
  'ws://api.example.com/',
  'wss://api.example.com/',
  'https://',
  'https://api.example.com\u0000/',
  'https://sub.api.example.com/',
];

describe('the origin check', () => {
  it.each(allowed)('lets %j through to %s', (address, origin) => {
    expect(origins().originOf(address)).toBe(origin);
  });

  it.each(foreign)('lets nothing go to %j', (address) => {
    expect(origins().originOf(address)).toBeUndefined();
  });

  it('follows a <base> that leads elsewhere', () => {
    let base = `${PAGE}/`;
    const check = createTokenOrigins(['self'], { selfOrigin: PAGE, baseUri: () => base });
    expect(check.originOf('/x')).toBe(PAGE);
    base = 'https://evil.test/';
    expect(check.originOf('/x')).toBeUndefined();
    expect(check.originOf('x')).toBeUndefined();
    base = 'about:blank';
    expect(check.originOf('/x')).toBeUndefined();
    base = `${PAGE}/other/`;
    expect(check.originOf('/x')).toBe(PAGE);
  });

  it('knows no relative addresses where nothing is a base', () => {
    const check = createTokenOrigins(['self', API], { selfOrigin: undefined, baseUri: () => undefined });
    expect(check.originOf('/x')).toBeUndefined();
    expect(check.originOf('x')).toBeUndefined();
    expect(check.originOf(`${API}/x`)).toBe(API);
  });

  it('takes no opaque origin for itself', () => {
    const check = createTokenOrigins(['self'], { selfOrigin: 'null', baseUri: () => 'file:///a/b.html' });
    for (const address of ['data:text/plain,hi', '/x', 'null', 'null/x', 'null?x']) {
      expect(check.originOf(address)).toBeUndefined();
    }
  });

  it.each([
    ['https://api.example.com:443', API],
    ['https://api.example.com/', API],
    ['HTTPS://Api.Example.Com', API],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('normalises %s', (entry, origin) => {
    expect(origins([entry]).originOf(entry)).toBe(origin);
  });

  it.each([
    'https://api.example.com/v1',
    'https://api.example.com?x',
    'https://api.example.com/?',
    'https://api.example.com#x',
    'https://user@api.example.com',
    'https://*.example.com',
    '*',
    'null',
    '',
    'api.example.com',
    '/api',
    'blob:https://api.example.com',
    'ftp://api.example.com',
    'data:text/plain,x',
  ])('refuses %j as an origin', (entry) => {
    expect(() => origins([entry])).toThrow(expect.objectContaining({ code: 'option_invalid' }));
  });

  it('never names an origin that the address does not resolve to', () => {
    const marks = [
      '/',
      '\\',
      '\t',
      '\n',
      '\r',
      ' ',
      '@',
      ':',
      '?',
      '#',
      '.',
      '..',
      '%2e',
      '\u0000',
      '\u00ad',
      '。',
      '\ud800',
    ];
    const words = [
      'https:',
      'http:',
      'blob:',
      'data:',
      'HTTPS://',
      API,
      PAGE,
      'api.example.com',
      'evil.test',
      '443',
    ];
    const piece = fc.constantFrom(...marks, ...words);
    const address = fc.oneof(
      fc
        .array(fc.oneof({ weight: 4, arbitrary: piece }, fc.string({ maxLength: 3 })), { maxLength: 8 })
        .map((all) => all.join('')),
      fc.webUrl(),
      fc.string(),
    );
    const base = fc.constantFrom(`${PAGE}/a/b`, 'https://evil.test/', 'about:blank', `${API}/`, undefined);
    fc.assert(
      fc.property(address, base, (text, baseUri) => {
        const named = createTokenOrigins(['self', API], {
          selfOrigin: PAGE,
          baseUri: () => baseUri,
        }).originOf(text);
        const url = URL.canParse(text, baseUri) ? new URL(text, baseUri) : undefined;
        const isAllowed = url && /^https?:$/.test(url.protocol) && [PAGE, API].includes(url.origin);
        expect(named).toBe(isAllowed ? url.origin : undefined);
      }),
      { numRuns: 1000 },
    );
  }, 60_000);
});
