import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SessionError } from '../../../src/errors/sessionError.ts';
import type { SignInOptions } from '../../../src/grants/signInOptions.ts';
import { silentMode } from '../../../src/grants/signIn/silentMode.ts';
import type { TokenResponse } from '../../../src/grants/tokenResponse.ts';
import { drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import { claimsAt, endpoints, issuer, json, jwt } from './protocolFixture.ts';
import { app, createTab } from './signInFixture.ts';

let tab: ReturnType<typeof createTab>;
beforeEach(() => {
  tab = createTab();
});
afterEach(() => tab.close());

const here = `${app}/orders?page=2`;
const invalidGrant = (): Response => json({ error: 'invalid_grant' }, { status: 400 });
const askedOf = (url: unknown): URLSearchParams => new URL(String(url)).searchParams;
const granted = { type: 'login.granted' };
const nobody = { type: 'login.failed', failure: null };

/** The page has left for the provider; returns for where. */
const leftFrom = async (url = here, options = {}): Promise<string> =>
  String(await tab.load(url, { options }).signIn());

describe('a sign-in on the provider’s page', () => {
  test('asks for what the app passes on, and for the page the user is on', async () => {
    const page = tab.load(here);
    const asked = askedOf(await page.signIn({ login_hint: 'ada', parameters: { kc_action: 'x' } }));
    expect(Object.fromEntries(asked)).toMatchObject({
      login_hint: 'ada',
      kc_action: 'x',
      redirect_uri: `${app}/`,
      code_challenge_method: 'S256',
    });
    const back = tab.load(tab.cameBack(page.navigate.mock.lastCall![0], {}));
    expect(await back.restore()).toMatchObject({ ...granted, lastActivity: null });
    expect([back.vault.who(), back.shown]).toEqual(['ada', here]);
  });

  test('hands the page the user was on to the app’s router, where there is one', async () => {
    const from = await leftFrom();
    const onReturn = vi.fn((_to: string, _answer: URLSearchParams) => true);
    const url = `${tab.cameBack(from, {})}&kc_action_status=success`;
    const back = tab.load(url, { onReturn });
    await back.restore();
    const told = onReturn.mock.calls.map(([to, answer]) => [to, String(answer)]);
    expect([told, back.shown]).toEqual([[[here, 'kc_action_status=success']], url]);
  });

  test('does not lead back to an answer that no router has cleaned away', async () => {
    const page = tab.load(tab.cameBack(await leftFrom(`${app}/`), 'access_denied'), {
      onReturn: () => true,
    });
    await page.restore();
    const back = tab.load(tab.cameBack(String(await page.signIn()), {}));
    await back.restore();
    expect(back.shown).toBe(`${app}/`);
  });

  test.each([
    'https://evil.example.com/',
    `blob:${app}/x`,
    'https://ada@app.example.com/',
    'https://:secret@app.example.com/',
    'http://[',
  ])('refuses to lead back to %s', async (returnTo) => {
    expect(await tab.load(here).signIn({ returnTo })).toMatchObject({
      code: 'option_invalid',
      message: `signIn: \`returnTo\` must be an address on ${app}`,
    });
  });

  test('comes back to the redirect URI of the options, with the parameters of the options', async () => {
    const redirectUri = `${app}/back`;
    const options = {
      redirectUri,
      silentRedirectUri: `${app}/silent.html`,
      tokenParameters: { resource: 'https://api.example.com', audience: 'api' },
    };
    const asked = await tab.load(here, { options }).signIn({ parameters: { audience: 'other' } });
    expect(Object.fromEntries(askedOf(asked))).toMatchObject({
      redirect_uri: redirectUri,
      resource: 'https://api.example.com',
      audience: 'other',
    });
    const back = tab.load(tab.cameBack(String(asked), {}), { options });
    expect([await back.restore(), back.shown]).toMatchObject([granted, here]);
  });

  test.each([{}, { username: 'ada' }, { password: 'planted-password' }])(
    'is what is asked for with %j',
    async (asked) => {
      const page = tab.load(here);
      expect(await page.signIn(asked)).toContain('response_type=code');
      expect(page.navigate.mock.lastCall![1]).toEqual({ replaces: false });
    },
  );

  test('is what the machine asks for where the app did not', async () => {
    const page = tab.load(here);
    void page.attempt('interactive').login();
    expect(await page.left()).toContain('response_type=code');
    expect(page.navigate.mock.lastCall![1]).toEqual({ replaces: false });
  });

  test.each([{ scope: 5 }, { scope: {} }, { returnTo: {} }, { returnTo: 5 }])(
    'refuses by name what is no text: %j',
    async (odd) => {
      const [name] = Object.keys(odd);
      expect(await tab.load(here).signIn(odd as never)).toMatchObject({
        code: 'option_invalid',
        retryable: false,
        message: expect.stringContaining(`signIn: \`${name}\``) as string,
      });
    },
  );

  test('leaves out a parameter that is null, and takes an address that is an object', async () => {
    const page = tab.load(here);
    const asked = { parameters: { kc_action: null, a: 'b' }, returnTo: new URL('/elsewhere', here) };
    const params = askedOf(await page.signIn(asked as never));
    expect([params.get('kc_action'), params.get('a')]).toEqual([null, 'b']);
    const back = tab.load(tab.cameBack(page.navigate.mock.lastCall![0], {}));
    await back.restore();
    expect(back.shown).toBe(`${app}/elsewhere`);
  });

  test('takes this page’s place in the history only where the user comes back to it', async () => {
    for (const [returnTo, replaces] of [
      ['/orders?page=2', true],
      ['/elsewhere', false],
    ] as const) {
      const page = tab.load(here);
      await page.signIn({ returnTo }, true);
      expect(page.navigate.mock.lastCall![1]).toEqual({ replaces });
      tab.close();
      tab = createTab();
    }
  });

  test('needs a page, and a storage for what is to be remembered', async () => {
    const nowhere = { code: 'platform_unsupported' };
    expect(await tab.load(here, { page: null }).signIn({ returnTo: '/' }, true)).toMatchObject({
      ...nowhere,
      message: expect.stringContaining('Sign-in by redirect needs a page') as string,
    });
    vi.spyOn(tab.entries, 'set').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(await tab.load(here).signIn()).toMatchObject(nowhere);
  });

  test('is given up where it was overtaken before it began', async () => {
    const { attempt, vault, navigate, errors } = tab.load(here);
    const { login, settle } = attempt('interactive', {});
    vault.permitSignIn();
    expect(await login()).toMatchObject({ failure: { code: 'sign_in_cancelled' } });
    expect(settle.mock.lastCall).toMatchObject([
      { code: 'sign_in_cancelled', message: expect.stringContaining('was given up') as string },
    ]);
    expect([navigate.mock.calls, errors]).toEqual([[], []]);
  });
});

describe('a password', () => {
  const asked = { username: 'ada', password: 'planted-password' };

  test('signs in without leaving the page, and the app is warned once', async () => {
    const page = tab.load(here);
    expect([await page.signIn(asked), await page.signIn(asked)]).toEqual(['signedIn', 'signedIn']);
    expect([page.vault.who(), page.warnings]).toMatchObject([
      'ada',
      [
        {
          code: 'password_grant_discouraged',
          message: expect.stringContaining('RFC 9700 §2.4 forbids it') as string,
        },
      ],
    ]);
  });

  test('is sent with the scope that is asked for', async () => {
    await tab.load(here).signIn({ ...asked, scope: 'openid email' });
    expect(Object.fromEntries(tab.sent[0]!.form)).toMatchObject({ ...asked, scope: 'openid email' });
  });

  test('goes to the app’s own sign-in where there is one, and into no error of it', async () => {
    const signIn = vi.fn(async () => tab.issue('ada') as TokenResponse);
    const page = tab.load(here, { options: { grants: { signIn } } });
    expect([await page.signIn(asked), await page.signIn({})]).toEqual(['signedIn', 'signedIn']);
    expect(signIn.mock.calls).toEqual(
      [asked, {}].map((options) => [{ ...options, signal: expect.any(AbortSignal) }]),
    );
    expect([page.warnings, tab.sent]).toEqual([[], []]);
    signIn.mockRejectedValueOnce(new SessionError('sign_in_refused', `No: ${asked.password}`));
    expect(await page.signIn(asked)).toMatchObject({ code: 'sign_in_refused', message: 'No: …' });
  });

  test('is not sent for a sign-in that was overtaken', async () => {
    const page = tab.load(here);
    const { login, settle } = page.attempt('interactive', asked);
    page.vault.permitSignIn();
    await login();
    expect(settle.mock.lastCall).toMatchObject([{ code: 'sign_in_cancelled' }]);
    expect(tab.sent).toEqual([]);
  });

  test('that is wrong is told to the caller and noted', async () => {
    tab.answers.push(invalidGrant);
    const page = tab.load(here);
    expect(await page.signIn(asked)).toMatchObject({ code: 'sign_in_refused' });
    expect(page.errors).toHaveLength(1);
  });
});

describe('what the page’s URL says', () => {
  test('is an answer once: loaded again it signs in afresh, and no more than once', async () => {
    const url = tab.cameBack(await leftFrom(), {});
    tab.answers.push(invalidGrant);
    await tab.load(url).restore();
    const again = tab.load(url);
    void again.restore();
    expect(askedOf(await again.left()).get('prompt')).toBe(null);
    expect([again.shown, again.navigate.mock.lastCall![1]]).toEqual([`${app}/`, { replaces: true }]);
    expect(await tab.load(url).restore()).toEqual({ ...nobody, attempt: 1 });
  });

  test('is read once, also where no router cleans it', async () => {
    const page = tab.load(tab.cameBack(await leftFrom(), 'access_denied'), { onReturn: () => true });
    await page.restore();
    expect(await page.restore()).toMatchObject(nobody);
    expect(page.errors).toHaveLength(1);
  });

  test.each([
    ['on another page', `${app}/orders?error=access_denied`, 1],
    ['while two sign-ins are pending', `${app}/?error=access_denied`, 2],
  ])('is no refusal without a state %s', async (_where, url, pending) => {
    for (let times = 0; times < pending; times++) await leftFrom();
    const page = tab.load(url);
    expect([await page.restore(), page.shown, page.errors]).toMatchObject([nobody, url, []]);
  });

  test('is cleaned of all that the provider added, whatever it belongs to', async () => {
    const url = `${app}/?tab=1&state=stray&code=c&session_state=x&iss=i#part`;
    const page = tab.load(url);
    void page.restore();
    await page.left();
    expect(page.shown).toBe(`${app}/?tab=1#part`);
  });

  test('is nothing where the refusal has no state, unless one sign-in is pending', async () => {
    const url = `${app}/?error=access_denied&error_description=No&error_uri=x&iss=i&tab=1`;
    const quiet = tab.load(url);
    expect([await quiet.restore(), quiet.shown]).toEqual([{ ...nobody, attempt: 1 }, url]);
    await leftFrom();
    const refused = tab.load(url);
    expect(await refused.restore()).toMatchObject(nobody);
    expect([refused.errors[0]?.code, refused.shown]).toEqual(['sign_in_refused', `${app}/?tab=1`]);
    // A word that no provider sends is the app's own.
    const own = tab.load(`${app}/?error=out_of_stock`);
    expect([await own.restore(), own.shown]).toMatchObject([nobody, `${app}/?error=out_of_stock`]);
  });

  test('is another session’s business where that has asked', async () => {
    const url = tab.cameBack(await leftFrom(), {});
    const [key = '', kept = ''] = [...tab.entries].find(([name]) => name.includes('sign-ins')) ?? [];
    tab.entries.set(key, kept.replaceAll('"session":"app"', '"session":"other"'));
    const page = tab.load(url);
    expect([await page.restore(), page.shown]).toMatchObject([nobody, url]);
  });

  test('proves a sign-out at the provider by its state, and by no other', async () => {
    await tab.note({ epoch: 1, promptLogin: true, signOutState: 'sent' });
    await tab.load(`${app}/bye?state=another`).restore();
    await tab.load(`${app}/bye?state=sent&code=x`).restore();
    await tab.load(`${app}/bye?state=sent&error=x`).restore();
    await tab.load(`${app}/bye`).restore();
    expect((await tab.record.read()).promptLogin).toBe(true);
    const page = tab.load(`${app}/bye?state=sent&lang=en`);
    await page.restore();
    expect([(await tab.record.read()).promptLogin, page.shown]).toEqual([false, `${app}/bye?lang=en`]);
  });

  test('goes through the router after a sign-out, which would put the state back otherwise', async () => {
    await tab.note({ epoch: 1, promptLogin: true, signOutState: 'sent' });
    const onReturn = vi.fn((_to: string, _answer: URLSearchParams) => true);
    const page = tab.load(`${app}/bye?state=sent&lang=en`, { onReturn });
    await page.restore();
    expect(onReturn.mock.calls.map(([to, answer]) => [to, String(answer)])).toEqual([
      [`${app}/bye?lang=en`, 'lang=en'],
    ]);
    expect(page.shown).toBe(`${app}/bye?state=sent&lang=en`);
  });

  test('proves no sign-out where none has left for the provider, nor outside of a page', async () => {
    await tab.note({ epoch: 1, promptLogin: true });
    await tab.load(`${app}/bye`).restore();
    expect(await tab.load(here, { page: null }).restore()).toMatchObject(nobody);
    expect((await tab.record.read()).promptLogin).toBe(true);
  });

  test('is left alone by an attempt that nobody waits for any more', async () => {
    const url = tab.cameBack(await leftFrom(), {});
    const page = tab.load(url);
    tab.close();
    expect([await page.restore(), page.shown, tab.sent]).toMatchObject([nobody, url, []]);
  });
});

describe('require()', () => {
  const requires = async (url: string) => {
    const page = tab.load(url);
    await page.restore();
    return page.signIn({}, true);
  };

  test('throws what another try would meet again', async () => {
    expect(await requires(tab.cameBack(await leftFrom(), 'access_denied'))).toMatchObject({
      code: 'sign_in_refused',
      error: 'access_denied',
    });
  });

  test('asks afresh once where the code was refused', async () => {
    const refusedCode = async (): Promise<string> => {
      tab.answers.push(invalidGrant);
      return tab.cameBack(await leftFrom(), {});
    };
    expect(await requires(await refusedCode())).toContain('response_type=code');
    // The app's own sign-in in between would forget what was tried.
    const [again = ''] = [await requires(`${app}/`)].map(String);
    tab.answers.push(invalidGrant);
    expect(await requires(tab.cameBack(again, {}))).toMatchObject({ error: 'invalid_grant' });
  });

  test('does not leave a fourth time after three answers in a row that brought nothing', async () => {
    let from = await leftFrom();
    for (let times = 0; times < 2; times++) from = String(await requires(tab.cameBack(from, 'server_error')));
    const page = tab.load(tab.cameBack(from, 'server_error'));
    await page.restore();
    expect(await page.signIn({}, true)).toMatchObject({
      code: 'sign_in_loop',
      cause: { error: 'server_error' },
    });
    // What led to it has been told.
    expect(page.errors.map(({ code }) => code)).toEqual(['provider_unavailable']);
    expect(await requires(`${app}/`)).toContain('response_type=code');
  });

  test('counts a page that is back at once without an answer, and not one that the user went back to', async () => {
    await leftFrom();
    await tab.load(here, { isTraversed: true }).restore();
    for (let times = 0; times < 2; times++) await tab.load(here).restore();
    expect(await requires(here)).toMatchObject({ code: 'sign_in_loop' });
  });

  test('counts none of the pages that the user went back to', async () => {
    await leftFrom();
    for (let times = 0; times < 3; times++) await tab.load(here, { isTraversed: true }).restore();
    expect(await requires(here)).toContain('response_type=code');
  });

  test('counts no page that was left without the user', async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    const redirects = { options: { silent: 'redirect' } } as const;
    const page = tab.load(here, redirects);
    void page.restore();
    await page.left();
    for (let times = 0; times < 3; times++) await tab.load(here, redirects).restore();
    expect(await requires(here)).toContain('response_type=code');
  });

  test('counts no page that was not left, however often it is loaded', async () => {
    for (let times = 0; times < 3; times++) await tab.load(here).restore();
    expect(await requires(here)).toContain('response_type=code');
  });

  test('counts a refusal without a state once, however early it is back', async () => {
    await leftFrom();
    const refused = `${app}/?error=server_error`;
    await tab.load(refused).restore();
    expect(await requires(refused)).toContain('response_type=code');
  });

  test('takes the answer itself where the code that restores could not be loaded', async () => {
    const url = tab.cameBack(await leftFrom(), {});
    expect(await tab.load(url).signIn({}, true)).toBe('signedIn');
  });
});

