import type { Clue } from '../cause.ts';
import { type Facts, realmOf } from '../facts.ts';
import type { TokenShape } from '../failedGrant.ts';
import { parseUrl } from '../../url/parseUrl.ts';
import { clue, quoted } from './clue.ts';
import { holds } from './fieldClues.ts';
import { inWords } from './inWords.ts';
import { hasPassed, judgedAt } from './tokenClues.ts';

const tokenOf = ({ request }: Facts): TokenShape | undefined => request?.accessToken;

const sendsToken = (facts: Facts): boolean =>
  facts.request?.authorization !== undefined || holds(facts, 'access_token') || tokenOf(facts) !== undefined;

export const showsNoToken: Clue = clue(
  (facts) => facts.request !== undefined && !facts.request.isSketch && !sendsToken(facts),
  'The request carries no access token: there is no `Authorization` header.',
);

export const showsToken: Clue = clue(
  ({ request }) => request?.authorization === 'bearer' || request?.authorization === 'dpop',
  ({ request }) =>
    `The request carries an \`Authorization: ${request?.authorization === 'dpop' ? 'DPoP' : 'Bearer'}\` header.`,
);

export const showsOtherScheme: Clue = clue(
  ({ request, answer }) =>
    request?.authorization !== undefined &&
    !['bearer', 'dpop'].includes(request.authorization) &&
    (answer?.challenge === undefined || answer.challenge === 'bearer'),
  ({ request }) =>
    request?.authorization === '(no scheme)'
      ? 'The `Authorization` header does not begin with `Bearer `.'
      : `The \`Authorization\` header has the scheme ${quoted(request?.authorization)}, not \`Bearer\`.`,
);

/** Without a challenge nothing tells that an API goes by RFC 6750: gateways take the bare token, others a word of their own. */
export const schemeMayBeItsOwn: Clue = clue(
  ({ answer, endpoint }) => answer?.challenge !== 'bearer' && (endpoint === 'api' || endpoint === 'gateway'),
  'An API can want another scheme, or none.',
);

const OF_PROVIDER: ReadonlySet<Facts['endpoint']> = new Set(['userinfo', 'admin']);

const isRefusal = ({ answer }: Facts): boolean =>
  answer !== undefined &&
  ([401, 403].includes(answer.status) || answer.challenge === 'bearer' || answer.isStatusUnknown === true);

/** Where nothing was refused, an API may be one that asks for nothing. */
const whereRefused =
  (inner: Clue): Clue =>
  (facts) =>
    isRefusal(facts) || OF_PROVIDER.has(facts.endpoint) ? inner(facts) : undefined;

export const missesToken: Clue = whereRefused(showsNoToken);
export const wrongScheme: Clue = whereRefused(showsOtherScheme);

export const accessTokenExpired: Clue = clue(
  (facts) => {
    const end = tokenOf(facts)?.expiresAtSeconds;
    return end !== undefined && end > 0 && hasPassed(facts, end);
  },
  (facts) => {
    const now = facts.serverNowSeconds ?? facts.nowSeconds ?? 0;
    return `The access token expired ${inWords(now - (tokenOf(facts)?.expiresAtSeconds ?? 0))} ago.`;
  },
);

export const accessTokenFresh: Clue = clue((facts) => {
  const end = tokenOf(facts)?.expiresAtSeconds;
  const now = judgedAt(facts);
  return end !== undefined && now !== undefined && now < end;
}, "By the server's clock the access token has not expired.");

/** Where the server says that it has expired, the clocks differ. */
export const accessTokenFreshHere: Clue = clue(
  ({ request, answer, nowSeconds }) =>
    nowSeconds !== undefined &&
    answer?.dateSeconds === undefined &&
    nowSeconds < (request?.accessToken?.expiresAtSeconds ?? 0) &&
    !/expire|lifetime|not active|too old|IDX10223/i.test(`${answer?.error} ${answer?.errorDescription}`),
  'The access token has not expired yet.',
);

export const accessTokenOfFuture: Clue = clue((facts) => {
  const token = tokenOf(facts);
  const start = token?.notBeforeSeconds ?? token?.issuedAtSeconds;
  return start !== undefined && facts.serverNowSeconds !== undefined && facts.serverNowSeconds < start - 5;
}, "By the server's clock the access token is of the future.");

const kinds: Readonly<Record<string, string>> = {
  id: 'an ID token',
  refresh: 'a refresh token',
  offline: 'a refresh token',
};

export const otherKindShown: Clue = clue(
  (facts) => Object.hasOwn(kinds, tokenOf(facts)?.typ?.toLowerCase() ?? ''),
  (facts) =>
    `What was sent as access token is ${kinds[tokenOf(facts)?.typ?.toLowerCase() ?? ''] ?? ''} by its \`typ\`.`,
);

const issuerOf = (facts: Facts): URL | undefined => parseUrl(tokenOf(facts)?.issuer ?? '');

