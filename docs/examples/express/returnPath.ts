/** An address on this server; whatever leads elsewhere becomes its front page. */
export const returnPath = (asked: unknown, origin: string): string => {
  if (typeof asked !== 'string' || !URL.canParse(asked, origin)) return `${origin}/`;
  const url = new URL(asked, origin);
  // The whole address, not its path: `/.//example.com` has the path `//example.com`, which is another host.
  return url.origin === origin ? url.href : `${origin}/`;
};
