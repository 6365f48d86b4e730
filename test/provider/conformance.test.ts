import { describe, expect, test } from 'vitest';
import type { Claims, Conduct } from './conformance/conduct.ts';
import { startServer } from './conformance/expressServer.ts';
import type { Asked } from './conformance/module.ts';
import { startPage } from './conformance/page.ts';
import { type ConformanceProvider, startConformanceProvider } from './conformance/provider.ts';
import type { RelyingParty } from './conformance/relyingParty.ts';

/*
 * The modules of the OpenID Foundation's certification plans for relying parties, by the names that they have there, against a
 * provider that behaves as the suite's. All run with the signature check.
 */

type Target = 'page' | 'server';
/** The code that a refusal has, in the page and at the Express example. */
type Codes = Readonly<Record<Target, string>>;

const SECRET = 's3cret: of + the % suite';

const start: Readonly<
  Record<Target, (provider: ConformanceProvider) => RelyingParty | Promise<RelyingParty>>
> = {
  page: (provider) => startPage(provider),
  server: (provider) => startServer(provider, SECRET),
};

const targets: readonly (readonly [string, Target])[] = [
  ['a page', 'page'],
  ['the Express example', 'server'],
];

const without = (name: string) => (claims: Claims) => ({ ...claims, [name]: undefined });
const spoilt = (name: string) => (claims: Claims) => ({ ...claims, [name]: `${String(claims[name])}1` });

/** The provider looks at every request, so that the first of these is in the words of the suite several modules in one. */
const accepted: readonly (readonly [string, Conduct])[] = [
  [
    'oidcc-client-test, …-scope-userinfo-claims, …-client-secret-basic, …-idtoken-sig-rs256, …-userinfo-bearer-header, …-discovery-openid-config, …-discovery-jwks-uri-keys',
    {},
  ],
  ['oidcc-client-test-kid-absent-single-jwks', { keyNames: 'none, and one fits' }],
  ['oidcc-client-test-signing-key-rotation-just-before-signing', { changesKeys: 'before each signature' }],
];

const badIdToken: Codes = { page: 'id_token_invalid', server: 'response_invalid' };

const refused: readonly (readonly [string, Conduct])[] = [
  ['oidcc-client-test-invalid-iss', { idToken: spoilt('iss') }],
  ['oidcc-client-test-missing-sub', { idToken: without('sub') }],
  ['oidcc-client-test-invalid-aud', { idToken: spoilt('aud') }],
  ['oidcc-client-test-missing-aud', { idToken: without('aud') }],
  ['oidcc-client-test-missing-iat', { idToken: without('iat') }],
  ['oidcc-client-test-nonce-invalid', { idToken: spoilt('nonce') }],
  ['oidcc-client-test-invalid-sig-rs256', { signature: 'wrong' }],
  // To try each key is allowed as well.
  ['oidcc-client-test-kid-absent-multiple-jwks', { keyNames: 'none, and three fit' }],
  // The suite skips it for a client that was not registered for such tokens.
  ['oidcc-client-test-idtoken-sig-none', { signature: 'none' }],
];

const renewed: readonly (readonly [string, Conduct])[] = [
  ['oidcc-client-test-refresh-token', {}],
  ['oidcc-client-test-refresh-token without a new refresh token', { leavesOut: 'refresh_token' }],
  ['oidcc-client-test-refresh-token without a new ID token', { leavesOut: 'id_token' }],
  ['oidcc-client-test-refresh-token without a nonce', { renewedIdToken: without('nonce') }],
  ['oidcc-client-test-refresh-token with other keys', { changesKeys: 'before each signature' }],
];

/** What was refused is never sent, and the tokens before it go on. */
const notRenewed: readonly (readonly [string, Conduct])[] = [
  [
    'oidcc-client-test-refresh-token-invalid-issuer without a new refresh token',
    { renewedIdToken: spoilt('iss'), leavesOut: 'refresh_token' },
  ],
  ['oidcc-client-test-refresh-token-invalid-azp', { renewedIdToken: spoilt('azp') }],
  ['oidcc-client-test-refresh-token without an iat', { renewedIdToken: without('iat') }],
  ['oidcc-client-test-refresh-token with a wrong signature', { renewedSignature: 'wrong' }],
  ['oidcc-client-test-refresh-token with no signature', { renewedSignature: 'none' }],
];

/** Somebody else's tokens came, for a refresh token that is spent by now: nothing is left to go on with. */
const ended: readonly (readonly [string, string, Conduct])[] = [
  ['oidcc-client-test-refresh-token-invalid-issuer', 'id_token_invalid', { renewedIdToken: spoilt('iss') }],
  ['oidcc-client-test-refresh-token-invalid-aud', 'id_token_invalid', { renewedIdToken: spoilt('aud') }],
  ['oidcc-client-test-refresh-token-invalid-sub', 'session_ended', { renewedIdToken: spoilt('sub') }],
];

const signedOut: readonly (readonly [string, Conduct])[] = [
  ['oidcc-client-test-rp-init-logout', {}],
  ['oidcc-client-test-rp-init-logout-other-state', { logoutState: () => 'another' }],
  ['oidcc-client-test-rp-init-logout-no-state', { logoutState: () => undefined }],
];

/** How often each was asked for; the metadata a page reads anew at each load. */
const count = ({ asked }: ConformanceProvider, ...what: readonly Asked[]): readonly number[] =>
  what.map((each) => asked.filter((one) => one === each).length);

