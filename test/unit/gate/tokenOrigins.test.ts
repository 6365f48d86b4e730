import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTokenOrigins, pageLocation } from '../../../src/gate/tokenOrigins.ts';

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
    expect(origins().resolve(address)?.origin).toBe(origin);
  });

  it.each(foreign)('lets nothing go to %j', (address) => {
    expect(origins().resolve(address)).toBeUndefined();
  });

  it.each([
    [`${API}/todos?page=2`, `${API}/todos?page=2`],
    ['HTTPS://API.EXAMPLE.COM/x', `${API}/x`],
    ['//api.example.com/x', `${API}/x`],
    ['/x?y', `${PAGE}/x?y`],
    ['x', `${PAGE}/deep/x`],
    ['../x', `${PAGE}/x`],
    ['?a', `${PAGE}/deep/page?a`],
    ['', `${PAGE}/deep/page?x`],
  ])('resolves %j to the absolute address that is sent', (address, url) => {
    expect(origins().resolve(address)?.url).toBe(url);
  });

  it('is no allowed origin that an address ends in', () => {
    const check = createTokenOrigins([API], { selfOrigin: undefined, baseUri: () => undefined });
    expect(check.resolve(`https://evil.test/${'x'.repeat(API.length - 18)}/${API}`)).toBeUndefined();
  });

  it('leaves the page itself out where it is not listed', () => {
    const check = origins([API]);
    for (const address of [PAGE, `${PAGE}/x`, '/x', 'x', '']) expect(check.resolve(address)).toBeUndefined();
  });

  it('follows a <base> that leads elsewhere', () => {
    let base = `${PAGE}/`;
    const check = createTokenOrigins(['self'], { selfOrigin: PAGE, baseUri: () => base });
    expect(check.resolve('/x')?.origin).toBe(PAGE);
    base = 'https://evil.test/';
    expect(check.resolve('/x')).toBeUndefined();
    expect(check.resolve('x')).toBeUndefined();
    base = 'about:blank';
    expect(check.resolve('/x')).toBeUndefined();
    base = `${PAGE}/other/`;
    expect(check.resolve('/x')?.origin).toBe(PAGE);
  });

  it('knows no relative addresses where nothing is a base', () => {
    const check = createTokenOrigins(['self', API], { selfOrigin: undefined, baseUri: () => undefined });
    expect(check.resolve('/x')).toBeUndefined();
    expect(check.resolve('x')).toBeUndefined();
    expect(check.resolve(`${API}/x`)?.origin).toBe(API);
  });

  it('takes no opaque origin for itself', () => {
    const check = createTokenOrigins(['self'], { selfOrigin: 'null', baseUri: () => 'file:///a/b.html' });
    for (const address of ['data:text/plain,hi', '/x', 'null', 'null/x', 'null?x']) {
      expect(check.resolve(address)).toBeUndefined();
    }
  });

  it.each([
    ['https://api.example.com:443', API],
    ['https://api.example.com/', API],
    ['HTTPS://Api.Example.Com', API],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('normalises %s', (entry, origin) => {
    expect(origins([entry]).resolve(entry)?.origin).toBe(origin);
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
    const message = expect.stringContaining(`'${entry}'`) as string;
    expect(() => origins([entry])).toThrow(expect.objectContaining({ code: 'option_invalid', message }));
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
        }).resolve(text);
        const url = URL.canParse(text, baseUri) ? new URL(text, baseUri) : undefined;
        const isAllowed = url && /^https?:$/.test(url.protocol) && [PAGE, API].includes(url.origin);
        expect(named?.origin).toBe(isAllowed ? url.origin : undefined);
        // What is sent is absolute, and the very address that was checked.
        expect(named && new URL(named.url).href).toBe(isAllowed ? url.href : undefined);
      }),
      { numRuns: 1000 },
    );
  }, 60_000);
});

describe('where this runs', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is nowhere in particular in Node', () => {
    const here = pageLocation(() => undefined);
    expect([here.selfOrigin, here.baseUri()]).toEqual([undefined, undefined]);
  });

  it('is the document’s <base>, or in a worker its own address', () => {
    vi.stubGlobal('location', { origin: PAGE, href: `${PAGE}/workers/own.js` });
    expect(pageLocation(() => `${PAGE}/base/`)).toMatchObject({ selfOrigin: PAGE });
    expect(pageLocation(() => `${PAGE}/base/`).baseUri()).toBe(`${PAGE}/base/`);
    expect(pageLocation(() => undefined).baseUri()).toBe(`${PAGE}/workers/own.js`);
  });
});
