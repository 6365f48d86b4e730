import { expect, test } from 'vitest';
import type { Lease } from '../../../machines/lease.ts';
import { createRenewTokens } from '../../../src/grants/renewTokens.ts';
import { renewalSources } from '../../../src/grants/renewalSources.ts';
import { createProvider } from '../../../src/grants/protocol/provider.ts';
import type { Silent } from '../../../src/grants/signIn/silent.ts';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import type { TokenSet } from '../../../src/vault/vault.ts';
import { clientId, endpoints, issuer, json, partsWith } from './protocolFixture.ts';

test('the newest refresh token is sent, though it came while the provider was being discovered', async () => {
  let tokens: TokenSet = { accessToken: 'first', refreshToken: 'older' };
  const parts = partsWith(({ url }) => {
    if (url.endsWith('/token')) return json({ access_token: 'new', token_type: 'Bearer' });
    tokens = { accessToken: 'second', refreshToken: 'newer' };
    return json({ issuer, ...endpoints });
  });
  const provider = createProvider({ issuer, clientId }, parts);
  const sources = renewalSources(provider, { options: {} } as GrantDeps, { worksInPlace: false } as Silent);
  const renew = createRenewTokens(sources, {}, async () => ({ kind: 'overtaken' }));
  await renew({
    held: () => ({ tokens, lease: { epoch: 1, generation: 1 } as Lease }),
    arrival: (answer) => ({ by: 'renewal', answer, permit: {} as never }),
    keep: () => true,
  });
  expect(parts.sent.map(({ form }) => form.get('refresh_token')).filter(Boolean)).toEqual(['newer']);
});
