import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { SessionError } from '../../src/index.ts';
import { createFakeSession, drainMicrotasks, type FakeSession } from '../../src/testing/index.ts';
import type { Person } from './contract.ts';

/** What a guard shows in place of its content. */
interface GuardShows {
  /** `wayBack`: a button that says why the session has ended, and signs in again. */
  readonly ended?: 'over' | 'wayBack';
  readonly signedOut?: 'Goodbye';
}

/** A guard without a router, in one framework. */
export interface GuardAdapter {
  /**
   * Shows a user's name behind the guard, and `One moment` as its fallback. An error boundary around it shows the error's code as
   * a button that tries again.
   *
   * @param session Given to a provider around all of it, if there is one
   * @returns What takes it off the page
   */
  mount(session: FakeSession<Person> | undefined, into: HTMLElement, shows: GuardShows): () => void;
  /** Until the page shows what has been told. */
  settle(): Promise<void>;
}

const fake = (): FakeSession<Person> => {
  const session = createFakeSession<Person>({ user: { name: 'Ada' } });
  onTestFinished(session.stop);
  return session;
};

const seen = (): string => document.body.textContent ?? '';

const click = (): void => document.querySelector('button')!.click();

/** What holds for `RequireUser` of each framework that has it. */
export const describeGuard = (name: string, { mount, settle }: GuardAdapter): void => {
  const show = (session: FakeSession<Person> | undefined, shows: GuardShows = {}): (() => void) => {
    const unmount = mount(session, document.body.appendChild(document.createElement('main')), shows);
    onTestFinished(unmount);
    return unmount;
  };
  /** What is seen once all that was told is shown. */
  const settled = async (): Promise<string> => {
    await drainMicrotasks();
    await settle();
    return seen();
  };

  describe(`RequireUser of ${name}`, () => {
    beforeEach(() => document.body.replaceChildren());

    test('waits until the session is known, and asks nobody who is signed in already', async () => {
      const session = fake();
      await session.enter('authenticated');
      const signIn = vi.spyOn(session, 'signIn');
      show(session);
      expect(seen()).toBe('Ada');
      expect([await settled(), signIn.mock.calls.length]).toEqual(['Ada', 0]);
    });

    test('shows the fallback, signs in, comes back to the page, and shows the content', async () => {
      const session = fake();
      const required = vi.spyOn(session, 'require');
      show(session);
      expect([session.status, seen()]).toEqual(['loading', 'One moment']);
      await expect.poll(seen).toBe('Ada');
      expect(required).toHaveBeenCalledExactlyOnceWith({
        returnTo: location.href,
        signal: expect.any(AbortSignal),
      });
    });

    test('signs nobody in once it is gone', async () => {
      const session = fake();
      const required = vi.spyOn(session, 'require');
      // Another root still runs it.
      onTestFinished(session.run());
      show(session)();
      await session.start();
      await drainMicrotasks();
      expect([session.status, required.mock.calls.length]).toEqual(['signedOut', 0]);
    });

    test('gives up a sign-in that has begun when it goes', async () => {
      const session = fake();
      const signals: (AbortSignal | undefined)[] = [];
      vi.spyOn(session, 'require').mockImplementation(({ signal } = {}) => {
        signals.push(signal);
        return new Promise(() => undefined);
      });
      const unmount = show(session);
      await expect.poll(() => signals.length).toBe(1);
      expect(signals[0]!.aborted).toBe(false);
      unmount();
      await settle();
      expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
    });

    test('brings what goes wrong to the nearest error boundary, and tries again after it', async () => {
      const session = fake();
      const required = vi
        .spyOn(session, 'require')
        .mockRejectedValueOnce(new SessionError('sign_in_refused', 'They said no'));
      show(session);
      await expect.poll(seen).toBe('sign_in_refused');
      click();
      await expect.poll(seen).toBe('Ada');
      expect(required).toHaveBeenCalledTimes(2);
    });

    test('signs in again when the session ends, and shows nothing of it meanwhile', async () => {
      const session = fake();
      await session.enter('authenticated');
      show(session);
      await settled();
      let signsIn: (() => void) | undefined;
      vi.spyOn(session, 'require').mockImplementation(async () => {
        await new Promise<void>((resolve) => void (signsIn = resolve));
        return session.signIn();
      });
      await session.expire('revoked');
      expect(await settled()).toBe('One moment');
      session.signsInNext({ name: 'Bob' });
      signsIn!();
      await expect.poll(seen).toBe('Bob');
    });

    test('shows nothing of an earlier end when the session begins anew', async () => {
      const session = fake();
      await session.enter('authenticated');
      show(session, { ended: 'over' });
      await settled();
      await session.expire('revoked');
      expect(await settled()).toBe('over');
      await session.signIn();
      session.stop();
      expect([session.status, await settled()]).toEqual(['loading', 'One moment']);
    });

    test('shows why the session ended where it is told to', async () => {
      const session = fake();
      await session.enter('authenticated');
      show(session, { ended: 'wayBack' });
      await settled();
      const required = vi.spyOn(session, 'require');
      await session.expire('lapsed');
      expect([await settled(), required.mock.calls.length]).toEqual(['lapsed', 0]);
      click();
      await expect.poll(seen).toBe('Ada');
    });

    test('signs nobody in again who has signed out', async () => {
      const session = fake();
      await session.enter('authenticated');
      show(session, { signedOut: 'Goodbye' });
      await settled();
      const required = vi.spyOn(session, 'require');
      await session.signOut();
      expect([await settled(), session.status, required.mock.calls.length]).toEqual([
        'Goodbye',
        'signedOut',
        0,
      ]);
      await session.signIn();
      expect(await settled()).toBe('Ada');
    });

    test('shows the fallback after a sign-out where nothing else is to be shown', async () => {
      const session = fake();
      await session.enter('authenticated');
      show(session);
      await settled();
      await session.signOut();
      expect(await settled()).toBe('One moment');
    });

    test('guards again after a sign-out and another sign-in', async () => {
      const session = fake();
      await session.enter('authenticated');
      show(session, { signedOut: 'Goodbye' });
      await settled();
      await session.signOut();
      await session.signIn();
      const required = vi.spyOn(session, 'require');
      await session.expire('revoked');
      await expect.poll(seen).toBe('Ada');
      expect(required).toHaveBeenCalledOnce();
    });

    test('gives up its sign-in for the next one when a session ends meanwhile', async () => {
      const session = fake();
      const signals: AbortSignal[] = [];
      vi.spyOn(session, 'require').mockImplementation(({ signal } = {}) => {
        signals.push(signal!);
        return new Promise(() => undefined);
      });
      show(session);
      await expect.poll(() => signals.length).toBe(1);
      await session.signIn();
      await session.expire('revoked');
      await expect.poll(() => signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    });

    test('takes a sign-out during the sign-in for an answer, not for an error', async () => {
      const session = fake();
      const refuse: ((error: unknown) => void)[] = [];
      vi.spyOn(session, 'require').mockImplementation(
        () => new Promise((_resolve, reject) => void refuse.push(reject)),
      );
      show(session, { signedOut: 'Goodbye' });
      await expect.poll(() => refuse.length).toBe(1);
      await session.signIn();
      await session.signOut();
      refuse[0]!(new SessionError('sign_in_cancelled', 'Given up'));
      expect(await settled()).toBe('Goodbye');
    });

    test('is a part of no session of its own: it says so where none was given', () => {
      show(undefined);
      expect(seen()).toBe('option_invalid');
    });
  });
};