const tokensOf = ({ issued }: ConformanceProvider): readonly string[] =>
  issued.flatMap((tokens) => Object.values(tokens) as string[]);

describe.each(targets)('%s', (_name, target) => {
  const open = async (conduct: Conduct) => {
    const provider = await startConformanceProvider(conduct);
    return { provider, party: await start[target](provider) };
  };

  const requireNobody = async (provider: ConformanceProvider, party: RelyingParty): Promise<void> => {
    expect(await party.who()).toBeNull();
    expect(await party.kept(tokensOf(provider))).toEqual([]);
    expect(provider.violations).toEqual([]);
  };

  test.each(accepted)('signs in: %s', async (_module, conduct) => {
    const { provider, party } = await open(conduct);
    const sub = await party.signIn();
    expect(await party.profile()).toMatchObject({ sub, name: 'Demo T. User', email: 'user@example.com' });
    expect(await party.who()).toBe(sub);
    expect(provider.violations).toEqual([]);
    expect(count(provider, 'authorize', 'token', 'jwks', 'userinfo')).toEqual([1, 1, 1, 1]);
  });

  test('signs in again: oidcc-client-test-signing-key-rotation', async () => {
    const { provider, party } = await open({ changesKeys: 'at the second sign-in' });
    for (const turn of [1, 2]) {
      await party.signIn();
      await party.profile();
      expect(count(provider, 'authorize', 'token', 'jwks', 'userinfo')).toEqual([turn, turn, turn, turn]);
    }
    expect(provider.violations).toEqual([]);
  });

  test.each(refused)('does not sign in: %s', async (_module, conduct) => {
    const { provider, party } = await open(conduct);
    await expect(party.signIn()).rejects.toMatchObject({ code: badIdToken[target] });
    await requireNobody(provider, party);
    expect(count(provider, 'authorize', 'token', 'userinfo', 'refresh')).toEqual([1, 1, 0, 0]);
  });

  test('does not sign in: oidcc-client-test-discovery-issuer-mismatch', async () => {
    const { provider, party } = await open({ metadata: (issuer) => ({ issuer: `${issuer}1` }) });
    const code = { page: 'option_invalid', server: 'response_invalid' }[target];
    await expect(party.signIn()).rejects.toMatchObject({ code });
    await requireNobody(provider, party);
    expect(provider.asked).toEqual(['discovery']);
  });

  test('believes no profile of another: oidcc-client-test-userinfo-invalid-sub', async () => {
    const { provider, party } = await open({ userinfo: spoilt('sub') });
    await party.signIn();
    const code = { page: 'profile_of_another', server: 'response_invalid' }[target];
    await expect(party.profile()).rejects.toMatchObject({ code });
    expect(provider.violations).toEqual([]);
  });

  test.each(renewed)('renews: %s', async (_module, conduct) => {
    const { provider, party } = await open(conduct);
    const sub = await party.signIn();
    // The second one shows which refresh token goes on.
    for (const turn of [1, 2]) {
      await party.renew();
      expect(await party.profile()).toMatchObject({ sub });
      expect(provider.issued).toHaveLength(turn + 1);
    }
    expect(await party.who()).toBe(sub);
    expect(provider.violations).toEqual([]);
  });

  test.each(notRenewed)('does not renew: %s', async (_module, conduct) => {
    const { provider, party } = await open(conduct);
    const sub = await party.signIn();
    await expect(party.renew()).rejects.toMatchObject({ code: 'id_token_invalid' });
    expect(count(provider, 'authorize', 'refresh', 'userinfo')).toEqual([1, 1, 0]);
    expect(provider.violations).toEqual([]);
    // Beyond what the suite does; it would count this as a use of what came.
    await party.profile();
    expect(provider.bearers).toEqual([provider.issued[0]?.accessToken]);
    expect(await party.who()).toBe(sub);
  });

  test.each(ended)('ends: %s', async (_module, code, conduct) => {
    const { provider, party } = await open(conduct);
    await party.signIn();
    await expect(party.renew()).rejects.toMatchObject({ code });
    await requireNobody(provider, party);
    expect(count(provider, 'authorize', 'refresh', 'userinfo')).toEqual([1, 1, 0]);
  });

  test.each(signedOut)('signs out: %s', async (_module, conduct) => {
    const { provider, party } = await open(conduct);
    await party.signIn();
    await party.signOut();
    await requireNobody(provider, party);
    expect(count(provider, 'authorize', 'end_session')).toEqual([1, 1]);
    // Whatever came back: the next sign-in is as good as the first.
    await party.signIn();
    await party.profile();
    expect(provider.violations).toEqual([]);
  });
});

test('a page with a secret, as the Basic plan registers it, signs in and renews', async () => {
  const provider = await startConformanceProvider();
  const page = startPage(provider, SECRET);
  await page.signIn();
  await page.renew();
  expect(await page.profile()).toMatchObject({ sub: await page.who() });
  expect(provider.violations).toEqual([]);
});

test('a page that requires a user once more does not leave again after a bad ID token', async () => {
  const provider = await startConformanceProvider({ idToken: spoilt('nonce') });
  const page = startPage(provider);
  for (const _ of [1, 2]) {
    await expect(page.signIn()).rejects.toMatchObject({ code: 'id_token_invalid' });
    expect(count(provider, 'authorize', 'token')).toEqual([1, 1]);
  }
});
