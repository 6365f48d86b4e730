import { expect, onTestFinished, test, vi } from 'vitest';
import { createSession, type OwnTokenResponse, type SignInOptions } from '../../../src/index.ts';
import { createLoginService } from '../../../src/session/loginService.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

const tokens: OwnTokenResponse = { access_token: 'access', refresh_token: 'refresh', expires_in: 300 };

/** A session whose sign-ins a person answers: in their order. */
const sessionWithPerson = () => {
  const asked: { readonly options: SignInOptions; answer(): void }[] = [];
  const signIn = (options: SignInOptions): Promise<OwnTokenResponse> =>
    new Promise((resolve) => {
      asked.push({ options, answer: () => resolve({ ...tokens, requestedAt: Date.now() }) });
    });
  const clock = createVirtualClock({ wallMs: Date.now() });
  const session = createSession({
    issuer: 'https://id.test',
    clientId: 'web',
    clock,
    scope: 'profile',
    grants: { signIn },
    user: () => ({ name: 'Ada' }),
  });
  onTestFinished(session.stop);
  const isAsked = async (count: number): Promise<void> => {
    await expect.poll(() => asked.length).toBe(count);
  };
  return { session, asked, isAsked };
};

const reason = new Error('Went elsewhere');
const outcome = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

test.each(['signIn', 'require'] as const)(
  'session.%s rejects with the reason as soon as its signal aborts, and what comes of it later is dropped',
  async (call) => {
    const { session, asked, isAsked } = sessionWithPerson();
    const controller = new AbortController();
    const work = outcome(session[call]({ scope: 'own', signal: controller.signal }));
    await isAsked(1);
    expect(asked[0]?.options).toMatchObject({ scope: 'own', signal: { aborted: false } });
    controller.abort(reason);
    expect(await work).toBe(reason);
    expect(asked[0]?.options.signal?.aborted).toBe(true);
    asked[0]?.answer();
    await expect.poll(() => session.status).toBe('signedOut');
    expect([session.user, session.peekAccessToken()]).toEqual([null, undefined]);

    const next = session[call]();
    await isAsked(2);
    asked[1]?.answer();
    expect(await next).toEqual({ name: 'Ada' });
  },
);

test('a signal that has aborted before begins nothing', async () => {
  const { session, asked } = sessionWithPerson();
  const signal = AbortSignal.abort(reason);
  expect(await Promise.all([session.signIn({ signal }), session.require({ signal })].map(outcome))).toEqual([
    reason,
    reason,
  ]);
  expect([asked, session.status]).toEqual([[], 'signedOut']);
});

test('what is not a signal is refused in a sentence', async () => {
  const { session } = sessionWithPerson();
  await expect(session.signIn({ signal: {} as AbortSignal })).rejects.toMatchObject({
    code: 'option_invalid',
    message: 'signal.addEventListener must be of type function',
  });
});

test('a signal alone is no wish: whoever is signed in does not sign in again', async () => {
  const { session, asked, isAsked } = sessionWithPerson();
  const first = session.signIn();
  await isAsked(1);
  asked[0]?.answer();
  await first;
  const { signal } = new AbortController();
  expect(await Promise.all([session.signIn({ signal }), session.require({ signal })])).toEqual([
    { name: 'Ada' },
    { name: 'Ada' },
  ]);
  expect(asked).toHaveLength(1);
});

test('a sign-in that several require goes on until the last of them gives it up', async () => {
  const { session, asked, isAsked } = sessionWithPerson();
  const [one, two] = [new AbortController(), new AbortController()];
  const works = [one, two].map(({ signal }) => outcome(session.require({ signal })));
  await isAsked(1);
  one.abort(reason);
  expect(await works[0]).toBe(reason);
  expect(asked[0]?.options.signal?.aborted).toBe(false);

  // Whoever asks in the turn in which it was given up begins another.
  two.abort(reason);
  const third = session.require({ returnTo: '/third' });
  await isAsked(2);
  expect([asked[0]?.options.signal?.aborted, asked[1]?.options.returnTo]).toEqual([true, '/third']);
  asked[0]?.answer();
  expect(await works[1]).toBe(reason);
  // The end of the one that was given up is not the end of the other.
  await session.ready;
  const fourth = session.require();
  await expect.poll(() => session.state).toBe('anonymous.signingIn');
  asked[1]?.answer();
  expect(await Promise.all([third, fourth])).toEqual([{ name: 'Ada' }, { name: 'Ada' }]);
  expect(asked).toHaveLength(2);
});

test('an abort after the end of a sign-in ends nothing else', async () => {
  const { session, asked, isAsked } = sessionWithPerson();
  const controller = new AbortController();
  const removed = vi.spyOn(controller.signal, 'removeEventListener');
  const first = session.require({ signal: controller.signal });
  await isAsked(1);
  asked[0]?.answer();
  await first;
  await expect.poll(() => removed.mock.calls.length).toBe(1);
  await session.signOut();
  const next = session.require();
  await isAsked(2);
  controller.abort(reason);
  expect(asked[1]?.options.signal?.aborted).toBe(false);
  asked[1]?.answer();
  expect(await next).toEqual({ name: 'Ada' });
});

test('a sign-in that was given up while another one was under way is not begun', async () => {
  const grants = vi.fn();
  const permitSignIn = vi.fn();
  const service = createLoginService({
    vault: { permitSignIn } as never,
    tickets: { find: () => undefined, onClosed: () => undefined },
    grants,
    identity: { noteError: () => undefined },
    endings: { hear: () => undefined, heard: undefined },
  });
  let receive: ((request: never) => void) | undefined;
  const tell = vi.fn();
  service((listener) => (receive = listener), tell);
  receive?.({ type: 'login.requested', kind: 'interactive', attempt: 7, ticket: 3 } as never);
  await expect.poll(() => tell.mock.calls).toEqual([[{ type: 'login.failed', attempt: 7, failure: null }]]);
  expect([grants.mock.calls, permitSignIn.mock.calls]).toEqual([[], []]);
});
