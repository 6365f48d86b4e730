import type { Backend } from '../backend.ts';

/** What a page that holds tokens should be served with; the README tells users to do the same. */
export function securityHeaders({ issuer, apiOrigin }: Backend): ReadonlyMap<string, string> {
  const provider = new URL(issuer).origin;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${provider} ${apiOrigin}`,
    // A silent sign-in begins at the provider and ends on this page, both in a hidden frame.
    `frame-src 'self' ${provider}`,
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return new Map([
    ['Content-Security-Policy', policy.join('; ')],
    ['Referrer-Policy', 'no-referrer'],
    ['X-Content-Type-Options', 'nosniff'],
    // `no-store` would keep the page out of the back/forward cache.
    ['Cache-Control', 'no-cache'],
  ]);
}
