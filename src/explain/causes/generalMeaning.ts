import type { Cause } from '../cause.ts';

const common = { provider: 'any', step: 'grant', rank: 9, isFallback: true } as const;

/** RFC 6749 §5.2, where nothing more is known. */
export const generalMeaning: readonly Cause[] = [
  {
    ...common,
    id: 'request-malformed',
    title: 'The provider finds a fault in the request',
    answers: [{ error: 'invalid_request' }],
    looks: '`invalid_request`.',
    why: 'RFC 6749 §5.2: a field is missing, repeated or malformed, or the client was named in two ways. A policy of the provider can say so, too.',
    remedy: 'Compare the request with the documentation of the provider. `error_description` says more.',
    check: 'Look into the log of the provider at this time.',
  },
  {
    ...common,
    step: 'client',
    id: 'client-refused',
    title: 'The provider does not accept the client',
    answers: [{ error: 'invalid_client' }],
    looks: '`invalid_client`.',
    why: 'RFC 6749 §5.2: unknown client, no client authentication, or a way of authentication that is not supported.',
    remedy: 'Check the client id, its secret, and how the client is registered.',
    check: 'Look into the log of the provider at this time.',
  },
  {
    ...common,
    id: 'grant-refused',
    title: 'The provider does not accept the token, the code or the password',
    answers: [{ error: 'invalid_grant' }],
    looks: '`invalid_grant`.',
    why: 'RFC 6749 §5.2: invalid, expired, revoked, issued to another client, or another redirect URI.',
    remedy: 'Sign in again. `error_description` says more.',
    check: 'Look into the log of the provider at this time.',
  },
  {
    ...common,
    id: 'client-not-allowed',
    title: 'The client may not use this grant',
    answers: [{ error: 'unauthorized_client' }],
    looks: '`unauthorized_client`.',
    why: 'RFC 6749 §5.2: the client is known, but not authorized to use this grant.',
    remedy: 'Allow the grant for this client at the provider.',
    check: 'Look at the grant types the client is registered for.',
  },
  {
    ...common,
    id: 'scope-refused',
    title: 'The provider does not grant this scope',
    answers: [{ error: 'invalid_scope' }, { error: 'insufficient_scope' }],
    looks: '`invalid_scope`.',
    why: 'RFC 6749 §5.2: unknown, malformed, or more than the user granted.',
    remedy: 'Leave `scope` out, or ask for less.',
    check: 'Compare with the scopes the client is registered for.',
  },
  {
    ...common,
    id: 'access-denied',
    title: 'The user or the provider refused',
    answers: [{ error: 'access_denied' }],
    looks: '`access_denied`.',
    why: 'The user pressed "cancel", or a rule of the provider forbids this user or this client.',
    remedy: 'Show it and offer to sign in again.',
    check: 'Look into the log of the provider at this time.',
  },
];
