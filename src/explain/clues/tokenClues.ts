import type { Clue } from '../cause.ts';
import { type Facts, isLoopback, realmOf } from '../facts.ts';
import { clue, quoted } from './clue.ts';
import { inWords } from './inWords.ts';

/** How far two clocks may differ before a time says nothing. */
const SLACK_SECONDS = 60;

const isKeycloak = ({ server, url }: Facts): boolean =>
  server.product === 'keycloak' || realmOf(url) !== undefined;

/** A server on this machine has the clock of this machine. Keycloak itself sends no `Date`. */
const slackSeconds = ({ url }: Facts): number => (url && isLoopback(url) ? 0 : SLACK_SECONDS);

/** By the server's clock where it is known, else by the client's with some slack. */
export const hasPassed = (facts: Facts, instantSeconds: number): boolean => {
  const { nowSeconds, serverNowSeconds } = facts;
  if (serverNowSeconds !== undefined) return serverNowSeconds >= instantSeconds;
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
    const now = facts.serverNowSeconds ?? facts.nowSeconds ?? 0;
    return `The token expired ${inWords(now - (endOf(facts) ?? 0))} ago.`;
  },
);

export const stillValid: Clue = clue((facts) => {
  const end = endOf(facts);
  return end !== undefined && facts.serverNowSeconds !== undefined && facts.serverNowSeconds < end;
}, "By the server's clock the token has not expired.");

export const notYetValid: Clue = clue(
  ({ refreshToken, serverNowSeconds }) =>
    refreshToken?.notBeforeSeconds !== undefined &&
    serverNowSeconds !== undefined &&
    serverNowSeconds < refreshToken.notBeforeSeconds,
  "By the server's clock the token is not valid yet.",
);

export const alreadyValid: Clue = clue((facts) => {
  const start = facts.refreshToken?.notBeforeSeconds;
  if (!start) return endOf(facts) !== undefined;
  return facts.serverNowSeconds !== undefined && facts.serverNowSeconds >= start;
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
  'The signature of the token has not the length that its algorithm makes.',
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

const scopes = (text: string | undefined): readonly string[] => text?.split(/\s+/).filter(Boolean) ?? [];

export const asksMoreScope: Clue = clue(({ request, refreshToken }) => {
  const granted = scopes(refreshToken?.scope);
  return granted.length > 0 && scopes(request?.scope).some((scope) => !granted.includes(scope));
}, 'The request asks for a scope that the token was not granted.');
