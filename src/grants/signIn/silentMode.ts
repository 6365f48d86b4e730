import type { GrantOptions, SilentMode } from '../grantOptions.ts';

/** Sites are told apart by scheme and the last two labels of the host: a guess, since only browsers have the list. */
const siteOf = (url: string): string => {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname.split('.').slice(-2).join('.')}`;
};

/** How the provider is asked who is signed in where the page is at this URL. */
export const silentMode = (
  { silent, issuer }: Pick<GrantOptions, 'silent' | 'issuer'>,
  pageUrl: string | undefined,
): SilentMode => {
  if (pageUrl === undefined) return false;
  return silent ?? (siteOf(issuer) === siteOf(pageUrl) ? 'frame' : 'redirect');
};
