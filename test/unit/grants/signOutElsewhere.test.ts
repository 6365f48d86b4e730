import { expect, test, vi } from 'vitest';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import { createProvider } from '../../../src/grants/protocol/provider.ts';
import { createSignOut } from '../../../src/grants/signOut.ts';
import type { Page } from '../../../src/page/page.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { emptyRecord, type SessionRecord } from '../../../src/record/sessionRecord.ts';
import { createVault } from '../../../src/vault/vault.ts';
import { configWith, partsWith } from './protocolFixture.ts';

/** Of a page that has ended its epochs itself, and begins none. */
const ownEpochs = { isBegun: () => false, canVouch: () => false, hasEnded: () => true };

/** Ada, of the epoch 7, signs out on a page of an app. */
const signsOut = async (known: Partial<SessionRecord>, redirect: boolean) => {
  const controller = new AbortController();
  // Whoever leaves waits for the page to be gone.
  const navigate = vi.fn<Page['navigate']>(() => controller.abort());
  const page = { url: 'https://app.example.com/', home: 'https://app.example.com/', navigate };
  const config = configWith();
  const lent = partsWith(() => new Response(null));
  const record = createMemoryRecord({ ...emptyRecord, epoch: 7, who: 'ada', ...known });
  const parts = { page, record, flights: {}, options: config, vault: createVault(), clock: lent.clock };
  const signOut = createSignOut(
    createProvider(config, lent),
    parts as unknown as GrantDeps,
    undefined,
    ownEpochs,
  );
  await signOut(
    {
      tokens: undefined,
      lease: { epoch: 7, generation: 1 },
      permit: parts.vault.permitSignIn(),
      signal: controller.signal,
    },
    { redirect },
  );
  return { navigate, record };
};

test('where somebody else has signed in since in another tab nobody leaves for the provider', async () => {
  const { navigate, record } = await signsOut({ epoch: 9, who: 'bob' }, true);
  expect(navigate).not.toHaveBeenCalled();
  expect(await record.read()).toMatchObject({ epoch: 9, who: 'bob', signOutState: null });
});

test('the state of an earlier sign-out says nothing about this one', async () => {
  const { record } = await signsOut({ signOutState: 'of an earlier one' }, false);
  expect(await record.read()).toMatchObject({ who: null, promptLogin: true, signOutState: null });
});

test('what an epoch that is over is followed by, where nobody is signed in, is signed out as well', async () => {
  const { record } = await signsOut({ epoch: 9, who: null }, false);
  expect(await record.read()).toMatchObject({ who: null, promptLogin: true, endReason: 'signedOut' });
});
