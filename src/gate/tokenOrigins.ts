import { SessionError } from '../errors/sessionError.ts';
import { parseUrl } from '../url/parseUrl.ts';

/** Where this page is. */
export interface PageLocation {
  /** The page's own origin; absent where there is none. */
  readonly selfOrigin: string | undefined;
  /** What relative addresses resolve against, read at each call: a `<base>` can appear at any time. */
  baseUri(): string | undefined;
}

/** An address that may receive a token. */
export interface Allowed {
  readonly origin: string;
  /** The absolute address that was checked: send this one. A `<base>` may move a relative one meanwhile. */
  readonly url: string;
}

/** The origins that may receive a token. */
export interface TokenOrigins {
  /** What an address resolves to, or `undefined` where that may receive no token. */
  resolve(address: string): Allowed | undefined;
}

/** A page, or a worker: what `fetch` resolves relative addresses against there. */
const here = globalThis as { readonly location?: { readonly origin: string; readonly href: string } };

/** Where this code runs; addresses resolve against the document's `<base>`, else against the worker's own address. */
export const pageLocation = (documentBase: () => string | undefined): PageLocation => ({
  selfOrigin: here.location?.origin,
  baseUri: () => documentBase() ?? here.location?.href,
});

/** `blob:` addresses claim the origin that made them. */
const isHttp = ({ protocol }: URL): boolean => protocol === 'https:' || protocol === 'http:';

const normalized = (entry: string): string => {
  const url = parseUrl(entry);
  // A wildcard is a legal host name to the URL parser.
  if (url && isHttp(url) && url.href === `${url.origin}/` && !url.host.includes('*')) return url.origin;
  throw new SessionError(
    'option_invalid',
    `tokenOrigins: '${entry}' is neither 'self' nor an origin like 'https://api.example.com'.`,
  );
};

const isSelf = (entry: string): boolean => entry === 'self';

const listOf = (entries: readonly string[], selfOrigin: string | undefined): string[] => {
  const origins = entries.filter((entry) => !isSelf(entry)).map(normalized);
  // An opaque origin is called "null"; files and sandboxes have one.
  return entries.some(isSelf) && selfOrigin && selfOrigin !== 'null' ? [selfOrigin, ...origins] : origins;
};

/** What can follow an origin; nothing can, too. After anything else the host goes on, or was a user name. */
const AFTER_ORIGIN = '/?#';

/** After these a leading slash may not be the path's: the parser drops tab, LF and CR and turns `\` around. */
const BEFORE_HOST = '/\\\t\n\r';

/** Exact origins; an entry that is not one is a `SessionError`. */
export const createTokenOrigins = (entries: readonly string[], page: PageLocation): TokenOrigins => {
  const origins = listOf(entries, page.selfOrigin);
  let base: string | undefined;
  let baseOrigin: string | undefined;

  const parsed = (address: string): Allowed | undefined => {
    const url = parseUrl(address, page.baseUri());
    return url && isHttp(url) && origins.includes(url.origin)
      ? { origin: url.origin, url: url.href }
      : undefined;
  };

  const ofBase = (path: string): Allowed | undefined => {
    const current = page.baseUri();
    if (current !== base) {
      base = current;
      baseOrigin = parsed('/')?.origin;
    }
    return baseOrigin === undefined ? undefined : { origin: baseOrigin, url: baseOrigin + path };
  };

  return {
    resolve(address) {
      // Every string includes the empty one, which is what follows the last character.
      if (address[0] === '/' && !BEFORE_HOST.includes(address.charAt(1))) return ofBase(address);
      for (const origin of origins) {
        if (address.startsWith(origin) && AFTER_ORIGIN.includes(address.charAt(origin.length)))
          return { origin, url: address };
      }
      return parsed(address);
    },
  };
};
