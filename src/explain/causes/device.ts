import type { AnswerPattern } from '../answerPattern.ts';
import type { Cause } from '../cause.ts';
import { clue } from '../clues/clue.ts';
import { shorterThan } from '../clues/fieldClues.ts';

const grants = ['urn:ietf:params:oauth:grant-type:device_code'];

const ofDevice = clue(
  ({ request }) => request?.grantType === grants[0],
  'The request asks for the tokens of a device.',
);

/** Keycloak's words for a code that it does not have, or has no more. */
const notValid: AnswerPattern = { error: 'invalid_grant', words: ['Device code not valid'] };

/** The device authorization endpoint, and polling for its answer (RFC 8628). */
export const device: readonly Cause[] = [
  {
    id: 'device-grant-off',
    title: 'The client may not use the device grant',
    provider: 'any',
    step: 'grant_type',
    rank: 1,
    endpoints: ['device', 'token'],
    answers: [
      {
        error: 'unauthorized_client',
        words: ['Client is not allowed to initiate OAuth 2.0 Device Authorization Grant'],
      },
    ],
    looks:
      '401 or 400 `unauthorized_client`, "Client is not allowed to initiate OAuth 2.0 Device Authorization Grant".',
    why: 'The device grant is switched on client by client.',
    remedy: 'Switch it on. Keycloak: "OAuth 2.0 Device Authorization Grant" in the settings of the client.',
    check: 'Look at the capabilities of the client.',
  },
  {
    id: 'device-not-confirmed-yet',
    title: 'The user has not confirmed the device yet',
    provider: 'any',
    step: 'grant',
    rank: 1,
    endpoints: ['token'],
    answers: [{ error: 'authorization_pending' }],
    looks: '400 `authorization_pending`.',
    why: 'This is how waiting looks (RFC 8628 §3.5), not a fault.',
    remedy: 'Ask again after `interval` seconds, until the user has confirmed.',
    check: 'Open `verification_uri` and enter the code.',
  },
  {
    id: 'device-code-expired',
    title: 'The device code has expired',
    provider: 'any',
    step: 'grant',
    rank: 1,
    endpoints: ['token'],
    answers: [{ error: 'expired_token' }, notValid],
    looks: '400 `expired_token`; Keycloak, which forgets it then: "Device code not valid".',
    why: 'The user did not confirm within `expires_in` (RFC 8628 §3.5).',
    remedy: 'Begin anew at the device authorization endpoint.',
    check: 'Compare the time with `expires_in` of its answer.',
  },
  {
    id: 'device-code-unknown',
    title: 'The provider does not know the device code',
    provider: 'any',
    step: 'grant',
    rank: 2,
    grants,
    endpoints: ['token'],
    answers: [{ error: 'incorrect_device_code' }, notValid],
    supportedBy: [shorterThan('device_code', 16)],
    looks: 'Entra: `bad_verification_code`, AADSTS70018; GitHub: `incorrect_device_code`.',
    why: 'The `user_code`, which a person types, was sent in its place, the code is of another client or tenant, or a letter was lost.',
    remedy: 'Send the `device_code` of the last answer, unchanged. The `user_code` is for the user alone.',
    check: 'Compare it with the answer of the device authorization endpoint.',
  },
  {
    id: 'device-declined',
    title: 'The user declined to let the device in',
    provider: 'any',
    step: 'grant',
    rank: 2,
    grants,
    endpoints: ['token'],
    answers: [{ error: 'access_denied', words: ['The end user denied'] }],
    answersWithClue: [{ error: 'access_denied' }],
    supportedBy: [ofDevice],
    looks: '`access_denied`; Entra: `authorization_declined`.',
    why: 'The user pressed "cancel" on the page that asks for consent (RFC 8628 §3.5).',
    remedy: 'Stop asking, and offer to begin anew.',
    check: 'Ask the user.',
  },
];
