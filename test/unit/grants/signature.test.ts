import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createProvider } from '../../../src/grants/protocol/provider.ts';
import { passwordGrant } from '../../../src/grants/protocol/passwordGrant.ts';
import { refreshGrant } from '../../../src/grants/protocol/refreshGrant.ts';
import type { Endpoints } from '../../../src/grants/grantOptions.ts';
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

const newKey = async (kid: string): Promise<Key> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' };
  return {
    jwk,
    sign: () => new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey),
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

  it.each<[string, () => Promise<string>]>([
    ['somebody else', () => impostor!.sign()],
    ['a key that is not shown', () => second!.sign()],
    ['nobody', async () => jwt(claims(), { alg: 'ES256', kid: '1' })],
    ['nobody, and says so', async () => jwt(claims(), { alg: 'none' })],
  ])('is refused where it is by %s', async (_who, by) => {
    const { provider } = signing({}, by, showing(first));
    expect(await failureOf(passwordGrant(provider, credentials))).toMatchObject({
      code: 'id_token_invalid',
      retryable: false,
    });
  });

  it('asks for the address of the keys', async () => {
    const { provider } = signing({ endpoints }, () => first!.sign(), showing(first));
    expect(await failureOf(passwordGrant(provider, credentials))).toMatchObject({
      code: 'option_invalid',
      message: expect.stringContaining('as.jwks_uri') as string,
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
