import * as fc from 'fast-check';
import type { HttpBody, HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';

/** Text with what shells take amiss in it far more often than chance would have it. */
export const trickyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        "'",
        '"',
        '\\',
        '$',
        '`',
        '^',
        '%',
        '!',
        '&',
        '|',
        ';',
        '\n',
        '\r',
        '@',
        '=',
        '+',
        '{{x}}',
        '$(',
        '\\"',
        "$'",
        ' ',
        '%%41',
        '<',
        '\u0000',
      ),
      fc.constantFrom('client_id', 'abc', 'curl -d x'),
    ),
    { maxLength: 8 },
  )
  // A surrogate by itself is no text: UTF-8 has no bytes for it.
  .map((pieces) => Buffer.from(pieces.join('')).toString());

const fieldName = fc.oneof(
  fc.constantFrom('grant_type', 'client_id', 'refresh_token', 'clientId', 'x'),
  fc.string({ minLength: 1, maxLength: 6 }).filter((name) => !/[=&]/.test(name)),
);

const formText = fc
  .array(fc.tuple(fieldName, trickyText), { minLength: 1, maxLength: 5 })
  .map((fields) => new URLSearchParams(fields).toString());

const body: fc.Arbitrary<HttpBody> = fc.oneof(
  formText.map((text) => ({ kind: 'raw' as const, text })),
  trickyText.map((text) => ({ kind: 'raw' as const, text })),
  fc.json().map((text) => ({ kind: 'raw' as const, text })),
  fc
    .array(fc.tuple(fieldName, trickyText), { minLength: 1, maxLength: 4 })
    .map((parts) => ({ kind: 'multipart' as const, parts })),
);

const headerValue = fc.string({ unit: 'grapheme-ascii', maxLength: 20 }).map((value) => value.trim());

const header = fc.tuple(
  fc.constantFrom('Accept', 'X-Key', 'origin', 'Cookie', 'DPoP', 'Authorization', "x!#$%&'*+.^`|~-"),
  fc.oneof(
    headerValue,
    headerValue.map((user) => `Basic ${Buffer.from(`${user}:p'"`).toString('base64')}`),
    headerValue.map((token) => `Bearer ${token}`.trim()),
  ),
);

const headers = fc.uniqueArray(header, { maxLength: 4, selector: ([name]) => name });

/** What looks like a variable is one, and its scheme is guessed. */
const isFilledIn = (address: string): boolean => !/\$|<|\{\{/.test(address.split('?', 1)[0]!);

const url = fc
  .tuple(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.constantFrom('', "?a='%20b&c=$d", '#x'),
  )
  .map(([address, rest]) => (address.includes('?') || address.includes('#') ? address : `${address}${rest}`))
  .filter(isFilledIn);

const typeOf = (content: HttpBody | undefined): HttpRequest['headers'] => {
  if (!content) return [];
  return [
    [
      'Content-Type',
      content.kind === 'multipart' ? 'multipart/form-data' : 'application/x-www-form-urlencoded',
    ],
  ];
};

/** Any request that a command of curl can make. */
export const anyRequest: fc.Arbitrary<HttpRequest> = fc
  .record({
    method: fc.constantFrom('POST', 'GET', 'put', 'HEAD'),
    url,
    headers,
    body: fc.option(body, { nil: undefined }),
    isTyped: fc.boolean(),
  })
  .map(({ isTyped, method, url: address, headers: given, body: content }) => {
    const needsType = isTyped || content?.kind === 'multipart';
    return {
      method,
      url: address,
      headers: needsType ? [...given, ...typeOf(content)] : given,
      body: content,
    };
  });
