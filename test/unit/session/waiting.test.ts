import { expect, onTestFinished, test, vi } from 'vitest';
import { lateParts } from '../../../src/session/lateParts.ts';
import type { SessionError } from '../../../src/errors/sessionError.ts';
import { createGrants } from '../../../src/grants/createGrants.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { createLanding } from '../../../src/session/landing.ts';
import { assembleSession } from '../../../src/session/assembleSession.ts';
import type { Platform } from '../../../src/session/platform.ts';
import { resolveOptions } from '../../../src/session/resolveOptions.ts';
import { createVirtualClock } from '../../../src/testing/index.ts';

/** A session outside a page whose app answers grants when a test says so. */
const waiting = () => {
  const clock = createVirtualClock();
  let holds = 0;
  const answers: (() => void)[] = [];
  const answered = (): Promise<void> => new Promise((resolve) => answers.push(resolve));
  const grant = async () => {
    await answered();
    return { access_token: `token-${answers.length}`, expires_in: 300, refresh_token: 'r' };
  };
  const platform: Platform = {
    clock,
    random: () => 0.5,
    window: undefined,
    fetch: async () => {
      await answered();
      return Response.json({});
    },
    holdProcess: () => {
      holds++;
      let isHeld = true;
      return () => {
        if (isHeld) holds--;
        isHeld = false;
      };
    },
    async loadGrants(deps) {
      await answered();
      return { ...createGrants({ ...deps, page: undefined, record: createMemoryRecord() }), ...lateParts };
    },
  };
  const options = { issuer: 'https://id.test', clientId: 'web', grants: { signIn: grant, refresh: grant } };
  const session = assembleSession(resolveOptions(options, platform), platform);
  onTestFinished(session.stop);
  return {
    session,
    holds: () => holds,
    answer: async () => {
      await vi.waitFor(() => expect(answers).not.toHaveLength(0));
      answers.shift()!();
      await clock.advance(0);
    },
  };
};

test('a start, a sign-in, a renewal and a sign-out hold the process while they wait; a session at rest does not', async () => {
  const { session, holds, answer } = waiting();
  expect(holds()).toBe(0);
  const started = session.start();
  expect(holds()).toBe(1);
  await answer();
  await started;
  expect(holds()).toBe(0);
  const signedIn = session.signIn();
  await vi.waitFor(() => expect(holds()).toBe(1));
  await answer();
  await signedIn;
  expect(holds()).toBe(0);
  const renewed = session.renew();
  await vi.waitFor(() => expect(holds()).toBe(1));
  await answer();
  await renewed;
  expect(holds()).toBe(0);
  const signedOut = session.signOut();
  expect(holds()).toBe(1);
  await answer();
  await signedOut;
  expect(holds()).toBe(0);
});

test('a stop lets the process go', async () => {
  const { session, holds } = waiting();
  void session.start();
  const signedIn = session.signIn();
  expect(holds()).toBe(2);
  session.stop();
  expect(holds()).toBe(0);
  await expect(signedIn).rejects.toMatchObject({ code: 'session_stopped' });
});

test.each(['signIn', 'require', 'renew'] as const)(
  '%s() that is stopped in whatever turn of its beginning says so',
  async (call) => {
    for (let turns = 0; turns < 20; turns++) {
      const { session, answer } = waiting();
      const ready = session.start();
      await answer();
      await ready;
      if (call === 'renew') {
        const signedIn = session.signIn();
        await answer();
        await signedIn;
      }
      const outcome = session[call]().then(
        () => 'resolved',
        ({ code }: SessionError) => code,
      );
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      session.stop();
      expect([turns, await outcome]).toEqual([turns, 'session_stopped']);
    }
  },
);

test('who sets `onReturn` last is told, and with their undo the one before', () => {
  const [option, router, other] = [vi.fn(), vi.fn(), vi.fn()];
  const landing = createLanding(option);
  const undo = landing.onReturn(router);
  const undoOther = landing.onReturn(other);
  const answer = new URLSearchParams();
  landing.listener()?.('https://app.test/inbox', answer);
  expect(other).toHaveBeenCalledExactlyOnceWith('https://app.test/inbox', answer);
  undoOther();
  landing.listener()?.('https://app.test/', answer);
  expect(router).toHaveBeenCalledOnce();
  undo();
  expect(landing.listener()).toBe(option);
  expect(createLanding(undefined).listener()).toBe(undefined);
});