describe('after a sign-out that may have left the provider’s session alive', () => {
  beforeEach(() => tab.note({ epoch: 1, promptLogin: true, promptLoginSinceWallMs: tab.clock.wallMs() }));

  test('the next sign-in makes the provider ask, unless the app says how', async () => {
    expect(askedOf(await leftFrom()).get('prompt')).toBe('login');
    const own = await tab.load(here).signIn({ prompt: 'select_account' });
    expect(askedOf(own).get('prompt')).toBe('select_account');
  });

  test('the mark goes with a password as well', async () => {
    const { login } = tab
      .load(here)
      .attempt('interactive', { username: 'ada', password: 'planted-password' });
    expect(await login()).toMatchObject({ ...granted, lastActivity: null });
    expect((await tab.record.read()).promptLogin).toBe(false);
  });

  test('an answer without the user is none to the mark', async () => {
    const from = await tab.load(here).signIn({ prompt: 'none' });
    const back = tab.load(tab.cameBack(String(from), {}));
    expect(await back.restore()).toMatchObject(granted);
    expect((await tab.record.read()).promptLogin).toBe(true);
    expect(back.warnings).toMatchObject([
      { message: expect.stringContaining('did not show that it asked the user') as string },
    ]);
  });

  test.each([
    ['nobody is asked for silently', null, 0],
    ['who has signed in since, at a provider that cannot be made to ask, survives a reload', 'ada', 1],
  ])('%s', async (_, who, times) => {
    await tab.note({ who });
    const frame = vi.fn(() => undefined);
    expect(await tab.load(here, { options: { silent: 'frame' }, frame }).restore()).toMatchObject(nobody);
    expect(frame).toHaveBeenCalledTimes(times);
  });

  test('the mark goes with the answer to the prompt', async () => {
    await tab.load(tab.cameBack(await leftFrom(), {})).restore();
    expect(await tab.record.read()).toMatchObject({ who: 'ada', promptLogin: false });
  });

  describe('a provider without that prompt', () => {
    const told = { ...endpoints, prompt_values_supported: ['none', 'consent'] };
    const options = { askUserWith: { max_age: 0 }, endpoints: told };
    const comeBack = async (asked: SignInOptions, auth_time?: number) => {
      const page = tab.load(here, { options });
      await page.signIn(asked);
      const answer = tab.cameBack(page.navigate.mock.lastCall![0], { more: { auth_time } });
      const back = tab.load(answer, { options });
      return { granted: await back.restore(), warnings: [...page.warnings, ...back.warnings], back };
    };
    const nowSeconds = () => Math.floor(tab.clock.wallMs() / 1000);

    test('is asked another way', async () => {
      const page = tab.load(here, { options });
      const [first, second] = [await page.signIn(), await page.signIn()].map(askedOf);
      expect([first?.get('max_age'), first?.get('prompt'), second?.get('max_age')]).toEqual(['0', null, '0']);
    });

    test.each([
      ['an auth_time later than the sign-out', 30, false],
      ['an auth_time before it', -90, true],
      ['no auth_time', undefined, true],
    ])(
      'signs in all the same, and the mark goes by an auth_time later alone: %s',
      async (_, after, stays) => {
        const signedOutAt = nowSeconds();
        tab.clock.suspend(60_000);
        const { granted: outcome, warnings } = await comeBack({}, after && signedOutAt + after);
        expect(outcome).toMatchObject(granted);
        expect((await tab.record.read()).promptLogin).toBe(stays);
        expect(warnings.map(({ code }) => code)).toEqual(stays ? ['provider_unsupported'] : []);
      },
    );

    test('says in the page that comes back what it did not show', async () => {
      expect((await comeBack({})).back.warnings).toHaveLength(1);
    });

    test('is believed where the app says what it asks by, and refused where that is a max_age', async () => {
      expect(await comeBack({ max_age: 60 })).toMatchObject({
        granted: { failure: { code: 'id_token_invalid' } },
      });
      const { warnings } = await comeBack({ prompt: 'select_account' });
      expect([(await tab.record.read()).promptLogin, warnings]).toEqual([false, []]);
    });
  });
});

