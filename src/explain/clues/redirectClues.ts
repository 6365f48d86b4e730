import { parseUrl } from '../../url/parseUrl.ts';
import type { Clue } from '../cause.ts';
import type { Facts } from '../facts.ts';
import { clue, quoted } from './clue.ts';
import { isInQuery, lacks } from './fieldClues.ts';

const withoutSlash = ({ pathname }: URL): string => pathname.replace(/\/$/, '');

const isLoopbackName = ({ hostname }: URL): boolean => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);

/** What sets two addresses apart that look alike; `undefined`: they are the same, or not alike at all. */
const slip = (one: URL, other: URL): string | undefined => {
  if (one.href === other.href) return undefined;
  if (one.href.toLowerCase() === other.href.toLowerCase()) return 'upper and lower case';
  if (withoutSlash(one) !== withoutSlash(other)) return undefined;
  if (one.host === other.host && one.protocol === other.protocol) return 'the slash at the end';
  if (one.hostname === other.hostname) return one.protocol === other.protocol ? 'the port' : 'the scheme';
  return one.port === other.port && isLoopbackName(one) && isLoopbackName(other)
    ? 'the name of this machine'
    : undefined;
};

/** Addresses in the words of a server: what was sent, and what it knows. */
const addressesIn = (text = ''): readonly URL[] =>
  [...text.matchAll(/https?:\/\/[^\s'",)]+/gi)]
    .slice(0, 6)
    .map(([address]) => parseUrl(address.replace(/\.$/, '')))
    .filter((url) => url !== undefined);

/** The address that was sent, and one that is told beside it. */
const pairs = ({ answer, request }: Facts): readonly (readonly [URL, URL])[] => {
  const [first, ...rest] = addressesIn(answer?.errorDescription);
  const sent = parseUrl(request?.redirectUri ?? '') ?? first;
  const told = sent === first ? rest : [first, ...rest];
  return sent ? told.filter((url) => url !== undefined).map((url) => [sent, url] as const) : [];
};

const slipTold = (facts: Facts): string | undefined =>
  pairs(facts)
    .map(([sent, told]) => slip(sent, told))
    .find((found) => found !== undefined);

/** The server tells both addresses. */
export const redirectNearlyRight: Clue = clue(
  (facts) => slipTold(facts) !== undefined,
  (facts) =>
    `The address that was sent and the one that is expected differ only in ${slipTold(facts) ?? ''}.`,
);

/** A page gets its code where it is itself, so that its origin tells what the address was meant to be. */
export const redirectBesideOrigin: Clue = clue(
  ({ request }) => {
    const [uri, page] = [parseUrl(request?.redirectUri ?? ''), parseUrl(request?.origin ?? '')];
    return uri && page && uri.hostname === page.hostname && uri.origin !== page.origin;
  },
  ({ request }) =>
    `The page that asks comes from ${quoted(request?.origin)}, \`redirect_uri\` leads to ${quoted(parseUrl(request?.redirectUri ?? '')?.origin)}.`,
);

/** At the sign-in page; Keycloak says of it what it says of one that is not registered. */
export const redirectMissing: Clue = clue(
  (facts) =>
    facts.endpoint === 'authorization' && lacks(facts, 'redirect_uri') && !isInQuery(facts, 'redirect_uri'),
  '`redirect_uri` is nowhere in the request.',
);
