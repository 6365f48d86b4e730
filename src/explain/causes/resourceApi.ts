import type { Cause } from '../cause.ts';
import { lacksScopeAsked, showsNoToken, showsToken } from '../clues/accessTokenClues.ts';
import { sendsBearer } from '../clues/clientClues.ts';

const provider = 'any';

/** An API of the app's own, or a gateway in front of it: what it says beside the token itself. */
export const resourceApi: readonly Cause[] = [
  {
    id: 'api-scope-missing',
    title: 'The access token lacks a scope that the API asks for',
    provider,
    step: 'grant',
    rank: 1,
    answers: [
      { error: 'insufficient_scope' },
      { status: 403, error: 'insufficient_scope' },
      {
        within: [
          'Insufficient scope',
          'The request requires higher privileges than provided by the access token',
        ],
      },
    ],
    answersWithClue: [{ status: 403 }],
    shownBy: [lacksScopeAsked],
    looks: '403 with `error="insufficient_scope"`.',
    why: 'Scopes are asked for at sign-in, and a token has those that were granted then (RFC 6750 §3.1).',
    remedy:
      'Ask for the scope at sign-in. The provider must allow it for the client, the user may have to consent.',
    check: 'Compare `scope` of the token with what the answer or the documentation of the API names.',
  },
  {
    id: 'api-role-missing',
    title: 'The user or the client may not do this at the API',
    provider,
    step: 'grant',
    rank: 2,
    answers: [
      { status: 403 },
      { status: 403, error: 'forbidden' },
      { status: 403, error: 'access_denied' },
      {
        words: [
          'RBAC: access denied',
          'Access Denied',
          'Access is denied',
          'You do not have permission to perform this action',
        ],
        isOfResource: true,
      },
      {
        isOfResource: true,
        within: ['User is not authorized to access this resource', 'is not authorized to perform'],
      },
    ],
    supportedBy: [sendsBearer],
    excludedBy: [showsNoToken],
    looks: '403 although the token is accepted.',
    why: 'The token is good, but the role is missing or stands where the API does not look: Keycloak writes roles into `realm_access.roles` and `resource_access.<client>.roles`, Spring reads `scope` only, until a converter is given.',
    remedy: 'Give the user or the client the role, and tell the API where in the token to find it.',
    check: 'Decode the token: is the role in it, under the name that the API asks for?',
  },
  {
    id: 'api-csrf-token-missing',
    title: 'The API wants a CSRF token, not only an access token',
    provider,
    step: 'reading',
    rank: 4,
    answers: [
      {
        words: ['CSRF token', 'CSRF verification failed', 'CSRF Failed', 'missing csrf token'],
        within: ['Invalid CSRF token', 'CSRF token cannot be found', 'the provided CSRF token'],
        isOfResource: true,
      },
    ],
    looks: '403 to POST, PUT and DELETE only, "CSRF".',
    why: 'Protection against forged forms is on by default (Spring, Django). Who sends a bearer header needs none.',
    remedy:
      'Switch CSRF protection off for paths that take bearer tokens. Spring: `csrf.disable()` for the API.',
    check: 'Does a GET with the same token pass?',
  },
  {
    id: 'gateway-key-missing',
    title: 'The API gateway wants a key of its own',
    provider,
    step: 'client',
    rank: 2,
    answers: [
      {
        within: [
          'missing subscription key',
          'invalid subscription key',
          'No API key found in request',
          'Invalid API Key',
          'API key is missing',
          'Unregistered API consumer',
          "Method doesn't allow unregistered callers",
        ],
      },
    ],
    looks: '401 or 403, "missing subscription key", "No API key found in request".',
    why: 'The gateway knows its customers by a key in a header, beside the access token of the user.',
    remedy:
      'Send the key as the gateway wants it. Azure: `Ocp-Apim-Subscription-Key`; AWS and Kong: their key header.',
    check: 'Look at the product or the plan to which this API belongs at the gateway.',
  },
  {
    id: 'gateway-route-unknown',
    title: 'The gateway does not know this path or method',
    provider,
    step: 'address',
    rank: 2,
    answers: [
      { status: 403, words: ['Missing Authentication Token'] },
      {
        words: ['Missing Authentication Token', 'no Route matched with those values'],
        within: ['No context-path matches the request URI'],
      },
    ],
    looks: '403 "Missing Authentication Token" (AWS), 404 "no Route matched with those values" (Kong).',
    why: 'Stage, path or method are not deployed. AWS then looks for a signature of its own and says that a token is missing.',
    remedy: 'Correct path, stage and method, or deploy the route.',
    check: 'Call the address that the console of the gateway shows.',
  },
  {
    id: 'gateway-wants-signature',
    title: 'The gateway reads the header as a signature of AWS',
    provider,
    step: 'client',
    rank: 2,
    answers: [
      {
        words: ["Authorization header requires 'Credential' parameter"],
        within: ['not a valid key=value pair', 'The request signature we calculated does not match'],
      },
    ],
    supportedBy: [showsToken],
    looks: '403 "Authorization header requires \'Credential\' parameter", "not a valid key=value pair".',
    why: 'The route has IAM as its authorizer, or does not exist; a bearer token is no signature of AWS.',
    remedy: 'Give the route a JWT or Cognito authorizer, or correct the path.',
    check: 'Look at the authorizer of the route.',
  },
];
