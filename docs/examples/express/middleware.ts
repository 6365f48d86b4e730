import type { ErrorRequestHandler, RequestHandler } from 'express';
import { isSessionError } from 'token-vigil';
import { failureOf } from './failure.ts';
import { oauthWord } from './oauthWord.ts';
import { failurePage } from './pages.ts';

type Log = (line: string) => void;

/** One line per request, without its query: there the code of a sign-in comes by. */
export const requestLog =
  (log: Log): RequestHandler =>
  ({ method, path }, response, next) => {
    response.on('finish', () => log(`${method} ${path} ${response.statusCode}`));
    next();
  };

/** Nothing is cached, framed or taken from elsewhere. */
export const safeHeaders = (providerOrigin: string): RequestHandler => {
  const headers = {
    'Cache-Control': 'no-store',
    // The sign-out form is led on to the provider, and Chromium counts that in.
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self' ${providerOrigin}; frame-ancestors 'none'`,
    // With `no-referrer` forms would say `Origin: null`.
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  };
  return (_request, response, next) => {
    response.set(headers);
    next();
  };
};

/** What changes something comes from our own pages. `SameSite` lets sister hosts and other ports pass; this does not. */
export const onlyOwnPages =
  (origin: string): RequestHandler =>
  ({ method, headers }, response, next) => {
    if (['GET', 'HEAD'].includes(method) || headers.origin === origin) return next();
    response.status(403).json({
      code: 'foreign_origin',
      message: 'This request did not come from a page of this server.',
      next: `Send it from ${origin}, with that as its Origin header.`,
      retryable: false,
    });
  };

/** Of an error the code or the kind and the place: its words may hold a request. */
const told = (thrown: unknown): string => {
  if (isSessionError(thrown)) {
    const { code, status, error } = thrown;
    return [code, status, error && oauthWord(error)].filter(Boolean).join(' ');
  }
  const { name = typeof thrown, stack = '' } = Object(thrown) as Partial<Error>;
  return `${name} ${/^ +at .*/m.exec(stack)?.[0].trim() ?? ''}`;
};

/** A failure becomes an answer that says what to do: a page for people, JSON for scripts. */
export const answerFailures =
  (log: Log): ErrorRequestHandler =>
  // Express tells error handlers by their four parameters.
  (thrown, request, response, next) => {
    if (response.headersSent) return next(thrown);
    const failure = failureOf(thrown);
    log(`${request.method} ${request.path} failed: ${told(thrown)}`);
    response.status(failure.status);
    if (request.accepts(['json', 'html']) === 'html') response.send(failurePage(failure));
    else response.json(failure.body);
  };
