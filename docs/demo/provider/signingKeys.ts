import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
} from 'jose';

/** What tokens are signed with. */
export interface SigningKeys {
  readonly privateKey: CryptoKey;
  readonly privateJwks: { readonly keys: readonly JWK[] };
  readonly publicJwks: JSONWebKeySet;
}

/** The one algorithm of this provider: its keys are made in a millisecond. */
export const signingAlgorithm = 'ES256';

let made: Promise<SigningKeys> | undefined;

/** Made at the first call and shared by all providers of this process. */
export function signingKeys(): Promise<SigningKeys> {
  made ??= makeKeys();
  return made;
}

async function makeKeys(): Promise<SigningKeys> {
  const { privateKey, publicKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const naming = { kid: await calculateJwkThumbprint(publicJwk), alg: signingAlgorithm, use: 'sig' };
  return {
    privateKey,
    privateJwks: { keys: [{ ...(await exportJWK(privateKey)), ...naming }] },
    publicJwks: { keys: [{ ...publicJwk, ...naming }] },
  };
}
