import type { Saying } from './saying.ts';

const said = (...within: readonly string[]): Pick<Saying, 'noAnswer' | 'within'> => ({
  noAnswer: 'hidden',
  within,
});

/**
 * What a browser's console says of an answer that it keeps from a page (Chrome, Firefox, Safari), and what servers log of
 * such a page (ASP.NET Core, IdentityServer).
 */
export const consoles: readonly Saying[] = [
  {
    ...said(
      "No 'Access-Control-Allow-Origin' header is present",
      "The 'Access-Control-Allow-Origin' header",
      'CORS header ‘Access-Control-Allow-Origin’',
      "CORS header 'Access-Control-Allow-Origin'",
      'is not allowed by Access-Control-Allow-Origin',
      'did not allow origin',
      'Origin is not allowed',
      'due to access control checks',
    ),
    means: ['origin-not-allowed'],
    orIfSeen: ['origin-null'],
  },
  {
    ...said('Access-Control-Allow-Headers', 'Request header field'),
    means: ['header-not-allowed'],
  },
  {
    ...said(
      "Response to preflight request doesn't pass",
      'CORS preflight',
      'Preflight response is not successful',
    ),
    means: ['preflight-refused', 'origin-not-allowed'],
  },
  { ...said('Mixed Content: '), means: ['mixed-content'] },
];
