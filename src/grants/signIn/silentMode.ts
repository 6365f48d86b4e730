import type { GrantOptions } from '../grantOptions.ts';

/** Sites are told apart by scheme and the last two labels of the host: a guess, since only browsers have the list. */
const siteOf = (url: string): string => {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname.split('.').slice(-2).join('.')}`;
};

/** How the provider is asked who is signed in: in a hidden frame, by a redirect of the page, or not at all. */
export const silentMode = (
  { silent, issuer }: Pick<GrantOptions, 'silent' | 'issuer'>,
  pageUrl: string | undefined,
): 'frame' | 'redirect' | false => {
  if (pageUrl === undefined) return false;
  return silent ?? (siteOf(issuer) === siteOf(pageUrl) ? 'frame' : 'redirect');
};
