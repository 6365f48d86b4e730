import type { Clue } from '../cause.ts';
import { parseUrl } from '../../url/parseUrl.ts';
import type { Facts } from '../facts.ts';
import type { GrantAnswer, ServerFindings } from '../failedGrant.ts';
import { clue, quoted } from './clue.ts';

export const notMetadata: Clue = clue(
  ({ server }) => server.discovery?.status === 404,
  'The address of the discovery document is not found either.',
);

export const hasMetadata: Clue = clue(
  ({ server }) => server.discovery?.isMetadata,
  'The discovery document is there.',
);

export const realmDenied: Clue = clue(
  ({ server }) => /^realm (does not exist|not found)/i.test(server.discovery?.error ?? ''),
  'Of the discovery document the server says that there is no such realm.',
);

export const metadataNearby: Clue = clue(
  ({ server }) => server.issuerNearby !== undefined && server.discovery?.isMetadata !== true,
  ({ server }) => `With \`/auth\` put in or taken out the server is there: ${quoted(server.issuerNearby)}.`,
);

/** Host names differ behind proxies; the path is what people get wrong. */
export const endpointStatedOtherwise: Clue = clue(
  ({ url, server }) => {
    const stated = parseUrl(server.discovery?.tokenEndpoint ?? '');
    return url && stated && url.pathname !== stated.pathname;
  },
  ({ server }) => `The server states ${quoted(server.discovery?.tokenEndpoint)} as its token endpoint.`,
);

/** Lower case is what all known products have in the fixed part of their paths. */
const KNOWN_PATH =
  /\/(realms\/[^/]+\/protocol\/openid-connect|oauth2?(\/[\w.]+)?|connect|application\/o)\/token\/?$/;

/** As the server states it, else as the known products have it. */
export const pathCaseDiffers: Clue = clue(
  ({ url, server }) => {
    const stated = parseUrl(server.discovery?.tokenEndpoint ?? '');
    if (!url) return false;
    if (stated)
      return url.pathname !== stated.pathname && url.pathname.toLowerCase() === stated.pathname.toLowerCase();
    return KNOWN_PATH.test(url.pathname.toLowerCase()) && !KNOWN_PATH.test(url.pathname);
  },
  ({ url }) => `The path is ${quoted(url?.pathname)}.`,
);

export const endpointStatedSo: Clue = clue(({ url, server }) => {
  const stated = parseUrl(server.discovery?.tokenEndpoint ?? '');
  return url && stated && url.pathname === stated.pathname;
}, 'The address is the token endpoint that the server states.');

export const grantNotOffered: Clue = clue(
  ({ request, server }) =>
    request?.grantType !== undefined && server.discovery?.grantTypes?.includes(request.grantType) === false,
  ({ request }) => `The server does not list ${quoted(request?.grantType)} among its grant types.`,
);

export const clientUnknown: Clue = clue(
  ({ server }) => server.clientAtAuthorization === 'unknown',
  'The authorization endpoint does not know the client.',
);

export const clientDisabled: Clue = clue(
  ({ server }) => server.clientAtAuthorization === 'disabled',
  'The authorization endpoint says that the client is disabled.',
);

export const clientBearerOnly: Clue = clue(
  ({ server }) => server.clientAtAuthorization === 'bearer_only',
  'The authorization endpoint says that the client is bearer-only.',
);

export const clientSaml: Clue = clue(
  ({ server }) => server.clientAtAuthorization === 'saml',
  'The authorization endpoint says that the client speaks another protocol.',
);

export const clientIsNot = (state: ServerFindings['clientAtAuthorization']): Clue =>
  clue(
    ({ server }) => server.clientAtAuthorization !== undefined && server.clientAtAuthorization !== state,
    'The authorization endpoint says otherwise.',
  );

export const stillRefused: Clue = clue(
  ({ corrected }) => corrected === 'refused',
  'The corrected request was refused as well.',
);

/** Refusals that come after the client was identified, when its Web Origins are known. */
const isOfKnownClient = ({ status, error, isMalformed }: GrantAnswer): boolean =>
  (status === 200 && !isMalformed) || error === 'invalid_grant' || error === 'invalid_scope';

const isSeen = ({ answer, server, isCorrectedOfOther }: Facts, isReadable: boolean): boolean =>
  [answer, server.junkTokenAnswer, isCorrectedOfOther ? undefined : server.correctedAnswer].some(
    (seen) => seen !== undefined && isOfKnownClient(seen) && seen.isReadable === isReadable,
  );

export const unreadable: Clue = clue(
  (facts) => facts.request?.origin !== undefined && isSeen(facts, false),
  ({ request }) =>
    `The server does not let pages of ${quoted(request?.origin)} read its answers to this client.`,
);

