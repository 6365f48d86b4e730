import type { Cause } from '../cause.ts';
import { clue } from '../clues/clue.ts';
import {
  headerRefused,
  noTokenAnswer,
  preflightRefused,
  readable,
  unreadable,
  unusualHeader,
} from '../clues/serverClues.ts';
import { hasOrigin, insecureFromSecurePage, noOrigin, originNull } from '../clues/requestClues.ts';

const step = 'reading';
/** Chrome says so of a status; it had not come to the headers. */
const preflightFailed = clue(
  ({ complaint }) => /does not have HTTP ok status/.test(complaint ?? ''),
  'The preflight had a status that refuses it.',
);

const hidden = { noAnswer: 'hidden' } as const;

/** What keeps a page from sending a request or reading its answer. */
export const origin: readonly Cause[] = [
  {
    id: 'origin-not-allowed',
    title: 'The provider does not allow the origin of the page for this client',
    provider: 'any',
    step,
    rank: 1,
    answers: [{ status: 403, error: 'Invalid origin' }, { status: 200, isReadable: false }, hidden],
    shownBy: [unreadable],
    supportedBy: [hasOrigin],
    excludedBy: [readable, noOrigin, originNull, noTokenAnswer, preflightFailed],
    looks:
      'A network error in the page, a CORS message in the console; Keycloak from 26.6.3 on: 403 "Invalid origin". In Postman it works.',
    why: "The origin is not among the client's Web Origins. Keycloak before 26.6.3 performs the refresh all the same, so that the token is spent and the answer lost.",
    remedy:
      'Add the origin of the page to the client. Keycloak: "Web Origins", scheme and host and port, no path, no slash at the end.',
    check:
      'Send the request with an `Origin` header and a junk token from a terminal: does the answer hold `Access-Control-Allow-Origin`?',
  },
  {
    id: 'origin-null',
    title: 'The page has no origin of its own',
    provider: 'any',
    step,
    rank: 2,
    answersWithClue: [{ status: 403, error: 'Invalid origin' }, { status: 200, isReadable: false }, hidden],
    shownBy: [originNull],
    isSure: ({ answer, noAnswer }) => answer !== undefined || noAnswer !== undefined,
    excludedBy: [noTokenAnswer],
    looks: 'A network error in a page from a file, a sandboxed frame or an app shell.',
    why: 'Such a page sends `Origin: null`, which no provider can allow safely.',
    remedy: 'Serve the page from http://localhost or https, not from a file.',
    check: 'What does `location.origin` say in the console?',
  },
  {
    id: 'preflight-refused',
    title: 'Something refuses the preflight of the browser',
    provider: 'any',
    step: 'address',
    rank: 2,
    answersWithClue: [hidden],
    shownBy: [preflightRefused],
    looks: 'A network error in the page; an OPTIONS request that fails in the network panel.',
    why: 'An `Authorization` header, a custom one or JSON makes the browser ask first, and a proxy answers OPTIONS with 401, 403, 404 or 405.',
    remedy:
      'Send a plain form without further headers: it needs no preflight. Or let the proxy pass OPTIONS.',
    check: 'Look at the OPTIONS request in the network panel.',
  },
  {
    id: 'header-not-allowed',
    title: 'A header of the request is not allowed to pages',
    provider: 'any',
    step: 'address',
    rank: 3,
    answersWithClue: [hidden],
    shownBy: [headerRefused],
    supportedBy: [unusualHeader],
    looks:
      'A network error in the page; the console names a header that `Access-Control-Allow-Headers` lacks.',
    why: 'Tracing (`traceparent`), DPoP on older servers, or an interceptor of the app added it.',
    remedy: 'Leave the header out of token requests.',
    check: 'Read the CORS message in the console.',
  },
  {
    id: 'mixed-content',
    title: 'An https page may not ask a plain http address',
    provider: 'any',
    step: 'address',
    rank: 1,
    answersWithClue: [hidden],
    shownBy: [insecureFromSecurePage],
    looks: 'A network error in the page; "Mixed Content" in the console.',
    why: 'Browsers block it before anything is sent.',
    remedy: 'Use the https address of the provider.',
    check: 'Look at the scheme of `token_endpoint` in the discovery document.',
  },
  {
    id: 'offline-or-blocked',
    title: 'The page is offline, or something in the browser blocks the request',
    provider: 'any',
    step,
    rank: 2,
    answers: [hidden],
    excludedBy: [noOrigin],
    looks: 'A network error in the page without a CORS message.',
    why: 'No network, a VPN that is off, a content blocker, a content security policy (`connect-src`), or a service worker that fails.',
    remedy: 'Check the connection, blockers and `connect-src` of the page.',
    check: 'Open the discovery document in the same browser, and read the console.',
  },
];
