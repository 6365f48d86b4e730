import type { Cause } from '../cause.ts';
import { clue } from '../clues/clue.ts';
import { isInQuery } from '../clues/fieldClues.ts';
import { redirectMissing } from '../clues/redirectClues.ts';
import type { Facts } from '../facts.ts';

const isMissing = ({ request }: Facts, name: string): boolean =>
  request !== undefined &&
  !request.isSketch &&
  !Object.hasOwn(request.queryFields, name) &&
  !Object.hasOwn(request.fields, name);

const missing = (name: string) =>
  clue((facts) => isMissing(facts, name), `\`${name}\` is nowhere in the request.`);

const fromScript = clue(
  ({ request }) => request?.origin !== undefined || request?.headerNames?.includes('x-requested-with'),
  'The request was made by a script of a page: it carries `Origin`.',
);

const sendsChallenge = clue((facts) => isInQuery(facts, 'code_challenge'), 'A `code_challenge` is sent.');
const sendsResponseType = clue((facts) => isInQuery(facts, 'response_type'), 'A `response_type` is sent.');

/** The page at which users sign in (RFC 6749 §3.1, OpenID Connect Core §3.1.2). */
export const authorization: readonly Cause[] = [
  {
    id: 'authorization-by-script',
    title: 'The sign-in page was asked for by a script, not by the browser itself',
    provider: 'any',
    step: 'network',
    rank: 1,
    answers: [{ noAnswer: 'hidden' }],
    answersWithClue: [{ status: [200, 302, 303, 400, 401, 403, 405] }],
    shownBy: [fromScript],
    looks: 'A CORS error in the console, at the address of the authorization endpoint.',
    why: 'The authorization endpoint shows pages to a person and sends no CORS headers.',
    remedy: 'Lead the browser there (`location.assign`). Let the API answer 401 instead of a redirect.',
    check: 'Is the type of the request in the network panel "document" or "fetch"?',
  },
  {
    id: 'authorization-client-unknown',
    title: 'The provider does not know the client',
    provider: 'any',
    step: 'client',
    rank: 2,
    answers: [
      { error: 'invalid_client' },
      {
        words: ['Client not found', 'Unknown client'],
        within: ['The OAuth client was not found', 'client_id is not registered'],
      },
    ],
    looks: '"Client not found." (Keycloak), `invalid_client` (Google), AADSTS700016 (Entra).',
    why: 'The client id is misspelt or of another realm or tenant. Keycloak compares upper and lower case.',
    remedy: 'Send the client id as the provider lists it, to the right realm or tenant.',
    check: 'Copy it from the console of the provider.',
  },
  {
    id: 'authorization-pkce-missing',
    title: 'The client must send a PKCE challenge, and sent none',
    provider: 'any',
    endpoints: ['authorization', 'device'],
    step: 'proof',
    rank: 1,
    answers: [
      {
        words: ['Missing parameter: code_challenge', 'PKCE code challenge is required'],
        within: ['code_challenge'],
      },
    ],
    answersWithClue: [{ error: 'invalid_request' }],
    supportedBy: [missing('code_challenge')],
    excludedBy: [sendsChallenge],
    looks: '`invalid_request`, "Missing parameter: code_challenge_method".',
    why: 'The client or a policy demands PKCE (RFC 7636), and the library sends none.',
    remedy: 'Send `code_challenge` and `code_challenge_method=S256`. A client library does so when told.',
    check: 'Are both in the request?',
  },
  {
    id: 'authorization-response-type-wrong',
    title: 'The response type is missing or not allowed for the client',
    provider: 'any',
    step: 'grant_type',
    rank: 1,
    answers: [
      { error: 'unsupported_response_type' },
      {
        words: [
          'Missing parameter: response_type',
          'Client is not allowed to initiate browser login',
          'Implicit/Hybrid flow is prohibited',
        ],
      },
      { error: 'unauthorized_client' },
    ],
    answersWithClue: [{ error: 'invalid_request' }],
    shownBy: [missing('response_type')],
    looks:
      '`unsupported_response_type`, "Client is not allowed to initiate browser login with given response_type".',
    why: 'The implicit flow is off, or the standard flow is: each is allowed client by client.',
    remedy: 'Send `response_type=code`. Keycloak: "Standard flow" on for the client.',
    check: 'Read `response_type` in the address, and what the client is allowed.',
  },
  {
    id: 'authorization-scope-invalid',
    title: 'A scope that was asked for does not exist or is not allowed for the client',
    provider: 'any',
    isTwin: true,
    step: 'grant',
    rank: 1,
    answers: [
      { error: 'invalid_scope' },
      { words: ['Invalid scopes'], within: ['One or more scopes are not configured'] },
    ],
    looks: '`invalid_scope`, "Invalid scopes: …".',
    why: 'Scopes are separated by spaces, not by commas, and each must be assigned to the client.',
    remedy: 'Ask for `openid` and what the client has. Keycloak: tab "Client scopes" of the client.',
    check: 'Leave all scopes but `openid` out: does it work?',
  },
  {
    id: 'authorization-parameter-missing',
    title: 'A parameter of the sign-in is missing',
    provider: 'any',
    step: 'body',
    rank: 3,
    answers: [{ words: ['Missing parameter:'], within: ['parameter missing'] }],
    answersWithClue: [
      { error: 'invalid_request' },
      { status: 400 },
      { words: ['Invalid parameter: redirect_uri'] },
    ],
    shownBy: [missing('client_id')],
    supportedBy: [redirectMissing],
    excludedBy: [(facts) => (redirectMissing(facts) ? undefined : sendsResponseType(facts))],
    looks: '`invalid_request`, "Missing parameter: …".',
    why: 'The address was built by hand, or an empty variable dropped out of it.',
    remedy: 'Send `client_id`, `response_type`, `redirect_uri` and `scope` in the query.',
    check: 'Read the address, decoded once.',
  },
];