test.each([
  [undefined, 'https://app.example.com/orders', 'frame'],
  [undefined, 'http://app.example.com/', 'redirect'],
  [undefined, 'https://app.example.org/', 'redirect'],
  [undefined, 'https://app.another.com/', 'redirect'],
  [undefined, 'https://example.com/', 'frame'],
  ['redirect', 'https://app.example.com/', 'redirect'],
  [false, 'https://app.example.com/', false],
  [undefined, undefined, false],
] as const)('asking silently with the option %s on %s is done by %s', (silent, pageUrl, mode) => {
  expect(silentMode({ issuer, ...(silent !== undefined && { silent }) }, pageUrl)).toBe(mode);
});

describe('a sign-out of this very moment, which the record has yet to learn of', () => {
  const signsOut = async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    const frame = vi.fn((url: string) => tab.cameBack(url, {}));
    const page = tab.load(here, { options: { silent: 'frame' }, frame });
    const { update } = tab.record;
    let go = (): void => {};
    vi.spyOn(tab.record, 'update').mockImplementationOnce((change) =>
      new Promise<void>((resolve) => (go = resolve)).then(() => update(change)),
    );
    void page.signOut({ redirect: false });
    return { page, frame, isRecorded: () => go() };
  };

  test('is not undone by a start', async () => {
    const { page, frame, isRecorded } = await signsOut();
    const restored = page.restore();
    await drainMicrotasks();
    isRecorded();
    expect([await restored, page.vault.who()]).toMatchObject([nobody, undefined]);
    expect(frame).not.toHaveBeenCalled();
  });

  test('makes the next sign-in ask', async () => {
    const { page, isRecorded } = await signsOut();
    const left = page.signIn();
    await drainMicrotasks();
    isRecorded();
    expect(askedOf(await left).get('prompt')).toBe('login');
  });
});

