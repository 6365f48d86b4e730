import type { Clue } from '../cause.ts';
import { type Facts, realmOf } from '../facts.ts';
import { clue, quoted } from './clue.ts';

const sameRealm = ({ url, issuer }: Facts): boolean => {
  const [ours, theirs] = [realmOf(url), realmOf(issuer)];
  return ours !== undefined && ours === theirs;
};

export const issuedToThis: Clue = clue(
  ({ refreshToken, request }) =>
    refreshToken?.authorizedParty !== undefined && refreshToken.authorizedParty === request?.clientId,
  'The token was issued to this very client.',
);

/** So the client existed there when the token was issued. */
export const issuedToThisHere: Clue = clue(
  (facts) => issuedToThis(facts) !== undefined && sameRealm(facts),
  'The token was issued to this very client in this very realm, so it was there.',
);

export const ofOtherRealm: Clue = clue(
  ({ url, issuer }) => {
    const [ours, theirs] = [realmOf(url), realmOf(issuer)];
    return ours !== undefined && theirs !== undefined && ours !== theirs;
  },
  ({ url, issuer }) =>
    `The token is of realm ${quoted(realmOf(issuer))}, the request goes to realm ${quoted(realmOf(url))}.`,
);

/** So it is known there: it is the realm that is wrong, not the client. */
export const issuedToThisElsewhere: Clue = clue(
  (facts) => issuedToThis(facts) !== undefined && ofOtherRealm(facts) !== undefined,
  'The token was issued to this very client in another realm.',
);

export const ofOtherHost: Clue = clue(
  ({ url, issuer }) => url && issuer && url.origin !== issuer.origin,
  ({ url, issuer }) =>
    `The token was issued at ${quoted(issuer?.origin)}, the request goes to ${quoted(url?.origin)}.`,
);

export const ofSameHost: Clue = clue(
  ({ url, issuer }) => url && issuer && url.origin === issuer.origin,
  'The token was issued at the address that was asked.',
);

export const ofOtherScheme: Clue = clue(
  ({ url, issuer }) => url && issuer && url.host === issuer.host && url.protocol !== issuer.protocol,
  'Token and request differ only in http and https.',
);

export const issuerStatedOtherwise: Clue = clue(
  ({ refreshToken, server }) => {
    const stated = server.discovery?.issuer;
    return refreshToken?.issuer !== undefined && stated !== undefined && refreshToken.issuer !== stated;
  },
  ({ issuer, server }) =>
    `The server calls itself ${quoted(server.discovery?.issuer)}, the token is of ${quoted(issuer && `${issuer.origin}${issuer.pathname}`)}.`,
);

export const issuerStatedSo: Clue = clue(
  ({ refreshToken, server }) =>
    refreshToken?.issuer !== undefined && refreshToken.issuer === server.discovery?.issuer,
  'The server calls itself what the token says.',
);