/** The realm that a Keycloak address is about. */
const realmAsked = ({ url }: Facts): string | undefined =>
  /\/(?:admin\/)?realms\/([^/]+)/.exec(url?.pathname ?? '')?.[1];

const isOfOtherRealm = (facts: Facts): boolean => {
  const [asked, issued] = [realmAsked(facts), realmOf(issuerOf(facts))];
  return asked !== undefined && issued !== undefined && asked !== issued;
};

const realmsTold = (facts: Facts): string =>
  `The access token is of realm ${quoted(realmOf(issuerOf(facts)))}, the address of realm ${quoted(realmAsked(facts))}.`;

export const accessTokenOfOtherRealm: Clue = clue(isOfOtherRealm, realmsTold);

/** Admins of the realm `master` look after all realms. */
export const accessTokenOfForeignRealm: Clue = clue(
  (facts) => isOfOtherRealm(facts) && realmOf(issuerOf(facts)) !== 'master',
  realmsTold,
);

/** An API is mostly on another host than its provider; the provider's own endpoints are not. */
export const accessTokenOfOtherHost: Clue = clue(
  (facts) => {
    const issuer = issuerOf(facts);
    return realmAsked(facts) !== undefined && issuer && facts.url && issuer.origin !== facts.url.origin;
  },
  (facts) =>
    `The access token was issued at ${quoted(issuerOf(facts)?.origin)}, the request goes to ${quoted(facts.url?.origin)}.`,
);

const scopesOf = (facts: Facts): readonly string[] | undefined => tokenOf(facts)?.scope?.split(/\s+/);

export const lacksOpenid: Clue = clue(
  (facts) => scopesOf(facts)?.includes('openid') === false,
  'The access token was issued without the scope `openid`.',
);

export const hasOpenid: Clue = clue(
  (facts) => scopesOf(facts)?.includes('openid'),
  'The access token has the scope `openid`.',
);

export const lacksScopeAsked: Clue = clue(
  (facts) => {
    const asked = facts.answer?.challengeScope?.split(/\s+/) ?? [];
    const granted = scopesOf(facts);
    return granted !== undefined && asked.some((scope) => !granted.includes(scope));
  },
  ({ answer }) =>
    `The API asks for the scope ${quoted(answer?.challengeScope)}, which the access token does not have.`,
);

export const accessTokenOpaque: Clue = clue(
  (facts) => tokenOf(facts)?.isJwt === false,
  'The access token is not a readable JWT.',
);

export const accessTokenSignatureCut: Clue = clue(
  (facts) => tokenOf(facts)?.isSignatureWhole === false,
  'The signature of the access token is shorter or longer than its algorithm makes it: a part is missing.',
);

export const accessTokenQuoted: Clue = clue(
  (facts) => tokenOf(facts)?.isQuoted,
  'The access token stands in quotation marks, which are sent as a part of it.',
);

export const isPreflight: Clue = clue(
  ({ request }) => request?.method.toUpperCase() === 'OPTIONS',
  'The request is a preflight (`OPTIONS`), and browsers send none with a token.',
);

export const preflightUnauthorized: Clue = (facts) =>
  facts.answer?.status === 401 ? isPreflight(facts) : undefined;

/** Words of those who looked for a token and found none. */
const NONE_FOUND =
  /credentials were not provided|no authorization token|full authentication is required|jwt is missing|missing (authorization|token|bearer)/i;

/** RFC 6750 §3.1: whoever was shown no token is told no error. */
export const sawNoToken: Clue = clue(
  ({ request, answer }) =>
    request?.authorization !== undefined &&
    ((answer?.challenge === 'bearer' && !answer.error) || NONE_FOUND.test(answer?.errorDescription ?? '')),
  'A token was sent, and the answer is the one to a request without a token (RFC 6750 §3.1).',
);

/** Where whoever issued the token looks at it. */
export const atProvider: Clue = clue(
  (facts) => OF_PROVIDER.has(facts.endpoint),
  'The address is one of the provider itself.',
);

export const sendsOtherScheme: Clue = clue(
  ({ request }) =>
    request?.authorization !== undefined && !['bearer', 'dpop'].includes(request.authorization),
  'The `Authorization` header has another scheme than `Bearer`.',
);

/** Keycloak has all its endpoints beneath a realm. */
export const outsideRealms: Clue = clue(
  ({ url }) => url !== undefined && realmOf(url) === undefined,
  'The address is not that of a realm of Keycloak.',
);

/** What Keycloak has beneath a realm, and something else in its place. */
const NOT_IN_REALM =
  /(?<!\/admin)\/realms\/[^/]+\/(?!$|(?:protocol|\.well-known|account|broker|login-actions|clients-\w+|authz|device)(?:\/|$))/;

export const unknownInRealm: Clue = clue(
  ({ url }) => url && NOT_IN_REALM.test(url.pathname),
  'Keycloak has nothing of this name beneath a realm.',
);
