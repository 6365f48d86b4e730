import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createProvider } from '../../../src/grants/protocol/provider.ts';
import { passwordGrant } from '../../../src/grants/protocol/passwordGrant.ts';
import { refreshGrant } from '../../../src/grants/protocol/refreshGrant.ts';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import type { Endpoints } from '../../../src/grants/grantOptions.ts';
import { renewalSources } from '../../../src/grants/renewalSources.ts';
import type { Silent } from '../../../src/grants/signIn/silent.ts';
import { createVault } from '../../../src/vault/vault.ts';
import {
  claimsAt,
  configWith,
  endpoints,
  failureOf,
  issuer,
  json,
  jwt,
  partsWith,
  type Sent,
  tokenAnswer,
  wholly,
} from './protocolFixture.ts';

const jwks_uri = `${issuer}/keys`;
const claims = () => claimsAt(Date.now(), { nonce: undefined });

interface Key {
  readonly jwk: object;
  sign(): Promise<string>;
}

const newKey = async (
  kid: string,
  alg = 'ES256',
  shown: object = {},
  named: object = { kid },
): Promise<Key> => {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg, ...shown },
    sign: () => new SignJWT(claims()).setProtectedHeader({ alg, ...named }).sign(privateKey),
  };
};

/** jose makes no such weak key, and signs with none. */
const weakKey = async (kid: string): Promise<Key> => {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const [publicExponent, modulusLength] = [new Uint8Array([1, 0, 1]), 1024];
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    { ...algorithm, publicExponent, modulusLength },
    true,
    ['sign', 'verify'],
  );
  return {
    jwk: { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid },
    async sign() {
      const [head, payload] = jwt(claims(), { alg: 'RS256', kid }).split('.');
      const signed = new TextEncoder().encode(`${head}.${payload}`);
      const signature = await crypto.subtle.sign(algorithm, privateKey, signed);
      return `${head}.${payload}.${Buffer.from(signature).toString('base64url')}`;
    },
  };
};

let [first, second, impostor]: Key[] = [];
beforeAll(async () => {
  [first, second, impostor] = await Promise.all([newKey('1'), newKey('2'), newKey('1')]);
});

/** A provider that signs with one key and shows these. */
const signing = (
  config: object,
  by: () => Promise<string>,
  keys: (sent: Sent) => Response | Promise<Response>,
) => {
  const stated: Endpoints = { ...endpoints, jwks_uri };
  const parts = partsWith(async (sent) =>
    sent.url === jwks_uri ? keys(sent) : tokenAnswer({ id_token: await by() }),
  );
  const provider = createProvider(
    configWith({ endpoints: stated, validateIdTokenSignature: true, ...config }),
    parts,
  );
  const keyRequests = () => parts.sent.filter(({ url }) => url === jwks_uri).length;
  return { provider, keyRequests, ...parts };
};

const credentials = { username: 'ada', password: 'password' };
const showing =
  (...keys: (Key | undefined)[]) =>
  (): Response =>
    json({ keys: keys.map((key) => key?.jwk) });

