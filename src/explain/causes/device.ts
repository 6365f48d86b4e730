import type { Cause } from '../cause.ts';

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
    answers: [{ error: 'expired_token' }, { error: 'invalid_grant', words: ['Device code not valid'] }],
    looks: '400 `expired_token`.',
    why: 'The user did not confirm within `expires_in` (RFC 8628 §3.5).',
    remedy: 'Begin anew at the device authorization endpoint.',
    check: 'Compare the time with `expires_in` of its answer.',
  },
];
