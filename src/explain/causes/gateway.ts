import type { Cause } from '../cause.ts';
import { sendsBearer, sendsNoBearer } from '../clues/clientClues.ts';
import { notTokenEndpoint } from '../clues/requestClues.ts';
import { leadsToSignIn, providerIsAway, saidByOther } from '../clues/serverClues.ts';

const step = 'address';
const html = 'text/html';

/** What answers in place of the provider. */
export const gateway: readonly Cause[] = [
  {
    id: 'gateway-answers',
    title: 'Something other than the provider answers',
    provider: 'any',
    step,
    rank: 8,
    answers: [
      { status: [400, 401, 403, 406, 407, 501], error: null },
      { status: [404, 405], contentType: html },
      { isMalformed: true },
      { status: [200, 201, 202, 204], contentType: html },
    ],
    supportedBy: [saidByOther],
    excludedBy: [providerIsAway],
    looks: 'A status without the OAuth `error`, mostly HTML or an empty body.',
    why: 'An API gateway, a firewall for web applications, a single-page fallback or a captive portal answers before the request comes to the token endpoint.',
    remedy: 'Let the gateway pass the token endpoint untouched. Or ask the provider directly.',
    check: "Send the same request with a junk token past the gateway, from the provider's own network.",
  },
  {
    id: 'gateway-checks-bearer',
    endpoints: ['token'],
    title: 'A gateway or an API refuses the `Authorization: Bearer` header',
    provider: 'any',
    step,
    rank: 2,
    answers: [
      { status: 401, error: null, challenge: 'bearer' },
      { status: 401, error: 'invalid_token' },
    ],
    answersWithClue: [{ status: [401, 403], error: null }],
    supportedBy: [sendsBearer],
    excludedBy: [sendsNoBearer],
    looks: '401 with `WWW-Authenticate: Bearer`, or `invalid_token`, and no answer of a token endpoint.',
    why: 'The refresh carries the expired access token, as a global interceptor adds it, and whatever checks that token refuses it. Or the request went to an API instead of the token endpoint.',
    remedy: "Send token requests without the app's `Authorization` header.",
    check: 'Send it without that header and with a junk token.',
  },
  {
    id: 'sign-in-page-answers',
    endpoints: ['token'],
    title: 'A sign-in page answers in place of the token endpoint',
    provider: 'any',
    step,
    rank: 1,
    answers: [{ status: 200, contentType: html }],
    answersWithClue: [{ status: [301, 302, 303, 307, 308] }],
    shownBy: [
      ({ answer, ...facts }) =>
        answer && answer.status < 400 ? leadsToSignIn({ answer, ...facts }) : undefined,
    ],
    excludedBy: [notTokenEndpoint],
    looks: 'HTML with status 200, or a redirect to a sign-in page.',
    why: "An access proxy (oauth2-proxy, a company's sign-on) guards the address.",
    remedy: 'Let the token endpoint through the access proxy without a sign-in.',
    check: 'Open the discovery document in a private window: does a sign-in page come?',
  },
];