describe('restoring', () => {
  const framed = { options: { silent: 'frame' } } as const;

  test('finds the tokens of a start before', async () => {
    const page = tab.load(here);
    await page.signIn({ username: 'ada', password: 'planted-password' });
    const lease = page.vault.lease()!;
    expect(await page.restore()).toMatchObject({
      ...granted,
      lease,
      lastActivity: { wallMs: tab.clock.wallMs() },
    });
    expect([tab.sent.length, page.users]).toMatchObject([1, [{ sub: 'ada' }, { sub: 'ada' }]]);
  });

  test.each([
    ['was signed out', { who: null }],
    ['belongs to another user', { who: 'bob' }],
    ['was begun anew', { epoch: 1e15 }],
  ])('leaves tokens of a start before alone where the session %s elsewhere', async (_what, news) => {
    const page = tab.load(here);
    await page.signIn({ username: 'ada', password: 'planted-password' });
    await tab.note(news);
    expect([await page.restore(), page.vault.lease()]).toMatchObject([nobody, undefined]);
  });

  test('finds nobody where they sign out while it looks', async () => {
    const page = tab.load(here);
    await page.signIn({ username: 'ada', password: 'planted-password' });
    const { update } = tab.record;
    vi.spyOn(tab.record, 'update').mockImplementationOnce((change) => {
      page.vault.wipe();
      return update(change);
    });
    expect(await page.restore()).toMatchObject(nobody);
  });

  test.each([
    ['a note that is none yet', () => ({}), 0],
    ['a note of the past', (now: number) => ({ lastActivityWallMs: now - 5000 }), -5000],
    [
      'a note of the future, of a clock that was set back',
      (now: number) => ({ lastActivityWallMs: now + 5000 }),
      0,
    ],
  ])('dates the last activity by %s', async (_what, note, agoMs) => {
    const now = tab.clock.wallMs();
    await tab.note({ epoch: 1, who: 'ada', lastActivityWallMs: null, ...note(now) });
    const frame = (url: string) => tab.cameBack(url, {});
    expect(await tab.load(here, { ...framed, frame }).restore()).toMatchObject({
      ...granted,
      lastActivity: { wallMs: now + agoMs },
    });
  });

  test('forgets what was tried once somebody is found', async () => {
    const url = tab.cameBack(await leftFrom(), 'server_error');
    await tab.load(url).restore();
    expect([...tab.entries.keys()]).toContain('token-vigil-tab:app:returns');
    await tab.load(here).signIn({ username: 'ada', password: 'planted-password' });
    expect([...tab.entries.keys()]).not.toContain('token-vigil-tab:app:returns');
  });

  test('takes nothing that comes back to a frame for an answer of another', async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    for (const back of [`${app}/?code=x`, `${app}/?code=x&state=another`]) {
      const page = tab.load(here, { ...framed, frame: () => back });
      expect(await page.restore()).toMatchObject(nobody);
      expect([page.errors, (await tab.record.read()).who, tab.sent]).toEqual([[], 'ada', []]);
    }
  });

  test('in vain says to require() what it met', async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    const frame = (url: string) => tab.cameBack(url, {});
    tab.answers.push(() => json({ error: 'invalid_client' }, { status: 401 }));
    const page = tab.load(here, { ...framed, frame });
    expect(await page.restore()).toMatchObject(nobody);
    expect(await page.signIn({}, true)).toMatchObject({ code: 'client_refused' });
  });

  test('asks nobody where the provider is not to be asked silently, or there is no page to leave', async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    const page = tab.load(here, { options: { silent: false } });
    expect([await page.restore(), page.navigate.mock.calls]).toMatchObject([nobody, []]);
    const nowhere = tab.load(here, { options: { silent: 'redirect' }, page: null });
    expect([await nowhere.restore(), nowhere.errors, tab.sent]).toMatchObject([nobody, [], []]);
  });

  test('asks nobody where nobody was signed in', async () => {
    const frame = vi.fn(() => undefined);
    expect(await tab.load(here, { ...framed, frame }).restore()).toMatchObject(nobody);
    expect([frame.mock.calls, tab.sent]).toEqual([[], []]);
  });

  test('asks the provider in a frame, which answers its parent and does nothing else', async () => {
    await tab.note({ epoch: 1, who: 'ada', lastActivityWallMs: tab.clock.wallMs() - 5000 });
    let inFrame: ReturnType<typeof tab.load> | undefined;
    const settled = vi.fn();
    const page = tab.load(here, {
      ...framed,
      async frame(url) {
        expect(askedOf(url).get('prompt')).toBe('none');
        const back = tab.cameBack(url, {});
        inFrame = tab.load(back, framed);
        void inFrame.restore().finally(settled);
        await vi.waitFor(() => expect(inFrame!.answerParent).toHaveBeenCalledTimes(1));
        return back;
      },
    });
    const found = await page.restore();
    expect(found).toMatchObject({ ...granted, lastActivity: { wallMs: tab.clock.wallMs() - 5000 } });
    expect([page.vault.who(), inFrame!.vault.who()]).toEqual(['ada', undefined]);
    expect(settled).not.toHaveBeenCalled();
  });

  test('comes back to a page of its own where there is one', async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    const frame = vi.fn((url: string) => tab.cameBack(url, {}));
    const silentRedirectUri = `${app}/silent.html`;
    await tab.load(here, { options: { ...framed.options, silentRedirectUri }, frame }).restore();
    expect(askedOf(frame.mock.lastCall![0]).get('redirect_uri')).toBe(silentRedirectUri);
  });

  test('in a frame answers from a page of its own as well, where that runs the app', async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    const options = { ...framed.options, silentRedirectUri: `${app}/silent.html` };
    const page = tab.load(here, {
      options,
      async frame(url) {
        const back = tab.cameBack(url, {});
        const inFrame = tab.load(back, { options });
        void inFrame.restore();
        await vi.waitFor(() => expect(inFrame.answerParent).toHaveBeenCalledTimes(1));
        return back;
      },
    });
    expect(await page.restore()).toMatchObject(granted);
  });

  test.each([
    ['login_required', true, []],
    [undefined, false, ['network_failed']],
  ] as const)(
    'in a frame that comes back with %s ends nothing, and is tried again: not %s',
    async (error, silentFails, noted) => {
      await tab.note({ epoch: 1, who: 'ada' });
      const frame = (url: string) => error && tab.cameBack(url, error);
      const page = tab.load(here, { ...framed, frame });
      expect(await page.restore()).toMatchObject(nobody);
      expect(await tab.record.read()).toMatchObject({ epoch: 1, who: 'ada', silentFails });
      expect(page.errors.map(({ code }) => code)).toEqual(noted);
    },
  );

  test.each([
    ['another user', { epoch: 2, who: 'bob' }],
    ['the same user', { epoch: 1, generation: 7, who: 'ada' }],
  ])(
    'in a frame that finds nobody leaves alone %s whom another tab has signed in meanwhile',
    async (_, news) => {
      await tab.note({ epoch: 1, who: 'ada' });
      const frame = (url: string) => {
        void tab.record.update((known) => ({ ...known, ...news }));
        return tab.cameBack(url, 'login_required');
      };
      expect(await tab.load(here, { ...framed, frame }).restore()).toMatchObject(nobody);
      expect(await tab.record.read()).toMatchObject(news);
    },
  );

  test('leaves the page for the provider once, where no frame can ask', async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    const redirects = { options: { silent: 'redirect' } } as const;
    const first = tab.load(here, redirects);
    void first.restore();
    const from = await first.left();
    expect(askedOf(from).get('prompt')).toBe('none');
    // Back leads to before it.
    expect(first.navigate.mock.lastCall![1]).toEqual({ replaces: true });
    // The user has pressed Back: nothing is asked a second time.
    expect(await tab.load(here, { ...redirects, isTraversed: true }).restore()).toMatchObject(nobody);
    const back = tab.load(tab.cameBack(from, {}), redirects);
    expect([await back.restore(), back.shown]).toMatchObject([granted, here]);
  });

  test('lets a sign-in go that is leaving the page already, and keeps its try', async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    const redirects = { options: { silent: 'redirect' } } as const;
    const page = tab.load(here, redirects);
    await page.signIn();
    expect(await page.restore()).toMatchObject(nobody);
    expect(page.navigate).toHaveBeenCalledTimes(1);
    const next = tab.load(here, redirects);
    void next.restore();
    expect(askedOf(await next.left()).get('prompt')).toBe('none');
  });

  test('in a page that was loaded ahead asks nobody before the user is led there', async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    const frame = vi.fn((url: string) => tab.cameBack(url, {}));
    let lead = (): void => {};
    const activated = new Promise<void>((resolve) => (lead = resolve));
    const restored = tab.load(here, { ...framed, frame, activated }).restore();
    await drainMicrotasks();
    expect(frame).not.toHaveBeenCalled();
    lead();
    expect(await restored).toMatchObject(granted);
    expect(frame).toHaveBeenCalledTimes(1);
  });

  test('by redirect that finds nobody says so', async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    const page = tab.load(here, { options: { silent: 'redirect' } });
    void page.restore();
    const back = tab.load(tab.cameBack(await page.left(), 'login_required'));
    expect([await back.restore(), back.errors]).toMatchObject([nobody, []]);
    expect(await tab.record.read()).toMatchObject({ who: 'ada', silentFails: true });
  });

  test.each([
    ['another user', { epoch: 2, who: 'bob' }],
    ['the same user', { epoch: 1, generation: 7, who: 'ada' }],
  ])(
    'by redirect that finds nobody leaves alone %s whom another tab has signed in meanwhile',
    async (_, news) => {
      await tab.note({ epoch: 1, who: 'ada' });
      const page = tab.load(here, { options: { silent: 'redirect' } });
      void page.restore();
      const left = await page.left();
      await tab.record.update((known) => ({ ...known, ...news }));
      const back = tab.load(tab.cameBack(left, 'login_required'));
      expect([await back.restore(), back.errors]).toMatchObject([nobody, []]);
      expect(await tab.record.read()).toMatchObject({ ...news, silentFails: false });
    },
  );

  test('does not bring back whom the policy has signed out meanwhile', async () => {
    const now = tab.clock.wallMs();
    await tab.note({ epoch: 1, who: 'ada', lastActivityWallMs: now - 60_000 });
    const page = tab.load(here, { options: { ...framed.options, idle: { signOutAfter: 60_000 } } });
    expect(await page.restore()).toMatchObject(nobody);
    expect(await tab.record.read()).toMatchObject({ who: null, promptLogin: true });
  });

  test('that is overtaken looks no further', async () => {
    await tab.note({ epoch: 1, who: 'ada' });
    const frame = vi.fn(() => undefined);
    const { attempt } = tab.load(here, { ...framed, frame });
    const { by, login } = attempt('restore');
    by.permit.revoke();
    expect(await login()).toMatchObject(nobody);
    expect(frame).not.toHaveBeenCalled();
  });
});

