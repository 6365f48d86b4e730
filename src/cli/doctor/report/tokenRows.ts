import type { FailedGrant, TokenShape } from '../../../explain/failedGrant.ts';
import { issuerOfEndpoint } from '../issuers.ts';
import { tidy, printable } from '../tidy.ts';
import { relativeTime } from './relativeTime.ts';

/** One property of a token. */
export interface Cell {
  readonly text: string;
  /** It does not fit the request, the server, the other token or the time. */
  readonly isOff: boolean;
}

/** One property of both tokens. */
export interface Row {
  readonly label: string;
  readonly refresh: Cell;
  readonly access: Cell;
}

/** What a token is held against. */
interface Reference {
  readonly issuer: string | undefined;
  readonly clientId: string | undefined;
  readonly typ: RegExp;
  readonly other: TokenShape | undefined;
  readonly nowSeconds: number;
}

/** A clock may be this far off before it means something. */
const TOLERATED_SECONDS = 60;

const differs = (one: unknown, other: unknown): boolean =>
  one !== undefined && other !== undefined && one !== other;

const instant = (seconds: number | undefined, { nowSeconds }: Reference): string | undefined =>
  seconds === undefined ? undefined : relativeTime(seconds, nowSeconds);

type Property = readonly [
  label: string,
  text: (token: TokenShape, reference: Reference) => string | undefined,
  isOff: (token: TokenShape, reference: Reference) => boolean,
];

const properties: readonly Property[] = [
  [
    'issuer',
    ({ issuer }) => issuer && printable(issuer),
    ({ issuer }, { issuer: expected, other }) => differs(issuer, expected) || differs(issuer, other?.issuer),
  ],
  [
    'client',
    ({ authorizedParty }) => authorizedParty && tidy(authorizedParty),
    ({ authorizedParty }, { clientId }) => differs(authorizedParty, clientId),
  ],
  [
    'type',
    ({ typ }) => typ && tidy(typ, 40),
    ({ typ }, expected) => typ !== undefined && !expected.typ.test(typ),
  ],
  [
    'session',
    ({ sessionId }) => sessionId && tidy(sessionId, 60),
    ({ sessionId }, { other }) => differs(sessionId, other?.sessionId),
  ],
  [
    'issued',
    ({ issuedAtSeconds }, reference) => instant(issuedAtSeconds, reference),
    ({ issuedAtSeconds = 0 }, { nowSeconds }) => issuedAtSeconds > nowSeconds + TOLERATED_SECONDS,
  ],
  [
    'expires',
    ({ expiresAtSeconds }, reference) => instant(expiresAtSeconds, reference),
    ({ expiresAtSeconds = Infinity }, { nowSeconds }) => expiresAtSeconds <= nowSeconds,
  ],
];

const ABSENT: Cell = { text: '-', isOff: false };

const opaque = ({ length }: TokenShape): string => (length === 0 ? 'empty' : `opaque, ${length} characters`);

const cellOf = (
  token: TokenShape | undefined,
  [label, text, isOff]: Property,
  reference: Reference,
): Cell => {
  if (!token) return ABSENT;
  if (!token.isJwt) return { text: label === 'issuer' ? opaque(token) : '-', isOff: false };
  return { text: text(token, reference) ?? 'not said', isOff: isOff(token, reference) };
};

/** Both tokens side by side; none where there is no token. */
export const tokenRows = ({ request, server, nowSeconds = 0 }: FailedGrant): readonly Row[] => {
  const { refreshToken, accessToken } = request ?? {};
  if (!refreshToken && !accessToken) return [];
  const shared = {
    issuer: server?.discovery?.issuer ?? issuerOfEndpoint(request?.url),
    clientId: request?.clientId ?? request?.basicClientId,
    nowSeconds: nowSeconds + (server?.clockDifferenceSeconds ?? 0),
  };
  const ofRefresh = { ...shared, typ: /^(refresh|offline)$/i, other: accessToken };
  const ofAccess = { ...shared, typ: /^(bearer|dpop|at\+jwt)$/i, other: refreshToken };
  return properties.map((property) => ({
    label: property[0],
    refresh: cellOf(refreshToken, property, ofRefresh),
    access: cellOf(accessToken, property, ofAccess),
  }));
};
