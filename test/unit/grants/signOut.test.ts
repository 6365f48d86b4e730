import { describe, expect, test, vi } from 'vitest';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import type { Page } from '../../../src/page/page.ts';
import { createProvider } from '../../../src/grants/protocol/provider.ts';
import { createSignOut } from '../../../src/grants/signOut.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { emptyRecord } from '../../../src/record/sessionRecord.ts';
import { createVault, type Vault } from '../../../src/vault/vault.ts';
import { clientId, configWith, endpoints, partsWith } from './protocolFixture.ts';

/** A sign-out on a page of an app; `slowly`: the provider's endpoints are known only when this settles. */
const setUp = (slowly: Promise<void> = Promise.resolve(), redirectUri?: string) => {
  const navigate = vi.fn<Page['navigate']>();
  const page = { url: 'https://app.example.com/orders/7', home: 'https://app.example.com/', navigate };
  const known = partsWith(() => new Response(null));
  const provider = createProvider(configWith(), known);
  const vault = createVault();
  const options = configWith(redirectUri === undefined ? {} : { redirectUri });
  const parts = {
    page: page as unknown as Page,
    record: createMemoryRecord({ ...emptyRecord, epoch: 7, who: 'ada' }),
    flights: {},
    options,
    vault,
    clock: known.clock,
  } as unknown as GrantDeps;
  const endpoint: typeof provider.endpoint = async (name) => {
    await slowly;
    return provider.endpoint(name);
  };
  const signOut = createSignOut({ ...provider, endpoint }, parts, undefined);
  return { signOut, navigate, vault, record: parts.record };
};

const signedOut = (vault: Vault) => ({
  tokens: undefined,
  permit: vault.permitSignIn(),
  signal: new AbortController().signal,
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
    const { signOut, navigate, vault } = setUp(undefined, redirectUri);
    await signOut(signedOut(vault), asked);
    expect(navigate.mock.lastCall![0]).toContain(`${endpoints.end_session_endpoint}?client_id=${clientId}`);
    expect(goalOf(navigate)).toBe(wanted);
  });
});

test('whoever has signed in while the provider was slow is not signed out', async () => {
  let go = (): void => {};
  const { signOut, navigate, vault } = setUp(new Promise((resolve) => (go = resolve)));
  const done = signOut(signedOut(vault), {});
  vault.wipe();
  go();
  await done;
  expect(navigate).not.toHaveBeenCalled();
});

test('the record knows of it before the provider is asked anything, whoever begins to sign in meanwhile', async () => {
  const { signOut, navigate, vault, record } = setUp(new Promise(() => {}));
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
