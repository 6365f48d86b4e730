/**
 * An address as a router knows it: from its base on, with query and fragment; `undefined` where it is not the router's.
 *
 * @param base With a `#` where the router has its paths in the fragment: before it the page, which can be left out
 */
export const pathWithin = (base: string, address: string): string | undefined => {
  const [page, inFragment] = base.split('#');
  const shown = new URL(address, location.href);
  const isElsewhere = (href: string): boolean => new URL(href, location.href).pathname !== shown.pathname;
  if (shown.origin !== location.origin || (inFragment !== undefined && isElsewhere(page!))) return undefined;
  const { pathname, search, hash } =
    inFragment === undefined ? shown : new URL(shown.hash.slice(1) || '/', location.origin);
  const start = new URL((inFragment ?? base) || '/', location.origin).pathname.replace(/\/$/, '');
  return `${pathname}/`.startsWith(`${start}/`)
    ? `${pathname.slice(start.length) || '/'}${search}${hash}`
    : undefined;
};

/** What the address bar shows for a path of a router with such a base; the path begins with the base. */
export const addressOfPath = (base: string, path: string): string =>
  base.includes('#') ? `${base.replace(/#.*/, '')}#${path}` : path;
