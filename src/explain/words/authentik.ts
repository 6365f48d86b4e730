import type { Saying } from './saying.ts';

/** authentik says no more than RFC 6749 does, but a code of its own is not always the one of the RFC. */
export const authentik: readonly Saying[] = [
  { error: 'Redirect URI Error', means: ['redirect-uri-not-registered'] },
  { error: 'Client ID Error', means: ['client-id-unknown'] },
  {
    error: 'invalid_client',
    isCommonplace: true,
    means: ['client-authentication-failed', 'redirect-uri-not-registered'],
  },
];
