import type { Clue } from '../cause.ts';
import { type Facts, isLoopback, realmOf } from '../facts.ts';
import { clue, quoted } from './clue.ts';
import { holds, isInQuery, isNowhere } from './fieldClues.ts';
import { inWords } from './inWords.ts';

/** How far two clocks may differ before a time says nothing. */
const SLACK_SECONDS = 60;

const isKeycloak = ({ server, url }: Facts): boolean =>
  server.product === 'keycloak' || realmOf(url) !== undefined;

/** A server on this machine has the clock of this machine. Keycloak itself sends no `Date`. */
const slackSeconds = ({ url }: Facts): number => (url && isLoopback(url) ? 0 : SLACK_SECONDS);

/** The server's clock as it answered: what was pasted later has run out by now, whatever was wrong with it then. */
export const judgedAt = ({ answer, serverNowSeconds }: Facts): number | undefined =>
  answer?.dateSeconds ?? serverNowSeconds;

/** By the server's clock where it is known, else by the client's with some slack. */
export const hasPassed = (facts: Facts, instantSeconds: number): boolean => {
  const { nowSeconds } = facts;
  const serverSeconds = judgedAt(facts);
  if (serverSeconds !== undefined) return serverSeconds >= instantSeconds;
  return nowSeconds !== undefined && nowSeconds - slackSeconds(facts) > instantSeconds;
};

/** Keycloak's older offline tokens state 0 for "no end". */
const endOf = ({ refreshToken }: Facts): number | undefined => refreshToken?.expiresAtSeconds || undefined;

export const expired: Clue = clue(
  (facts) => {
    const end = endOf(facts);
    return end !== undefined && hasPassed(facts, end);
  },
  (facts) => {
    const ago = (judgedAt(facts) ?? facts.nowSeconds ?? 0) - (endOf(facts) ?? 0);
    return facts.answer?.dateSeconds === undefined
      ? `The token expired ${inWords(ago)} ago.`
      : `The token had expired ${inWords(ago)} before the answer.`;
  },
);

export const stillValid: Clue = clue((facts) => {
  const end = endOf(facts);
  const now = judgedAt(facts);
  return end !== undefined && now !== undefined && now < end;
}, "By the server's clock the token has not expired.");

export const notYetValid: Clue = clue((facts) => {
  const [start, now] = [facts.refreshToken?.notBeforeSeconds, judgedAt(facts)];
  return start !== undefined && now !== undefined && now < start;
}, "By the server's clock the token is not valid yet.");

export const alreadyValid: Clue = clue((facts) => {
  const start = facts.refreshToken?.notBeforeSeconds;
  if (!start) return endOf(facts) !== undefined;
  const now = judgedAt(facts);
  return now !== undefined && now >= start;
}, 'The token was valid from the beginning, or is by now.');

const kinds: Readonly<Record<string, string>> = {
  bearer: 'an access token',
  id: 'an ID token',
  dpop: 'an access token',
};

const kindOf = ({ refreshToken }: Facts): string | undefined =>
  /^(application\/)?at\+jwt$/i.test(refreshToken?.headerType ?? '')
    ? 'an access token'
    : kinds[refreshToken?.typ?.toLowerCase() ?? ''];

export const otherKind: Clue = clue(
  (facts) => kindOf(facts) !== undefined,
  (facts) => `What was sent as refresh token is ${kindOf(facts) ?? 'another kind'} by its \`typ\`.`,
);

export const isRefreshKind: Clue = clue(
  ({ refreshToken }) => /^(refresh|offline)$/i.test(refreshToken?.typ ?? ''),
  'The token says it is a refresh token.',
);

export const notJwt: Clue = clue(
  (facts) => facts.refreshToken?.isJwt === false && isKeycloak(facts),
  "The token is not a JWT, which all of Keycloak's are.",
);

export const signatureCut: Clue = clue(
  ({ refreshToken }) => refreshToken?.isSignatureWhole === false,
  'The signature of the token is shorter or longer than its algorithm makes it.',
);

export const signatureWhole: Clue = clue(
  ({ refreshToken }) => refreshToken?.isSignatureWhole,
  'The token looks whole.',
);

export const issuedToOther: Clue = clue(
  ({ refreshToken, request }) =>
    refreshToken?.authorizedParty !== undefined &&
    request?.clientId !== undefined &&
    refreshToken.authorizedParty !== request.clientId,
  ({ refreshToken, request }) =>
    `The token was issued to ${quoted(refreshToken?.authorizedParty)}, the request is of ${quoted(request?.clientId)}.`,
);

export const tooLong: Clue = clue(
  ({ refreshToken }) => (refreshToken?.length ?? 0) > 20_000,
  'The token is longer than 20000 characters.',
);

export const isOffline: Clue = clue(
  ({ refreshToken }) => refreshToken?.typ?.toLowerCase() === 'offline',
  'The token is an offline token.',
);

/** No token is issued later than now, unless one of two clocks is wrong. */
export const issuedLater: Clue = clue((facts) => {
  const { refreshToken, accessToken } = facts.request ?? {};
  const issued = Math.max(refreshToken?.issuedAtSeconds ?? 0, accessToken?.issuedAtSeconds ?? 0);
  const now = judgedAt(facts);
  return now !== undefined && issued > now + SLACK_SECONDS;
}, "The token was issued at a time that has not come yet by the server's clock.");

const scopes = (text: string | undefined): readonly string[] => text?.split(/\s+/).filter(Boolean) ?? [];

/** Where the scope is asked for right here, not at the sign-in. */
export const scopingGrants: readonly string[] = ['client_credentials', 'password'];

export const asksNoScope: Clue = clue(
  (facts) =>
    scopingGrants.includes(facts.grantType ?? '') &&
    facts.request?.scope === undefined &&
    isNowhere(facts, 'scope'),
  'The request asks for no scope.',
);

export const asksForScope: Clue = clue(
  (facts) => facts.request?.scope !== undefined || holds(facts, 'scope') || isInQuery(facts, 'scope'),
  'The request asks for a scope.',
);

export const asksMoreScope: Clue = clue(({ request, refreshToken }) => {
  const granted = scopes(refreshToken?.scope);
  return granted.length > 0 && scopes(request?.scope).some((scope) => !granted.includes(scope));
}, 'The request asks for a scope that the token was not granted.');

export const scopesRunTogether: Clue = clue(
  ({ request }) => /[,;+]|%20/.test(request?.scope ?? ''),
  'Something else than spaces stands between the scopes.',
);
