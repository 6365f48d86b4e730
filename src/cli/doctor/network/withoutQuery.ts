import { printable } from '../tidy.ts';

/** An address without what may be a secret: query, fragment, user information. */
export const withoutQuery = (address: string, base?: string): string | undefined => {
  if (!URL.canParse(address, base)) return undefined;
  const { protocol, host, pathname } = new URL(address, base);
  return printable(`${protocol}//${host}${pathname}`);
};
