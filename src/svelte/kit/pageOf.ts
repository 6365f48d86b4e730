/** Identifies a page as Kit does: without the fragment, unless a hash router has the page's path in it. */
export const pageOf = ({ pathname, search, hash }: URL): string =>
  `${pathname}${search}${/^#\/[^#]*/.exec(hash)?.[0] ?? ''}`;
