import { expect, it } from 'vitest';
import { parseUrl } from '../../../src/url/parseUrl.ts';

it.each([
  ['https://id.example.com/a', undefined, 'https://id.example.com/a'],
  ['b?c', 'https://id.example.com/a', 'https://id.example.com/b?c'],
  ['/b', undefined, undefined],
  ['', undefined, undefined],
  ['https://', undefined, undefined],
  ['//[', 'https://id.example.com/', undefined],
])('reads %j relative to %j as %j', (text, base, href) => {
  expect(parseUrl(text, base)?.href).toBe(href);
});
