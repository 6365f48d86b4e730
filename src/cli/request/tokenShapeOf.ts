import type { TokenShape } from '../../explain/failedGrant.ts';
import { addressShown } from './addressShown.ts';
import { decodedPart, type Claims } from './decodedPart.ts';
import { showBeside, type Show } from './showFor.ts';
import { withoutPadding } from './withoutPadding.ts';
import { withoutUnknown } from './withoutUnknown.ts';

const MOST_AUDIENCES = 20;

/** What was pasted around a token is no part of it. */
const bareToken = (token: string): string =>
  withoutPadding(withoutPadding(token).replace(/[,;]$/, '')).replace(/^bearer\s+["']?/i, '');

const secondsOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const boundTo = (value: unknown): TokenShape['boundTo'] => {
  const { jkt, 'x5t#S256': thumbprint } = Object(value) as Claims;
  if (jkt !== undefined) return 'key';
  return thumbprint === undefined ? undefined : 'certificate';
};

/** Characters of a signature in base64url, where the algorithm fixes them (RFC 7518 §3, RFC 8037 §3.1). */
const signatureLengths: ReadonlyMap<string, readonly number[]> = new Map([
  ['HS256', [43]],
  ['HS384', [64]],
  ['HS512', [86]],
  ['ES256', [86]],
  ['ES384', [128]],
  ['ES512', [176]],
  ['EdDSA', [86, 152]],
]);

const isWhole = (algorithm: string, signature = ''): boolean | undefined => {
  const lengths = signatureLengths.get(algorithm);
  return lengths && /^[\w-]+$/.test(signature) && lengths.includes(signature.length);
};

const claimsShown = (claims: Claims, show: Show): Partial<TokenShape> => {
  const text = (value: unknown) => (typeof value === 'string' ? show(value) : undefined);
  const audience = [claims.aud].flat().filter((entry) => typeof entry === 'string');
  return {
    typ: text(claims.typ),
    issuer: typeof claims.iss === 'string' ? addressShown(claims.iss, show) : undefined,
    subject: text(claims.sub),
    authorizedParty: text(claims.azp),
    audience: audience.length > 0 ? audience.slice(0, MOST_AUDIENCES).map(show) : undefined,
    sessionId: text(claims.sid ?? claims.session_state),
    scope: text(claims.scope),
    issuedAtSeconds: secondsOf(claims.iat),
    notBeforeSeconds: secondsOf(claims.nbf),
    expiresAtSeconds: secondsOf(claims.exp),
    boundTo: boundTo(claims.cnf),
  };
};

/** What a token shows of itself. It is not checked, and may be anything. */
export const tokenShapeOf = (token: string, show: Show = showBeside([])): TokenShape => {
  const parts = bareToken(token).split('.');
  const header = decodedPart(parts[0]);
  const { length } = token;
  if (parts.length < 3 || typeof header?.alg !== 'string') return { isJwt: false, length };
  // The payload of an encrypted token (five parts) is for its recipient alone.
  const claims = parts.length === 3 ? decodedPart(parts[1]) : {};
  if (!claims) return { isJwt: false, length };
  return withoutUnknown<TokenShape>({
    isJwt: true,
    length,
    algorithm: show(header.alg),
    headerType: typeof header.typ === 'string' ? show(header.typ) : undefined,
    isSignatureWhole: parts.length === 3 ? isWhole(header.alg, parts[2]) : undefined,
    hasId: parts.length === 3 ? claims.jti !== undefined : undefined,
    ...claimsShown(claims, show),
  });
};
