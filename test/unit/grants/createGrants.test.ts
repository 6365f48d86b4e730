import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as optionalParts from '../../../src/grants/optionalParts.ts';
import { drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';
import { endpoints, issuer, json, jwt } from './protocolFixture.ts';
import { app, createTab } from './signInFixture.ts';

let tab: ReturnType<typeof createTab>;
beforeEach(() => {
  tab = createTab();
});
afterEach(() => tab.close());

type Load = NonNullable<Parameters<typeof tab.load>[1]>;

const byPassword = { username: 'ada', password: 'planted-password' };

/** A page in which Ada has signed in. */
const signedIn = async (options: Load['options'] = {}, more: Omit<Load, 'options'> = {}) => {
  const page = tab.load(`${app}/`, { ...more, options });
  expect(await page.signIn(byPassword)).toBe('signedIn');
  return page;
};

const stored = (): string | null | undefined | Promise<string | null | undefined> =>
  tab.storage.get('token-vigil:app');

const inVault = ({ vault }: Awaited<ReturnType<typeof signedIn>>) => vault.permitRenewal().read();

/** The next answer to a token request comes when the returned function is called. */
const slowly = (answer: () => object): (() => void) => {
  let go = (): void => {};
  const gate = new Promise<void>((resolve) => (go = resolve));
  tab.answers.push(() => gate.then(() => json(answer())));
  return () => go();
};

const asked = (path: string): string[] => tab.sent.map(({ url }) => url).filter((url) => url.endsWith(path));

/** An answer that cannot be used but for its refresh token. */
const odd = (): object => ({ ...tab.issue('ada'), expires_in: 'soon' });

const superseded = { type: 'refresh.failed', failure: { class: 'transient', code: 'session_ended' } };

describe('a renewal', () => {
  test('is told with the lease of what came', async () => {
    const page = await signedIn();
    const { epoch } = page.vault.lease()!;
    expect(await page.renew()).toEqual({
      type: 'refresh.granted',
      epoch,
      generation: 1,
      lease: page.vault.lease(),
    });
    expect(page.vault.lease()).toMatchObject({ epoch, generation: 2 });
  });

  test.each([
    [
      'the provider',
      () => json({ error: 'invalid_grant' }, { status: 400 }),
      { class: 'terminal', code: 'grant_refused', status: 400, error: 'invalid_grant', retryAfterMs: null },
    ],
    [
      'a deployment that knows for how long',
      () => json({}, { status: 503, headers: { 'retry-after': '7' } }),
      { class: 'transient', code: 'provider_unavailable', status: 503, error: null, retryAfterMs: 7000 },
    ],
    [
      'no one',
      () => {
        throw new TypeError('fetch failed');
      },
      { class: 'unknown', code: 'network_failed', status: null, error: null, retryAfterMs: null },
    ],
  ])('that fails says what was said by %s', async (_whom, answer, failure) => {
    const page = await signedIn();
    const { epoch, generation } = page.vault.lease()!;
    tab.answers.push(answer);
    expect(await page.renew()).toEqual({ type: 'refresh.failed', epoch, generation, failure });
    expect(page.errors.map(({ code }) => code)).toEqual([failure.code]);
  });

  test('that brings what cannot be used any more, when nothing else can, is a failure with a lease', async () => {
    const page = await signedIn();
    tab.clock.suspend(300_000);
    tab.answers.push(() => json({ ...tab.issue('ada'), expires_in: 1 }));
    const answer = await page.renew();
    expect(answer).toMatchObject({
      type: 'refresh.failed',
      generation: 1,
      failure: { class: 'configuration', code: 'token_arrived_stale' },
      lease: { generation: 2, lifeMs: 1000 },
    });
    expect(page.errors.map(({ code }) => code)).toEqual(['token_arrived_stale']);
  });

  test.each([
    ['an epoch that is not the one here', 1],
    ['nothing', 0],
  ])('of %s asks nobody, and is no error', async (what, epochsBefore) => {
    const page = await signedIn();
    const { epoch, generation } = page.vault.lease()!;
    if (what === 'nothing') page.vault.wipe();
    const request = { type: 'refresh.requested', epoch: epoch - epochsBefore, generation } as const;
    const answer = await page.grants.refresh(request, page.vault.permitRenewal());
    expect(answer).toMatchObject({ ...superseded, epoch: request.epoch, generation });
    expect([asked('/token').length, page.errors]).toEqual([1, []]);
  });

  test('that the user signs out of meanwhile says so', async () => {
    const page = await signedIn();
    const go = slowly(() => tab.issue('ada'));
    const renewal = page.renew();
    page.vault.wipe();
    go();
    expect(await renewal).toMatchObject(superseded);
    expect(page.errors).toEqual([]);
  });

  test.each(['renewal', 'adoption'])(
    'waits for an earlier %s, and is left to be judged anew',
    async (kind) => {
      const page = await signedIn();
      let isDone = false;
      const before =
        kind === 'renewal'
          ? page.renew()
          : page.grants.adopt({ access_token: 'sent-along' }, readInstant(tab.clock), page.vault.lease());
      void before.then(() => (isDone = true));
      expect(await page.renew()).toMatchObject({ ...superseded, isUntried: true });
      expect([isDone, asked('/token').length]).toEqual([true, kind === 'renewal' ? 2 : 1]);
    },
  );
});

describe('tokens without a refresh token', () => {
  const bare = (): Response => json({ ...tab.issue('ada'), refresh_token: undefined });

  test.each<[string, Load['options'], boolean]>([
    ['no other way', {}, false],
    ['a sign-in in a frame', { silent: 'frame' }, true],
    ['a refresh of the app’s own', { grants: { refresh: async () => ({ access_token: 'own' }) } }, true],
  ])('can be renewed by %s: %#', async (_way, options, isRenewable) => {
    tab.answers.push(bare);
    const page = await signedIn(options);
    expect(page.vault.lease()!.renewAt !== null).toBe(isRenewable);
  });
});

describe('the newer refresh token of an answer that cannot be used', () => {
  test('is beside the access token at hand from now on, in the storage as well', async () => {
    const page = await signedIn({ storage: tab.storage });
    tab.answers.push(() => json(odd()));
    expect(await page.renew()).toMatchObject({ failure: { code: 'response_invalid' } });
    expect(inVault(page)).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-2' });
    await vi.waitFor(() => expect(stored()).toContain('refresh-2'));
    expect([page.vault.lease()!.generation, asked('/revoke')]).toEqual([1, []]);
  });

  test('and so it is where there is no storage', async () => {
    const page = await signedIn();
    tab.answers.push(() => json(odd()));
    expect(await page.renew()).toMatchObject({ failure: { code: 'response_invalid' } });
    expect(inVault(page)).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-2' });
  });

  test('replaces none of a sign-in since', async () => {
    const page = await signedIn({ storage: tab.storage });
    const go = slowly(odd);
    const renewal = page.renew();
    await vi.waitFor(() => expect(asked('/token')).toHaveLength(2));
    expect(await page.signIn(byPassword)).toBe('signedIn');
    const since = inVault(page)!;
    go();
    await renewal;
    expect(inVault(page)).toEqual(since);
    expect(await stored()).toContain(since.accessToken);
  });

  test('goes back to the provider where the user has signed out meanwhile', async () => {
    const page = await signedIn({ storage: tab.storage });
    const held = page.vault.lease()!;
    const go = slowly(odd);
    const renewal = page.renew();
    await vi.waitFor(() => expect(asked('/token')).toHaveLength(2));
    page.vault.wipe();
    await page.grants.forget(held);
    go();
    expect(await renewal).toMatchObject({ failure: { code: 'response_invalid' } });
    await vi.waitFor(() => expect(asked('/revoke')).toHaveLength(1));
    expect(tab.sent.at(-1)!.form.get('token')).toBe('refresh-2');
    expect(await stored()).toBeUndefined();
  });

  test('of what a backend sent along is kept as well', async () => {
    const page = await signedIn({ storage: tab.storage });
    const sent = { access_token: 'sent', refresh_token: 'newer', expires_in: 'soon' };
    const adopted = page.grants.adopt(sent as never, readInstant(tab.clock), page.vault.lease());
    await expect(adopted).rejects.toMatchObject({ code: 'response_invalid' });
    expect(inVault(page)).toMatchObject({ accessToken: 'access-1', refreshToken: 'newer' });
    await vi.waitFor(() => expect(stored()).toContain('newer'));
  });
});

test('a sign-in that was given up ends the session that the provider has begun for it', async () => {
  const logout = `${issuer}/protocol/openid-connect/logout`;
  const page = tab.load(`${app}/`, {
    options: { endpoints: { ...endpoints, end_session_endpoint: logout } },
  });
  const go = slowly(() => tab.issue('ada'));
  const { by, login } = page.attempt('interactive', byPassword);
  const signIn = login();
  await vi.waitFor(() => expect(asked('/token')).toHaveLength(1));
  by.permit.revoke();
  go();
  await signIn;
  await vi.waitFor(() => expect(asked('/logout')).toEqual([logout]));
  expect(tab.sent.at(-1)!.form.get('refresh_token')).toBe('refresh-1');
});

describe('adopting', () => {
  test('holds back no renewal where its code is never loaded', async () => {
    const loadOptional = vi.fn(async () => optionalParts);
    const page = await signedIn({}, { loadOptional });
    loadOptional.mockReturnValue(new Promise(() => {}));
    const adopted = page.grants.adopt(sentAlong('late'), readInstant(tab.clock), page.vault.lease());
    await Promise.all([
      expect(adopted).rejects.toMatchObject({ code: 'network_failed' }),
      tab.clock.advance(10_000),
    ]);
    expect(await page.renew()).toMatchObject({ type: 'refresh.granted' });
  });

  const sentAlong = (name: string) => ({ access_token: name, expires_in: 300 });

  test('tells the machine', async () => {
    const page = await signedIn();
    const { vault } = page;
    expect(await page.grants.adopt(sentAlong('sent'), readInstant(tab.clock), vault.lease())).toBe(true);
    expect([page.told, vault.bearer()!.token]).toEqual([
      [{ type: 'session.adopt', lease: vault.lease() }],
      'sent',
    ]);
  });

  test('loads its code once, and of two the second is judged once the first is there', async () => {
    const loadOptional = vi.fn(async () => optionalParts);
    const page = await signedIn({}, { loadOptional });
    const since = page.vault.lease();
    loadOptional.mockClear();
    const now = readInstant(tab.clock);
    const both = ['first', 'second'].map((name) => page.grants.adopt(sentAlong(name), now, since));
    expect(await Promise.all(both)).toEqual([true, false]);
    expect([page.vault.bearer()!.token, loadOptional.mock.calls.length]).toEqual(['first', 1]);
  });

  test('another user’s tokens ends the session in the turn in which they came, once the code is there', async () => {
    const page = await signedIn();
    const now = readInstant(tab.clock);
    const since = page.vault.lease();
    await page.grants.adopt({ access_token: 'access-1' }, now, since);
    await drainMicrotasks();
    const idToken = (tab.issue('bob') as { id_token: string }).id_token;
    const adopted = page.grants.adopt({ ...sentAlong('hers'), id_token: idToken }, now, since);
    expect(page.vault.lease()).toBeUndefined();
    expect(await adopted).toBe(false);
  });
});

test('the record is read as it stands to the tokens here', async () => {
  const page = await signedIn();
  const { epoch } = page.vault.lease()!;
  const look = { type: 'record.read', at: readInstant(tab.clock) } as const;
  expect(await page.grants.record(look)).toMatchObject({ type: 'record.loaded', epoch, who: 'same' });
});

describe('what is forgotten', () => {
  test('is in the storage no more, unless it is of another epoch', async () => {
    const page = await signedIn({ storage: tab.storage });
    const held = page.vault.lease()!;
    await vi.waitFor(() => expect(stored()).toContain('access-1'));
    await page.grants.forget({ ...held, epoch: held.epoch - 1 });
    expect(await stored()).toContain('access-1');
    await page.grants.forget(held);
    expect(await stored()).toBeUndefined();
  });

  test('is nothing where there is no storage', async () => {
    const page = await signedIn();
    await expect(page.grants.forget()).resolves.toBeUndefined();
  });
});

test('an idle end revokes the tokens wherever the record answers at once', async () => {
  const tabs = {
    lock: { hold: (work) => work(new AbortController().signal) },
    channel: { post: () => {}, listen: () => () => {} },
  } satisfies Load['tabs'];
  const { grants, vault } = await signedIn({}, { tabs });
  const { lastActivityWallMs } = await tab.record.read();
  const [lease, { signal }] = [vault.lease()!, new AbortController()];
  const noted = grants.record({ type: 'record.end', ...lease, reason: 'idle', lastActivityWallMs });
  const of = { tokens: vault.wipe(), lease, isIdleEnd: true, permit: vault.permitSignIn(), signal };
  await grants.signOut(of, { redirect: false });
  await noted;
  expect(asked('/revoke')).toHaveLength(1);
});

describe('the optional code is loaded', () => {
  test.each<[string, boolean, Load['options']]>([
    ['nothing', false, {}],
    ['grants of the app’s own', true, { grants: {} }],
    ['tokens in answers', true, { extractTokens: () => undefined }],
    ['signatures', true, { validateIdTokenSignature: true }],
    ['a secret', true, { clientSecret: 'mine' }],
    ['a scope without openid', true, { scope: 'profile' }],
  ])('ahead for %s: %s', (_what, isLoaded, options = {}) => {
    const loadOptional = vi.fn(async () => optionalParts);
    tab.load(`${app}/`, { options, loadOptional });
    expect(loadOptional.mock.calls.length > 0).toBe(isLoaded);
  });

  test('in vain, and only what needs it fails', async () => {
    const loadOptional = async () => {
      throw new TypeError('Failed to fetch dynamically imported module');
    };
    const options = { grants: {}, clientSecret: 'mine' };
    const page = tab.load(`${app}/`, { options, loadOptional });
    const adopted = page.grants.adopt({ access_token: jwt({}) }, readInstant(tab.clock), undefined);
    await expect(adopted).rejects.toThrow('dynamically imported');
    expect(page.warnings).toEqual([]);
  });
});

test('options that are hardly meant are told of', async () => {
  const page = tab.load(`${app}/`, { options: { clientSecret: 'mine' } });
  await vi.waitFor(() => expect(page.warnings).toMatchObject([{ code: 'option_invalid' }]));
});