describe('a stored session', () => {
  const signedIn = async () => {
    const page = tab.load(here, { options: { storage: tab.storage } });
    await page.signIn({ username: 'ada', password: 'planted-password' });
    await vi.waitFor(() => expect(tab.storage.get('token-vigil:app')).toBeDefined());
    return page.vault.lease()!;
  };
  const reloaded = (more = {}) => tab.load(here, { options: { storage: tab.storage, ...more } });
  const grantsOf = (): (string | null)[] =>
    tab.sent.filter(({ url }) => url.endsWith('/token')).map(({ form }) => form.get('grant_type'));

  test('is taken up as it is while its token is fresh', async () => {
    const { generation } = await signedIn();
    const page = reloaded();
    const kept = tab.storage.get('token-vigil:app');
    expect(await page.restore()).toMatchObject({
      ...granted,
      lease: { generation },
      lastActivity: { wallMs: tab.clock.wallMs() },
    });
    expect([page.vault.who(), grantsOf()]).toEqual(['ada', ['password']]);
    expect(page.users).toMatchObject([{ sub: 'ada' }]);
    expect(tab.storage.get('token-vigil:app')).toBe(kept);
  });

  test('leaves the storage alone where it has none', async () => {
    const clear = vi.spyOn(tab.storage, 'remove');
    expect(await reloaded().restore()).toMatchObject(nobody);
    expect(clear).not.toHaveBeenCalled();
  });

  test('is taken at once by a page that was loaded ahead', async () => {
    await signedIn();
    const page = tab.load(here, { options: { storage: tab.storage }, activated: new Promise(() => {}) });
    expect(await page.restore()).toMatchObject(granted);
  });

  test.each([
    ['its token has lapsed', () => tab.clock.suspend(295_000)],
    ['its wall clock was set back', () => tab.clock.jumpWall(-60_000)],
  ])('is renewed before it is used where %s', async (_, passes) => {
    await signedIn();
    passes();
    const page = reloaded();
    expect(await page.restore()).toMatchObject({ ...granted, lease: { generation: 2 } });
    expect([page.vault.who(), grantsOf()]).toEqual(['ada', ['password', 'refresh_token']]);
    expect(page.vault.permitRenewal().read()).toEqual({
      accessToken: 'access-2',
      refreshToken: 'refresh-2',
      idToken: jwt(claimsAt(tab.clock.wallMs(), { sub: 'ada' })),
    });
  });

  test('is renewed by an answer that came late as well: the tokens before it are spent', async () => {
    await signedIn();
    tab.clock.suspend(295_000);
    tab.answers.push(() => {
      tab.clock.suspend(5000);
      return json({ ...tab.issue('ada'), expires_in: 3 });
    });
    const page = reloaded();
    expect(await page.restore()).toMatchObject({ ...granted, lease: { generation: 2 } });
    expect(page.errors).toEqual([]);
  });

  test.each([
    ['nobody was there when its refresh token ran out: it is for the machine to end', 0, {}, []],
    ['somebody was: one try is made', 699_000, {}, ['refresh_token']],
    [
      'nobody counts as away: one try is made',
      0,
      { machine: { rescue: false, idle: null } },
      ['refresh_token'],
    ],
  ])('where %s', async (_, activeAfterMs, more, sent) => {
    tab.answers.push(() => json({ ...tab.issue('ada'), refresh_expires_in: 600 }));
    await signedIn();
    const { lastActivityWallMs } = await tab.record.read();
    await tab.note({ lastActivityWallMs: lastActivityWallMs! + activeAfterMs });
    tab.clock.suspend(700_000);
    const page = reloaded(more);
    expect(await page.restore()).toMatchObject(granted);
    expect(page.vault.bearer()!.freshUntil.wallMs > tab.clock.wallMs()).toBe(sent.length > 0);
    expect(grantsOf()).toEqual(['password', ...sent]);
  });

  test('goes on with what a renewal leaves out', async () => {
    await signedIn();
    tab.clock.suspend(295_000);
    tab.answers.push(() => json({ access_token: 'bare', token_type: 'Bearer', expires_in: 300 }));
    const page = reloaded();
    await page.restore();
    expect(page.vault.permitRenewal().read()).toMatchObject({
      accessToken: 'bare',
      refreshToken: 'refresh-1',
    });
    expect(page.vault.who()).toBe('ada');
  });

  test('that is renewed as another user begins an epoch of theirs', async () => {
    const { epoch } = await signedIn();
    tab.clock.suspend(295_000);
    tab.answers.push(() => json(tab.issue('bob')));
    const page = reloaded();
    await page.restore();
    expect([page.vault.who(), page.vault.lease()!.epoch > epoch]).toEqual(['bob', true]);
  });

  test('that the provider refuses is over, and so is its entry', async () => {
    await signedIn();
    tab.clock.suspend(295_000);
    tab.answers.push(invalidGrant);
    const page = reloaded();
    expect(await page.restore()).toMatchObject(nobody);
    expect([page.errors.map(({ code }) => code), tab.storage.get('token-vigil:app')]).toEqual([
      ['grant_refused'],
      undefined,
    ]);
  });

  test('that nobody answers for is signed in, without a token to use', async () => {
    await signedIn();
    tab.clock.suspend(295_000);
    tab.answers.push(() => json({}, { status: 503 }));
    const page = reloaded();
    const now = tab.clock.wallMs();
    expect(await page.restore()).toMatchObject({ ...granted, lease: { generation: 1 } });
    expect(page.vault.lease()!.freshUntil.wallMs).toBeLessThanOrEqual(now);
    expect(page.errors.map(({ code }) => code)).toEqual(['provider_unavailable']);
  });

  test('keeps the newer refresh token of an answer that cannot be used', async () => {
    await signedIn();
    tab.clock.suspend(295_000);
    tab.answers.push(() => json({ ...tab.issue('ada'), expires_in: 'soon' }));
    const page = reloaded();
    await page.restore();
    expect(page.vault.permitRenewal().read()).toMatchObject({
      accessToken: 'access-1',
      refreshToken: 'refresh-2',
    });
    await vi.waitFor(() => expect(tab.storage.get('token-vigil:app')).toContain('refresh-2'));
    expect([(await tab.record.read()).generation, page.users.length]).toEqual([1, 1]);
  });

  test.each([
    ['can be used', {}],
    ['cannot', { expires_in: 'soon' }],
  ])('that is signed out of while it is renewed gives back what came, where that %s', async (_what, odd) => {
    await signedIn();
    tab.clock.suspend(295_000);
    const page = reloaded();
    tab.answers.push(async () => {
      await page.signOut({ redirect: false });
      return json({ ...tab.issue('ada'), ...odd });
    });
    expect(await page.restore()).toMatchObject(nobody);
    const givenBack = () => tab.sent.filter(({ url }) => url === endpoints.revocation_endpoint);
    // What the storage had, by the sign-out, and what has come of it.
    const both = ['refresh-1', 'refresh-2'];
    await vi.waitFor(() => expect(givenBack().map(({ form }) => form.get('token'))).toEqual(both));
    expect([page.vault.lease(), page.users]).toEqual([undefined, []]);
  });

  test('of an epoch or a generation that is over is none', async () => {
    const { epoch } = await signedIn();
    for (const more of [{ generation: 7 }, { who: null }, { epoch: epoch + 1 }]) {
      await tab.note({ epoch, generation: 1, who: 'ada', ...more });
      const kept = await tab.storage.get('token-vigil:app');
      expect(await reloaded().restore()).toMatchObject(nobody);
      expect(tab.storage.get('token-vigil:app')).toBeUndefined();
      void tab.storage.set('token-vigil:app', kept!);
    }
  });

  test('stands in for a record that was lost', async () => {
    const { epoch } = await signedIn();
    const lastActivityWallMs = tab.clock.wallMs();
    await tab.note({ epoch: 0, generation: 0, who: null, lastActivityWallMs: null });
    expect(await reloaded().restore()).toMatchObject(granted);
    expect(await tab.record.read()).toMatchObject({ epoch, generation: 1, who: 'ada', lastActivityWallMs });
  });

  test('of somebody without a name is so in a record that was lost', async () => {
    tab.answers.push(() => json({ ...tab.issue('ada'), id_token: null }));
    await signedIn();
    await tab.note({ epoch: 0, generation: 0, who: null });
    const page = reloaded();
    expect(await page.restore()).toMatchObject(granted);
    expect([(await tab.record.read()).who, page.vault.who()]).toEqual(['', '']);
  });

  test('that nothing can renew is taken up all the same, and stays so', async () => {
    tab.answers.push(() => json({ ...tab.issue('ada'), refresh_token: null }));
    const { renewAt } = await signedIn();
    tab.clock.jumpWall(-60_000);
    const page = reloaded();
    expect(await page.restore()).toMatchObject({ ...granted, lease: { renewAt } });
    expect(page.vault.lease()!.freshUntil.wallMs).toBeLessThanOrEqual(tab.clock.wallMs());
    expect([renewAt, grantsOf()]).toEqual([null, ['password']]);
  });

  test.each([
    ['is none', () => json({}, { status: 503 })],
    ['cannot be used but for its refresh token', () => json({ ...tab.issue('ada'), expires_in: 'soon' })],
    ['is a good one', () => json(tab.issue('ada'))],
  ])('that was overtaken leaves the storage to whoever came, where the answer %s', async (_what, answer) => {
    await signedIn();
    tab.clock.suspend(295_000);
    const page = reloaded();
    const { by, login } = page.attempt('restore');
    const kept = tab.storage.get('token-vigil:app');
    tab.answers.push(() => {
      by.permit.revoke();
      return answer();
    });
    expect(await login()).toMatchObject(nobody);
    expect([page.vault.lease(), tab.storage.get('token-vigil:app')]).toEqual([undefined, kept]);
    expect(page.users).toEqual([]);
  });

  test('that the policy has signed out meanwhile is handed to nobody, and for the machine to end', async () => {
    await signedIn();
    tab.clock.suspend(60_000);
    const page = reloaded({ idle: { signOutAfter: 60_000 } });
    await page.restore();
    expect(page.vault.lease()!.freshUntil.wallMs).toBeLessThanOrEqual(tab.clock.wallMs());
    expect(grantsOf()).toEqual(['password']);
  });

  test('outlives a sign-in that came back in vain', async () => {
    await signedIn();
    const page = tab.load(tab.cameBack(await leftFrom(), 'access_denied'), {
      options: { storage: tab.storage },
    });
    expect(await page.restore()).toMatchObject(granted);
    expect(page.errors.map(({ code }) => code)).toEqual(['sign_in_refused']);
  });
});

