import type { Cause } from '../cause.ts';

/** Token revocation (RFC 7009), where it is about more than the client. */
export const revocation: readonly Cause[] = [
  {
    id: 'revocation-of-other-client',
    title: 'The token was issued to another client',
    provider: 'any',
    step: 'grant',
    rank: 1,
    answers: [
      { error: 'invalid_request', words: ['Unmatching clients'] },
      {
        words: ['Unmatching clients'],
        within: ['was not issued to this client', 'not issued to the client'],
        isTelling: false,
      },
      { error: 'invalid_grant' },
    ],
    looks: '400 `invalid_request`, "Unmatching clients" (Keycloak).',
    why: 'A client may revoke its own tokens only (RFC 7009 §2.1).',
    remedy: 'Revoke the token as the client that it was issued to (`azp`).',
    check: 'Decode the token and compare `azp` or `client_id` with the client of the request.',
  },
  {
    id: 'revocation-kind-unsupported',
    title: 'The provider cannot revoke tokens of this kind',
    provider: 'any',
    step: 'grant',
    rank: 1,
    answers: [{ error: 'unsupported_token_type' }],
    looks: '400 `unsupported_token_type`.',
    why: 'Many providers revoke refresh tokens only, since access tokens are not looked up (RFC 7009 §2.2.1).',
    remedy: 'Revoke the refresh token. The access token lapses by itself.',
    check: 'Which token was sent?',
  },
];
