import { printable } from '../tidy.ts';

/** An address without what may be a secret: query, fragment, user information. */
export const withoutQuery = (address: string, base?: string): string | undefined => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url && !URL.canParse(address, base)) return undefined;
  const { protocol, host, pathname } = url ?? new URL(address, base);
  return printable(`${protocol}//${host}${pathname}`);
};
