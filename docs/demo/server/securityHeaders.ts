import type { Backend } from '../backend.ts';
import type { ExampleApp } from './exampleApps.ts';

/** What a page that holds tokens should be served with; the README tells users to do the same. */
export function securityHeaders(
  { issuer, apiOrigin }: Backend,
  app?: ExampleApp,
): ReadonlyMap<string, string> {
  const provider = new URL(issuer).origin;
  // Its components are compiled in the browser. What the Angular CLI builds needs no exception.
  const scripts = app === 'angular' ? "script-src 'self' 'unsafe-eval'" : "script-src 'self'";
  const policy = [
    "default-src 'none'",
    scripts,
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
