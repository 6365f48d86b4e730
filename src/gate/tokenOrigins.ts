import { SessionError } from '../errors/sessionError.ts';
import { parseUrl } from '../url/parseUrl.ts';

/** Where this page is. */
export interface PageLocation {
  /** The page's own origin; absent where there is none. */
  readonly selfOrigin: string | undefined;
  /** What relative addresses resolve against, read at each call: a `<base>` can appear at any time. */
  baseUri(): string | undefined;
}

/** The origins that may receive a token. */
export interface TokenOrigins {
  /** The allowed origin an address belongs to, or `undefined`. */
  originOf(address: string): string | undefined;
}

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

  const parsed = (address: string): string | undefined => {
    const url = parseUrl(address, page.baseUri());
    return url && isHttp(url) && origins.includes(url.origin) ? url.origin : undefined;
  };

  const ofBase = (): string | undefined => {
    const current = page.baseUri();
    if (current !== base) {
      base = current;
      baseOrigin = parsed('/');
    }
    return baseOrigin;
  };

  return {
    originOf(address) {
      // Every string includes the empty one, which is what follows the last character.
      if (address[0] === '/' && !BEFORE_HOST.includes(address.charAt(1))) return ofBase();
      for (const origin of origins) {
        if (address.startsWith(origin) && AFTER_ORIGIN.includes(address.charAt(origin.length))) return origin;
      }
      return parsed(address);
    },
  };
};
