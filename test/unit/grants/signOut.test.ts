import { describe, expect, test, vi } from 'vitest';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import type { Page } from '../../../src/grants/page.ts';
import { createProvider } from '../../../src/grants/protocol/provider.ts';
import { createSignOut } from '../../../src/grants/signOut.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { createVault } from '../../../src/vault/vault.ts';
import { clientId, configWith, endpoints, partsWith } from './protocolFixture.ts';

/** A sign-out on a page of an app; `slowly`: the provider's endpoints are known only when this settles. */
const setUp = (slowly: Promise<void> = Promise.resolve(), redirectUri?: string) => {
  const navigate = vi.fn<Page['navigate']>();
  const page = { url: 'https://app.example.com/orders/7', home: 'https://app.example.com/', navigate };
  const known = partsWith(() => new Response(null));
  const provider = createProvider(configWith(), known);
  const vault = createVault();
  const options = configWith(redirectUri === undefined ? {} : { redirectUri });
  const parts = { page: page as unknown as Page, record: createMemoryRecord(), options, vault } as GrantDeps;
  const endpoint: typeof provider.endpoint = async (name) => {
    await slowly;
    return provider.endpoint(name);
  };
  return { signOut: createSignOut({ ...provider, endpoint }, parts), navigate, vault };
};

const goalOf = (navigate: ReturnType<typeof setUp>['navigate']): string | null =>
  new URL(navigate.mock.lastCall![0]).searchParams.get('post_logout_redirect_uri');

describe('where a sign-out comes back to', () => {
  test.each([
    [{}, undefined, 'https://app.example.com/'],
    [{}, 'https://app.example.com', 'https://app.example.com'],
    [{ to: '/bye' }, undefined, 'https://app.example.com/bye'],
    [{ to: 'https://www.example.com' }, undefined, 'https://www.example.com'],
    [{ to: 'http://[' }, undefined, 'http://['],
  ])('%j with the redirect URI %s: %s', async (asked, redirectUri, wanted) => {
    const { signOut, navigate } = setUp(undefined, redirectUri);
    await signOut(undefined, undefined, asked);
    expect(navigate.mock.lastCall![0]).toContain(`${endpoints.end_session_endpoint}?client_id=${clientId}`);
    expect(goalOf(navigate)).toBe(wanted);
  });
});

test('whoever has signed in while the provider was slow is not signed out', async () => {
  let go = (): void => {};
  const { signOut, navigate, vault } = setUp(new Promise((resolve) => (go = resolve)));
  const done = signOut(undefined, undefined, {});
  vault.wipe();
  go();
  await done;
  expect(navigate).not.toHaveBeenCalled();
});
