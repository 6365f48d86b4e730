/** An address as a router knows it: from its base on, with query and fragment; `undefined` where it is not the router's. */
export const pathWithin = (base: string, address: string): string | undefined => {
  const { origin, pathname, search, hash } = new URL(address, location.href);
  const start = new URL(base || '/', location.origin).pathname.replace(/\/$/, '');
  const isInside = origin === location.origin && `${pathname}/`.startsWith(`${start}/`);
  return isInside ? `${pathname.slice(start.length) || '/'}${search}${hash}` : undefined;
};