export const readable: Clue = clue(
  (facts) => isSeen(facts, true),
  'The page may read the answers to this client.',
);

/** A page, or JSON of something else. */
export const noTokenAnswer: Clue = clue(
  ({ answer }) => answer?.status === 200 && answer.isMalformed,
  'The answer is a success, but not one of a token endpoint.',
);

const simple = new Set(['accept', 'accept-language', 'content-language', 'content-type', 'range']);
const byBrowser =
  /^(sec-|proxy-|host$|origin$|referer$|user-agent$|cookie$|content-length$|connection$|accept-encoding$|dnt$|pragma$|cache-control$|priority$|te$)/;

const forcing = ({ request }: Facts): readonly string[] =>
  request?.headerNames?.filter((name) => !simple.has(name) && !byBrowser.test(name)) ?? [];

/** Whether a browser asks first (Fetch Standard, CORS-preflight). */
const needsPreflight = (facts: Facts): boolean =>
  facts.request?.encoding === 'json' ||
  facts.request?.authorization !== undefined ||
  forcing(facts).length > 0;

export const preflightRefused: Clue = clue(
  (facts) => {
    const { preflight } = facts.server;
    return preflight && needsPreflight(facts) && (preflight.status >= 300 || !preflight.allowsOrigin);
  },
  ({ server }) => `The preflight was answered ${server.preflight?.status ?? ''} and does not allow the page.`,
);

export const headerRefused: Clue = clue(
  ({ server }) => (server.preflight?.refusedHeaders?.length ?? 0) > 0,
  ({ server }) =>
    `The preflight does not allow ${(server.preflight?.refusedHeaders ?? []).map(quoted).join(', ')}.`,
);

export const unusualHeader: Clue = clue(
  (facts) => forcing(facts).length > 0,
  (facts) =>
    `The request has headers that browsers ask about first: ${forcing(facts).map(quoted).join(', ')}.`,
);

export const clockOff: Clue = clue(
  ({ server }) => Math.abs(server.clockDifferenceSeconds ?? 0) > 60,
  ({ server }) => `The clocks differ by ${Math.abs(server.clockDifferenceSeconds ?? 0)} s.`,
);

export const clockTooFarForProof: Clue = clue(
  ({ server }) => Math.abs(server.clockDifferenceSeconds ?? 0) > 15,
  ({ server }) => `The clocks differ by ${Math.abs(server.clockDifferenceSeconds ?? 0)} s.`,
);

export const saidByOther: Clue = clue(
  ({ answer }) =>
    /nginx|cloudflare|envoy|traefik|kong|apache|awselb|istio|haproxy|varnish|oauth2|cannot (?:get|post)|whitelabel|not found/i.test(
      answer?.sender ?? '',
    ),
  'The answer says that another server than the provider sent it.',
);

/** What a proxy says of the server behind it. */
export const providerIsAway: Clue = clue(
  ({ answer }) => answer !== undefined && [502, 503, 504, 521, 522, 523, 524].includes(answer.status),
  'A proxy says that the server behind it does not answer.',
);

const targetOf = ({ answer, url }: Facts): URL | undefined =>
  answer?.location !== undefined && url ? parseUrl(answer.location, url.href) : undefined;

export const leadsToSignIn: Clue = clue((facts) => {
  const path = targetOf(facts)?.pathname ?? '';
  const isSame = path.replace(/\/$/, '') === facts.url?.pathname.replace(/\/$/, '');
  return !isSame && /sign[_-]?in|log[_-]?in|oauth2|\/auth$|\bsso\b|\bsaml/i.test(path);
}, 'The redirect leads to a sign-in page.');

export const leadsElsewhere: Clue = clue(
  (facts) => targetOf(facts) !== undefined,
  'The answer leads to another address.',
);

export const leadsToHttps: Clue = clue((facts) => {
  const target = targetOf(facts);
  return (
    facts.url?.protocol === 'http:' && target?.protocol === 'https:' && target.hostname === facts.url.hostname
  );
}, 'The redirect leads from http to https.');

export const leadsToSlash: Clue = clue((facts) => {
  const [from, to] = [facts.url?.pathname, targetOf(facts)?.pathname];
  return (
    from !== undefined && to !== undefined && from !== to && from.replace(/\/$/, '') === to.replace(/\/$/, '')
  );
}, 'The redirect only adds or takes a slash.');

export const notKeycloak: Clue = clue(
  ({ provider }) => provider !== undefined && provider !== 'keycloak',
  'Other providers than Keycloak say this of an unknown client, of a wrong or missing secret, and of a wrong way to send it.',
);