describe('a renewal in a frame', () => {
  const renewed = async (claims: object, scope = 'openid') => {
    tab.answers.push(() => json({ ...tab.issue('ada'), refresh_token: null, ...claims }));
    const frame = vi.fn((url: string) => tab.cameBack(url, { sub: 'ada' }));
    const page = tab.load(here, { options: { silent: 'frame', scope }, frame });
    await page.signIn({ username: 'ada', password: 'planted-password' });
    return { page, frame, answer: await page.renew() };
  };

  test('goes on with the same user', async () => {
    const { answer } = await renewed({});
    expect(answer).toMatchObject({ type: 'refresh.granted', lease: { generation: 2 } });
  });

  test.each([
    ['whoever is here has no name', { id_token: null }, 'openid'],
    ['its answer would name nobody', {}, 'api'],
  ])('is not asked for where %s: it could find another user', async (_why, claims, scope) => {
    const { page, frame, answer } = await renewed(claims, scope);
    expect(answer).toMatchObject({ type: 'refresh.failed', failure: { class: 'interaction' } });
    expect([frame.mock.calls, page.vault.bearer()?.token]).toEqual([[], 'access-1']);
  });
});

describe('a rescue', () => {
  const rescued = async (sub: string, first: () => Response) => {
    tab.answers.push(first);
    const frame = (url: string) => tab.cameBack(url, { sub });
    const page = tab.load(here, { options: { silent: 'frame' }, frame });
    await page.signIn({ username: 'ada', password: 'planted-password' });
    return { page, answer: await page.rescue() };
  };
  const ada = (): Response => json(tab.issue('ada'));

  test('is a renewal by the provider’s own session', async () => {
    const { answer } = await rescued('ada', ada);
    expect(answer).toMatchObject({ ...granted, lease: { generation: 2 } });
  });

  test('that finds another user ends the session', async () => {
    const { page, answer } = await rescued('bob', ada);
    expect([answer, page.vault.lease()]).toMatchObject([
      { failure: { code: 'sign_in_cancelled' } },
      undefined,
    ]);
  });

  test('says nothing of whoever has no name, and its failure is not told', async () => {
    const { page, answer } = await rescued('bob', () =>
      json({ access_token: 'nameless', token_type: 'Bearer', expires_in: 300 }),
    );
    expect(answer).toMatchObject({ failure: { class: 'interaction' } });
    expect(page.errors).toEqual([]);
  });

  test('waits for a renewal under way', async () => {
    const frame = vi.fn((url: string) => tab.cameBack(url, {}));
    const page = tab.load(here, { options: { silent: 'frame' }, frame });
    await page.signIn({ username: 'ada', password: 'planted-password' });
    let refuse = (): void => {};
    tab.answers.push(() => new Promise((resolve) => (refuse = () => resolve(invalidGrant()))));
    const renewal = page.renew();
    const rescue = page.rescue();
    await vi.waitFor(() => expect(tab.sent).toHaveLength(2));
    await drainMicrotasks();
    expect(frame).not.toHaveBeenCalled();
    refuse();
    expect([await renewal, await rescue]).toMatchObject([{ type: 'refresh.failed' }, granted]);
  });

  test('needs a frame', async () => {
    const page = tab.load(here);
    await page.signIn({ username: 'ada', password: 'planted-password' });
    expect(await page.rescue()).toMatchObject({ failure: { code: 'interaction_required' } });
  });
});
