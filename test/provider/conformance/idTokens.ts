import { SignJWT, UnsecuredJWT } from 'jose';
import type { BadSignature, Claims } from './conduct.ts';
import type { Asking, Module } from './module.ts';

/** Who signs in. */
export const SUB = 'user-subject-1234531';

/** Some bits of it are turned over, as the suite does. */
const withWrongSignature = (token: string): string => {
  const [head, payload, signature = ''] = token.split('.');
  const turned = Buffer.from(signature, 'base64url').map((byte) => byte ^ 0x5a);
  return `${head}.${payload}.${Buffer.from(turned).toString('base64url')}`;
};

const signed = async (
  { conduct, keys, changeKeys }: Module,
  claims: Claims,
  how?: BadSignature,
): Promise<string> => {
  if (how === 'none') return new UnsecuredJWT(claims).encode();
  if (conduct.changesKeys === 'before each signature') changeKeys();
  const { privateKey, kid } = await keys();
  const header = { alg: 'RS256', ...(kid !== undefined && { kid }) };
  const token = await new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
  return how === 'wrong' ? withWrongSignature(token) : token;
};

/** The ID token that answers such a request, or a renewal of it. */
export const idTokenFor = (module: Module, { nonce }: Asking, isRenewed: boolean): Promise<string> => {
  const { issuer, client, conduct } = module;
  const iat = Math.floor(Date.now() / 1000);
  const named = { iss: issuer, sub: SUB, aud: client?.clientId, ...(nonce !== null && { nonce }) };
  const claims = { ...named, iat, exp: iat + 300 };
  const change = isRenewed ? conduct.renewedIdToken : conduct.idToken;
  const signature = isRenewed ? conduct.renewedSignature : conduct.signature;
  return signed(module, change?.(claims) ?? claims, signature);
};