describe('the signature of an ID token', () => {
  it('is checked where that is asked for, with keys that are read once', async () => {
    const { provider, keyRequests } = signing({}, () => first!.sign(), showing(first, second));
    expect(await passwordGrant(provider, credentials)).toMatchObject({ claims: { sub: 'sub-1' } });
    await wholly(refreshGrant(provider, { accessToken: 'a', refreshToken: 'r-old' }));
    expect(keyRequests()).toBe(1);
  });

  it('needs no request between the answer to a renewal and its commit: the keys are read ahead', async () => {
    const { provider, clock, sent, loadOptional } = signing({}, () => first!.sign(), showing(first));
    const { config } = provider;
    const silent = { worksInPlace: false } as Silent;
    const [source] = renewalSources(
      provider,
      { clock, vault: createVault(), options: config as GrantDeps['options'], loadOptional },
      silent,
    );
    const asked = (): string[] => sent.splice(0).map(({ url }) => (url === jwks_uri ? 'keys' : 'tokens'));
    const renew = async (): Promise<void> => {
      await source!.ready!();
      await source!.renew({ accessToken: 'a', refreshToken: 'r-old' });
    };
    await renew();
    expect(asked()).toEqual(['keys', 'tokens']);
    await renew();
    expect(asked()).toEqual(['tokens']);
    await clock.advance(200_000);
    await renew();
    expect(asked()).toEqual(['keys', 'tokens']);
  });

  it('is not looked at by default', async () => {
    const { provider, keyRequests } = signing(
      { validateIdTokenSignature: false },
      async () => jwt(claims()),
      showing(),
    );
    await passwordGrant(provider, credentials);
    expect(keyRequests()).toBe(0);
  });

  it('is none where there is no ID token', async () => {
    const parts = partsWith(() => tokenAnswer());
    const provider = createProvider(configWith({ validateIdTokenSignature: true }), parts);
    await passwordGrant(provider, credentials);
    expect(parts.sent).toHaveLength(1);
  });

  it('follows keys that are replaced', async () => {
    let [key, shown] = [first, [first]];
    const { provider, keyRequests } = signing(
      {},
      () => key!.sign(),
      () => showing(...shown)(),
    );
    await passwordGrant(provider, credentials);
    [key, shown] = [second, [second]];
    expect(await passwordGrant(provider, credentials)).toMatchObject({ claims: { sub: 'sub-1' } });
    expect(keyRequests()).toBe(2);
  });

  it.each<[string, () => Promise<string>, string]>([
    ['somebody else', () => impostor!.sign(), "is not signed by the provider's key. "],
    [
      'a key that is not shown',
      () => second!.sign(),
      'is not signed by any key of the provider, or does not',
    ],
    [
      'nobody',
      async () => jwt(claims(), { alg: 'ES256', kid: '1' }),
      "is not signed by the provider's key. ",
    ],
    ['nobody, and says so', async () => jwt(claims(), { alg: 'none' }), ''],
  ])('is refused where it is by %s', async (_who, by, message) => {
    const { provider } = signing({}, by, showing(first));
    expect(await failureOf(passwordGrant(provider, credentials))).toMatchObject({
      code: 'id_token_invalid',
      message: expect.stringContaining(message) as string,
      retryable: false,
    });
  });

  it.each(['RS256', 'RS384', 'PS256', 'PS512', 'ES256', 'ES384', 'ES512', 'Ed25519', 'EdDSA'])(
    'is checked by %s',
    async (alg) => {
      const [key, other] = [await newKey('1', alg), await newKey('1', alg)];
      const { provider } = signing({}, () => key.sign(), showing(key, second));
      expect(await passwordGrant(provider, credentials)).toMatchObject({ claims: { sub: 'sub-1' } });
      const { provider: lied } = signing({}, () => other.sign(), showing(key, second));
      expect(await failureOf(passwordGrant(lied, credentials))).toMatchObject({ code: 'id_token_invalid' });
    },
  );

  it.each<[string, () => Promise<readonly [Key, ...Key[]]>]>([
    [
      'without a name, where one key fits',
      async () => [await newKey('1', 'ES256', {}, {}), await newKey('2', 'ES384')],
    ],
    [
      'among keys for other uses',
      async () => [await newKey('1'), await newKey('1', 'ES256', { use: 'enc' })],
    ],
    [
      'among keys for other deeds',
      async () => [await newKey('1'), await newKey('1', 'ES256', { key_ops: ['sign'] })],
    ],
    ['among keys for other algorithms', async () => [await newKey('1', 'PS256'), await newKey('1', 'RS256')]],
    [
      'by a key that says little',
      async () => [await newKey('1', 'RS256', { alg: null, use: undefined, key_ops: null })],
    ],
  ])('finds its key %s', async (_how, make) => {
    const keys = await make();
    const { provider } = signing({}, keys[0].sign, () =>
      json({ keys: [null, 1, ...keys.map(({ jwk }) => jwk)] }),
    );
    expect(await passwordGrant(provider, credentials)).toMatchObject({ claims: { sub: 'sub-1' } });
  });

  it.each<[string, () => Promise<readonly [Key, ...Key[]]>]>([
    ['does not say which of two keys', async () => [await newKey('1', 'ES256', {}, {}), await newKey('2')]],
    ['is by a key for something else', async () => [await newKey('1', 'ES256', { use: 'enc' })]],
    ['is by a key for another algorithm', async () => [await newKey('1', 'RS256', { alg: 'PS256' })]],
    ['is by a key that is too short', async () => [await weakKey('1')]],
    ['is by a key that is none', async () => [await newKey('1', 'ES256', { x: 'AA' })]],
  ])('is refused where it %s', async (_how, make) => {
    const keys = await make();
    const { provider } = signing({}, keys[0].sign, showing(...keys));
    expect(await failureOf(passwordGrant(provider, credentials))).toMatchObject({
      code: 'id_token_invalid',
      retryable: false,
    });
  });

  it('counts no key that was withdrawn more than five minutes ago', async () => {
    let shown = [first];
    const { provider, clock, keyRequests } = signing(
      {},
      () => first!.sign(),
      () => showing(...shown)(),
    );
    await passwordGrant(provider, credentials);
    shown = [second];
    await clock.advance(299_000);
    await passwordGrant(provider, credentials);
    expect(keyRequests()).toBe(1);
    await clock.advance(1000);
    expect(await failureOf(passwordGrant(provider, credentials))).toMatchObject({ code: 'id_token_invalid' });
  });

  it('asks for the address of the keys', async () => {
    const { provider } = signing({ endpoints }, () => first!.sign(), showing(first));
    expect(await failureOf(passwordGrant(provider, credentials))).toMatchObject({
      code: 'option_invalid',
      message: expect.stringContaining('`jwks_uri`') as string,
    });
  });

  it.each<[string, () => Response | Promise<Response>, string]>([
    ['fail', () => new Response('', { status: 503 }), 'provider_unavailable'],
    ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch')), 'network_failed'],
    ['are none', () => json({}), 'response_invalid'],
  ])('leaves a renewal its refresh token where the keys %s', async (_how, keys, code) => {
    const idToken = await first!.sign();
    const { provider } = signing({}, () => first!.sign(), keys);
    const tokens = { accessToken: 'a', refreshToken: 'r-old', idToken };
    expect(await refreshGrant(provider, tokens)).toMatchObject({
      error: { code, retryable: true },
      refreshToken: expect.stringContaining('planted-new') as string,
    });
  });

  it('leaves a renewal its refresh token where the keys never come', async () => {
    const idToken = await first!.sign();
    const { provider, clock, keyRequests } = signing(
      {},
      async () => idToken,
      () => new Promise(() => {}),
    );
    const renewal = refreshGrant(provider, { accessToken: 'a', refreshToken: 'r-old', idToken });
    await expect.poll(keyRequests).toBe(1);
    await clock.advance(10_000);
    expect(await renewal).toMatchObject({ error: { code: 'network_failed' } });
  });
});
