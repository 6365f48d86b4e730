/** An address on this server; whatever leads elsewhere becomes its front page. */
export const returnPath = (asked: unknown, origin: string): string => {
  if (typeof asked !== 'string' || !URL.canParse(asked, origin)) return `${origin}/`;
  const url = new URL(asked, origin);
  if (url.origin !== origin || url.protocol === 'blob:') return `${origin}/`;
  // With the origin before it: the path of `/.//example.com` is `//example.com`, which by itself is another host.
  return origin + url.pathname + url.search + url.hash;
};
