import { type AuthorizationServer, customFetch } from 'oauth4webapi';
import { bytesOf } from '../../claims/user.ts';
import { SessionError } from '../../errors/sessionError.ts';
import type { Milliseconds } from '../../time/clock.ts';
import { malformed } from './invalidAnswer.ts';
import { jsonAnswer } from './jsonAnswer.ts';
import type { Provider, ProviderHttp } from './provider.ts';

/** A public key of the provider (RFC 7517 §4). */
type Key = JsonWebKey & { readonly kid?: string };

/** What a token says about its signature (RFC 7515 §4.1). */
interface Header {
  readonly alg: string;
  readonly kid?: string;
}

/** By the beginning of `alg`: the keys and the name in Web Crypto (RFC 7518 §3.1, RFC 8037 §3.1). */
const families = new Map([
  ['RS', { kty: 'RSA', name: 'RSASSA-PKCS1-v1_5' }],
  ['PS', { kty: 'RSA', name: 'RSA-PSS' }],
  ['ES', { kty: 'EC', name: 'ECDSA' }],
  ['Ed', { kty: 'OKP', name: 'Ed25519' }],
]);

const curves = new Map([
  ['ES256', 'P-256'],
  ['ES384', 'P-384'],
  ['ES512', 'P-521'],
  ['EdDSA', 'Ed25519'],
  ['Ed25519', 'Ed25519'],
]);

/** RFC 7518 §3.3. */
const SHORTEST_RSA_BITS = 2048;

/** Keys that are withdrawn must not count for ever. */
const KEPT_MS: Milliseconds = 300_000;

const kept = new WeakMap<
  AuthorizationServer,
  { readonly keys: readonly Key[]; readonly atMs: Milliseconds }
>();

const readKeys = async (
  { clock }: Provider,
  as: AuthorizationServer,
  { [customFetch]: send, signal }: ProviderHttp,
): Promise<readonly Key[]> => {
  if (!as.jwks_uri)
    throw new SessionError('option_invalid', 'The provider states no `jwks_uri`: set `endpoints`');
  const atMs = clock.monotonicMs();
  const headers = { accept: 'application/json' };
  const answer = await jsonAnswer(await send(as.jwks_uri, { headers, redirect: 'manual', signal }));
  if (!Array.isArray(answer['keys'])) throw malformed('keys');
  const keys = answer['keys'].map((key: unknown) => Object(key) as Key);
  kept.set(as, { keys, atMs });
  return keys;
};

/** The one key that can have made such a signature: where there are several, the token must name its own. */
const keyFor = ({ alg, kid }: Header, keys: readonly Key[]): Key | undefined => {
  const fitting = keys.filter(
    (key) =>
      key.kty === families.get(alg.slice(0, 2))?.kty &&
      (kid ?? key.kid) === key.kid &&
      (key.alg ?? alg) === alg &&
      (key.use ?? 'sig') === 'sig' &&
      [key.key_ops ?? 'verify'].flat().includes('verify') &&
      (curves.get(alg) ?? key.crv) === key.crv,
  );
  return fitting.length === 1 ? fitting[0] : undefined;
};

const isSignedBy = async (
  { kty, n, e, crv, x, y }: Key,
  alg: string,
  signed: string,
  signature: string,
): Promise<boolean> => {
  const bits = Number(alg.slice(2));
  const algorithm = {
    ...families.get(alg.slice(0, 2))!,
    ...(bits && { hash: `SHA-${bits}`, saltLength: bits / 8 }),
    namedCurve: crv!,
  };
  const { subtle } = crypto;
  const key = await subtle.importKey('jwk', { kty, n, e, crv, x, y } as JsonWebKey, algorithm, false, [
    'verify',
  ]);
  const { modulusLength = SHORTEST_RSA_BITS } = key.algorithm as Partial<RsaKeyAlgorithm>;
  const isVerified = await subtle.verify(
    algorithm,
    key,
    bytesOf(signature) as BufferSource,
    new TextEncoder().encode(signed),
  );
  return isVerified && modulusLength >= SHORTEST_RSA_BITS;
};

/** Reads the keys where they would be too old by the time an answer comes: nothing is asked between that and the commit. */
export const readKeysAhead = async (provider: Provider, http: ProviderHttp): Promise<void> => {
  const as = await provider.metadata();
  const { atMs = -Infinity } = kept.get(as) ?? {};
  if (provider.clock.monotonicMs() - atMs > KEPT_MS / 2) await readKeys(provider, as, http);
};

/**
 * Refuses an ID token that no key of the provider has signed (RFC 7515 §5.2). That its algorithm is one that the provider
 * signs with has been seen to.
 *
 * @throws {SessionError} `id_token_invalid`, `option_invalid`; whatever goes wrong while the keys are read
 */
export const requireSignature = async (
  provider: Provider,
  idToken: string,
  http: ProviderHttp,
): Promise<void> => {
  const as = await provider.metadata();
  const [head = '', payload = '', signature = ''] = idToken.split('.');
  const header = JSON.parse(new TextDecoder().decode(bytesOf(head))) as Header;
  const known = kept.get(as);
  const isRecent = known && provider.clock.monotonicMs() - known.atMs < KEPT_MS;
  const key =
    (isRecent ? keyFor(header, known.keys) : undefined) ?? keyFor(header, await readKeys(provider, as, http));
  // What the platform cannot read or does not know proves nothing either.
  const isSigned =
    key && (await isSignedBy(key, header.alg, `${head}.${payload}`, signature).catch(() => false));
  if (isSigned) return;
  const whose = key ? "the provider's key" : 'any key of the provider, or does not name one';
  throw new SessionError('id_token_invalid', `The ID token is not signed by ${whose}. Check \`issuer\``);
};
