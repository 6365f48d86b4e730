/** Sites are told apart by scheme and the last two labels of the host: a guess, since only browsers have the list. */
export const isSameSite = (a: string, b: string): boolean => siteOf(new URL(a)) === siteOf(new URL(b));

const siteOf = ({ protocol, hostname }: URL): string =>
  `${protocol}//${hostname.split('.').slice(-2).join('.')}`;
