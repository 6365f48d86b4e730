import type { Cause } from '../cause.ts';
import { padded } from '../clues/fieldClues.ts';
import { redirectBesideOrigin, redirectMissing, redirectNearlyRight } from '../clues/redirectClues.ts';

const step = 'grant';
const endpoints = ['authorization', 'token'] as const;

/** The address to which the provider sends the user back. */
export const redirectUri: readonly Cause[] = [
  {
    id: 'redirect-uri-nearly-right',
    title: 'The redirect URI differs from the registered one in a small thing',
    provider: 'any',
    step,
    rank: 1,
    endpoints,
    answersWithClue: [{ error: 'invalid_grant', words: ['Incorrect redirect_uri'] }],
    supportedBy: [redirectNearlyRight, redirectBesideOrigin, padded('redirect_uri')],
    looks: 'A refusal that names both addresses. They look alike.',
    why: 'Redirect URIs are compared character by character: slash at the end, `http` and `https`, port, upper and lower case, `localhost` and `127.0.0.1`.',
    remedy: 'Make the two addresses equal to the last character. Keep the address in one constant.',
    check: 'Put both below one another and compare them letter by letter.',
  },
  {
    id: 'redirect-uri-not-registered',
    title: 'The redirect URI is not registered for this client',
    provider: 'any',
    step,
    rank: 5,
    endpoints,
    answers: [
      { words: ['Invalid parameter: redirect_uri'] },
      {
        within: [
          'does not match one of the registered values',
          'Callback URL mismatch',
          'redirect_uri did not match',
          "'redirect_uri' parameter does not match any",
          'is not a valid registered redirect URI',
          'redirect_uri does not match the registered value',
          "The 'redirect_uri' parameter must be",
          'redirect_uri_mismatch',
          'Invalid redirect uri',
        ],
      },
      // Who redeems a code was let in with its address before.
      { grants: [], within: ['Invalid redirect_uri'] },
    ],
    excludedBy: [redirectMissing],
    looks:
      'An error page of the provider. Keycloak: "Invalid parameter: redirect_uri"; Entra: AADSTS50011; Google: `redirect_uri_mismatch`.',
    why: 'It was never registered, or only for another environment, or it differs in a slash, the scheme, the port or the case of a letter.',
    remedy: 'Register exactly the address that is sent. Scheme, host, port, path and slash count.',
    check:
      'Compare `redirect_uri` in the address of the sign-in page with the list at the provider, letter by letter.',
  },
  {
    id: 'redirect-uri-malformed',
    title: 'The redirect URI is no absolute address, or not a secure one',
    provider: 'any',
    step,
    rank: 4,
    endpoints,
    answers: [],
    looks: 'Entra: AADSTS500116, AADSTS500117, AADSTS90102.',
    why: 'A path alone (`/callback`) was sent, or `http` for another host than `localhost`.',
    remedy: 'Send the whole address: scheme, host, port and path. Use `https` everywhere but on `localhost`.',
    check: 'Look at `redirect_uri` in the address of the sign-in page, decoded.',
  },
  {
    id: 'redirect-uri-of-a-page',
    title: 'The redirect URI is registered for a page, and a server redeems the code',
    provider: 'entra',
    step,
    rank: 1,
    endpoints,
    answers: [],
    looks:
      'AADSTS9002327: "Tokens issued for the \'Single-Page Application\' client-type may only be redeemed via cross-origin requests".',
    why: 'The address stands under "Single-page application" in the app registration, so that only a page with an `Origin` may use its codes and refresh tokens.',
    remedy:
      'Register the address under "Web" or "Mobile and desktop". Then remove it under "Single-page application".',
    check: 'Look at "Authentication" of the app registration: under which platform is the address?',
  },
  {
    id: 'redirect-uri-not-of-a-page',
    title: 'The redirect URI is not registered for a page, and a page redeems the code',
    provider: 'entra',
    step,
    rank: 1,
    endpoints,
    answers: [],
    looks:
      'AADSTS9002326: "Cross-origin token redemption is permitted only for the \'Single-Page Application\' client-type".',
    why: 'The address stands under "Web" or "Mobile and desktop" in the app registration. With these the request must have no `Origin`.',
    remedy: 'Register the address under "Single-page application". Then remove it under the other platforms.',
    check: 'Look at "Authentication" of the app registration: under which platform is the address?',
  },
];
