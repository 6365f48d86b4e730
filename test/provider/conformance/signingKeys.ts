import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';

/** What a provider signs with, and what it shows of its keys. */
export interface KeySet {
  readonly privateKey: CryptoKey;
  /** What the signature says of its key; `undefined`: nothing. */
  readonly kid: string | undefined;
  readonly shown: readonly JWK[];
}

/** The keys have names, or the one that signs has none, or it is one of several without. */
export type KeyNames = 'all' | 'none, and one fits' | 'none, and three fit';

const make = async (alg: string) => {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  return { privateKey, jwk: await exportJWK(publicKey) };
};

let made: Promise<Awaited<ReturnType<typeof make>>[]> | undefined;

/** Making RSA keys takes long: all providers of a run use the same. */
const pool = () => (made ??= Promise.all(['RS256', 'RS256', 'RS256', 'ES256'].map(make)));

/**
 * The keys of a provider after it has changed them so many times: others, under other names. As in the suite, there are keys
 * of another kind and for another use among them.
 */
export const keySet = async (names: KeyNames, changes = 0): Promise<KeySet> => {
  const keys = await pool();
  const elliptic = keys[3]!;
  const [signing, other, third] = [0, 1, 2].map((number) => keys[(number + changes) % 3]!);
  const named = (name: string) => (names === 'all' ? { kid: `${name}-${changes}` } : {});
  const signed = { use: 'sig', alg: 'RS256' };
  const encrypted = { use: 'enc', alg: 'RSA-OAEP-256', kid: `enc-${changes}` };
  const [one, two, three] = [
    { ...signing!.jwk, ...signed, ...named('rsa') },
    { ...other!.jwk, ...signed, ...named('rsa-2') },
    { ...third!.jwk, ...(names === 'none, and three fit' ? signed : encrypted) },
  ];
  const fourth = { ...elliptic.jwk, use: 'sig', alg: 'ES256', ...named('ec') };
  return {
    privateKey: signing!.privateKey,
    kid: named('rsa').kid,
    shown: names === 'none, and one fits' ? [three, fourth, one] : [two, three, fourth, one],
  };
};
