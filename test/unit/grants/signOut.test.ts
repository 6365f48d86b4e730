import { describe, expect, test, vi } from 'vitest';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import type { GrantOptions } from '../../../src/grants/grantOptions.ts';
import type { Page } from '../../../src/page/page.ts';
import { createProvider } from '../../../src/grants/protocol/provider.ts';
import { createSignOut, type SignedOut } from '../../../src/grants/signOut.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import type { StoredTokensStore } from '../../../src/storage/storedTokens.ts';
import { emptyRecord, type SessionRecord, withoutPrompt } from '../../../src/record/sessionRecord.ts';
import { drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import { inTurn } from '../../../src/time/inTurn.ts';
import { createVault, type TokenSet, type Vault } from '../../../src/vault/vault.ts';
import { clientId, configWith, endpoints, issuer, partsWith } from './protocolFixture.ts';

/** Of a page that has ended its epochs itself, and begins none. */
const ownEpochs = { isBegun: () => false, canVouch: () => false, hasEnded: () => true };

interface Surroundings {
  /** The provider's endpoints are known only when this settles. */
  readonly slowly?: () => Promise<void>;
  readonly options?: Partial<GrantOptions>;
  /** Where the page is. */
  readonly url?: string;
  /** Outside a browser. */
  readonly isServer?: boolean;
  readonly stored?: TokenSet;
  readonly known?: Partial<SessionRecord>;
  readonly answer?: () => Response | Promise<Response>;
}

/** A sign-out on a page of an app. */
const setUp = ({
  slowly = async () => {},
  options,
  url = 'https://app.example.com/orders/7',
  isServer = false,
  stored,
  known,
  answer = () => new Response(null),
}: Surroundings = {}) => {
  const navigate = vi.fn<Page['navigate']>();
  const page = { url, home: 'https://app.example.com/', navigate };
  const config = configWith(options);
  const lent = partsWith(answer);
  const provider = createProvider(config, lent);
  const vault = createVault();
  const parts = {
    page: isServer ? undefined : (page as unknown as Page),
    record: createMemoryRecord({ ...emptyRecord, epoch: 7, who: 'ada', ...known }),
    flights: {},
    options: config,
    vault,
    clock: lent.clock,
  } as unknown as GrantDeps;
  const endpoint: typeof provider.endpoint = async (name) => {
    await slowly();
    return provider.endpoint(name);
  };
  const take = vi.fn(async () => stored && { tokens: stored });
  const store = { take } as unknown as StoredTokensStore;
  const signOut = createSignOut({ ...provider, endpoint }, parts, stored && store, ownEpochs);
  const { record, flights } = parts;
  return { signOut, navigate, vault, record, flights, clock: lent.clock, sent: lent.sent, take };
};

const signedOut = (vault: Vault, more: Partial<SignedOut> = {}): SignedOut => ({
  tokens: undefined,
  permit: vault.permitSignIn(),
  signal: new AbortController().signal,
  ...more,
});

const goalOf = (navigate: ReturnType<typeof setUp>['navigate']): string | null =>
  new URL(navigate.mock.lastCall![0]).searchParams.get('post_logout_redirect_uri');

describe('where a sign-out comes back to', () => {
  test.each([
    [{}, undefined, 'https://app.example.com/'],
    [{}, 'https://app.example.com', 'https://app.example.com'],
    [{ to: null as never }, undefined, 'https://app.example.com/'],
    [{ to: '/bye' }, undefined, 'https://app.example.com/bye'],
    [{ to: 'https://www.example.com' }, undefined, 'https://www.example.com'],
    [{ to: 'http://[' }, undefined, 'http://['],
  ])('%j with the redirect URI %s: %s', async (asked, redirectUri, wanted) => {
    const { signOut, navigate, vault } = setUp({ options: redirectUri === undefined ? {} : { redirectUri } });
    await signOut(signedOut(vault), asked);
    expect(navigate.mock.lastCall![0]).toContain(`${endpoints.end_session_endpoint}?client_id=${clientId}`);
    expect(goalOf(navigate)).toBe(wanted);
  });
});

test('whoever has signed in while the provider was slow is not signed out', async () => {
  let go = (): void => {};
  const gate = new Promise<void>((resolve) => (go = resolve));
  const { signOut, navigate, vault } = setUp({ slowly: () => gate });
  const done = signOut(signedOut(vault), {});
  vault.wipe();
  go();
  await done;
  expect(navigate).not.toHaveBeenCalled();
});

test('the record knows of it before the provider is asked anything, whoever begins to sign in meanwhile', async () => {
  const { signOut, navigate, vault, record } = setUp({ slowly: () => new Promise(() => {}) });
  void signOut(signedOut(vault), {});
  vault.permitSignIn();
  await vi.waitFor(async () =>
    expect(await record.read()).toMatchObject({ who: null, promptLogin: true, signOutState: null }),
  );
  expect(navigate).not.toHaveBeenCalled();
});

test('and it knows the state by which the page comes back before the page is left', async () => {
  const { signOut, navigate, vault, record } = setUp();
  await signOut(signedOut(vault), {});
  const { signOutState } = await record.read();
  expect(new URL(navigate.mock.lastCall![0]).searchParams.get('state')).toBe(signOutState);
});

const tokens = { accessToken: 'access', refreshToken: 'refresh', idToken: 'id.to.ken' };

const toldOf = (navigate: ReturnType<typeof setUp>['navigate']): URLSearchParams =>
  new URL(navigate.mock.lastCall![0]).searchParams;

describe('the provider is told whose session it is', () => {
  test.each<[string, Partial<SignedOut>, object, string | null]>([
    ['by the ID token', { tokens }, {}, 'id.to.ken'],
    ['by that of the session before others', { tokens, hint: 'the.hint' }, {}, 'the.hint'],
    ['by one without the tokens', { hint: 'the.hint' }, {}, 'the.hint'],
    ['by nothing where the app wants it so', { tokens }, { idTokenHint: false }, null],
    ['by its own cookie where the address would be too long', { hint: 'x'.repeat(6000) }, {}, null],
  ])('%s', async (_how, more, asked, hint) => {
    const { signOut, navigate, vault } = setUp();
    await signOut(signedOut(vault, more), asked);
    expect(toldOf(navigate).get('id_token_hint')).toBe(hint);
    expect(goalOf(navigate)).toBe('https://app.example.com/');
    expect(toldOf(navigate).get('state')).toMatch(/^\S{20,}$/);
  });

  test('in an address of up to 6000 characters', async () => {
    const lengthWith = async (length: number): Promise<number> => {
      const { signOut, navigate, vault } = setUp();
      await signOut(signedOut(vault, { hint: 'x'.repeat(length) }), {});
      return navigate.mock.lastCall![0].length;
    };
    const rest = (await lengthWith(1)) - 1;
    expect([await lengthWith(6000 - rest), (await lengthWith(6001 - rest)) < 1000]).toEqual([6000, true]);
  });
});

describe('tokens are revoked', () => {
  const keycloak = {
    endpoints: { ...endpoints, end_session_endpoint: `${issuer}/protocol/openid-connect/logout` },
  };

  test.each<[string, object, string]>([
    ['with the session they belong to', {}, keycloak.endpoints.end_session_endpoint],
    ['alone, where the provider’s session is to go on', { redirect: false }, endpoints.revocation_endpoint],
  ])('%s', async (_how, asked, url) => {
    const { signOut, navigate, vault, sent } = setUp({ options: keycloak });
    await signOut(signedOut(vault, { tokens }), asked);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect([sent[0]!.url, sent[0]!.request.keepalive]).toEqual([url, true]);
    expect(navigate).toHaveBeenCalledTimes(url === endpoints.revocation_endpoint ? 0 : 1);
  });

  test('that only a storage has, and that name the session', async () => {
    const { signOut, navigate, vault, sent } = setUp({ stored: { ...tokens, refreshToken: 'stored' } });
    await signOut(signedOut(vault), {});
    await vi.waitFor(() => expect(sent.map(({ form }) => form.get('token'))).toEqual(['stored']));
    expect(toldOf(navigate).get('id_token_hint')).toBe('id.to.ken');
  });

  test('and the storage is not looked into where they are at hand', async () => {
    const { signOut, vault, sent, take } = setUp({ stored: { accessToken: 'stored' } });
    await signOut(signedOut(vault, { tokens }), { redirect: false });
    expect([sent.map(({ form }) => form.get('token')), take.mock.calls]).toEqual([['refresh'], []]);
  });

  test.each<[string, Surroundings, object]>([
    ['it is asked to stay', {}, { redirect: false }],
    ['there is none', { isServer: true }, {}],
    [
      'the provider has no place for it',
      { options: { endpoints: { ...endpoints, end_session_endpoint: undefined as never } } },
      {},
    ],
    ['that place cannot be found out', { slowly: () => Promise.reject(new TypeError('fetch failed')) }, {}],
  ])('before it settles, where no page is left: %s', async (_why, surroundings, asked) => {
    let isRevoked = false;
    const { signOut, navigate, vault, record } = setUp({
      ...surroundings,
      answer: async () => {
        await drainMicrotasks();
        isRevoked = true;
        return new Response(null);
      },
    });
    await signOut(signedOut(vault, { tokens }), asked);
    expect([isRevoked, navigate.mock.calls]).toEqual([true, []]);
    expect(await record.read()).toMatchObject({ who: null, signOutState: null });
  });
});

describe('the record', () => {
  test('says since when the next sign-in must ask', async () => {
    const { signOut, vault, record, clock } = setUp();
    await signOut(signedOut(vault), { redirect: false });
    expect(await record.read()).toMatchObject({
      epoch: 7,
      who: null,
      promptLogin: true,
      promptLoginSinceWallMs: clock.wallMs(),
    });
  });

  test('has it before anything else changes who is signed in', async () => {
    const { signOut, vault, record, flights } = setUp();
    const { update } = record;
    vi.spyOn(record, 'update').mockImplementationOnce(async (change) => {
      await drainMicrotasks();
      return update(change);
    });
    void signOut(signedOut(vault), { redirect: false });
    expect(await inTurn(flights, 'record', record.read)).toMatchObject({ who: null });
  });

  test('of nobody stays as it is', async () => {
    const { signOut, vault, record } = setUp({ known: { epoch: 0, who: null } });
    await signOut(signedOut(vault), {});
    expect(await record.read()).toEqual(emptyRecord);
  });

  test('of whoever was asked meanwhile gets no state', async () => {
    let go = (): void => {};
    const gate = new Promise<void>((resolve) => (go = resolve));
    const { signOut, vault, record } = setUp({ slowly: () => gate });
    const done = signOut(signedOut(vault), {});
    await vi.waitFor(async () => expect((await record.read()).promptLogin).toBe(true));
    await record.update(withoutPrompt);
    go();
    await done;
    expect((await record.read()).signOutState).toBeNull();
  });
});

test('the page is left with a way back, and a sign-out that is given up leaves none', async () => {
  const { signOut, navigate, vault } = setUp();
  await signOut(signedOut(vault), {});
  expect(navigate.mock.lastCall![1]).toEqual({ replaces: false });
  await signOut(signedOut(vault, { signal: AbortSignal.abort() }), {});
  expect(navigate).toHaveBeenCalledTimes(1);
});

describe('where the provider has no page for signing out', () => {
  const options = { endpoints: { ...endpoints, end_session_endpoint: undefined as never } };

  test.each([
    ['/bye', 'https://app.example.com/bye'],
    ['https://app.example.com/bye?x=1', 'https://app.example.com/bye?x=1'],
  ])('the user goes to %s, within the app', async (to, wanted) => {
    const { signOut, navigate, vault, sent } = setUp({ options });
    await signOut(signedOut(vault, { tokens }), { to });
    expect(navigate.mock.calls.map(([url]) => url)).toEqual([wanted]);
    expect(sent.map(({ url }) => url)).toContain(endpoints.revocation_endpoint);
  });

  test('a page without an origin runs no script for it', async () => {
    const { signOut, navigate, vault } = setUp({ options, url: 'file:///app/index.html' });
    await signOut(signedOut(vault, { tokens }), { to: 'javascript:alert(1)' });
    expect(navigate).not.toHaveBeenCalled();
    await signOut(signedOut(vault, { tokens }), { to: 'bye.html' });
    expect(navigate.mock.lastCall?.[0]).toBe('file:///app/bye.html');
  });

  test.each([
    [{}],
    [{ to: 'https://evil.example/' }],
    [{ to: 'http://[' }],
    [{ to: '/bye', redirect: false }],
  ])('and stays with %j', async (asked) => {
    const { signOut, navigate, vault } = setUp({ options });
    await signOut(signedOut(vault, { tokens }), asked);
    expect(navigate).not.toHaveBeenCalled();
  });
});
