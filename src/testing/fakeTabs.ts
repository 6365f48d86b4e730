import type { Milliseconds } from '../time/clock.ts';
import { createFakeOrigin } from './fakeOrigin.ts';
import { clockOfToday, type FakeSession, type FakeSessionOptions, openFakeSession } from './fakeSession.ts';
import type { VirtualClock } from './virtualClock.ts';

/** Tabs of one origin, and so of one session, on one clock. */
export interface FakeTabs<User> {
  readonly clock: VirtualClock;
  /** Opens a tab, and starts its session: whoever is signed in in another tab is soon signed in in this one. */
  open(): FakeSession<User>;
  /** Closes a tab: it tells and hears nothing more. */
  close(tab: FakeSession<User>): void;
  /** Moves the clock of all tabs. By 0, it lets them do what another tab has just told them. */
  advance(ms: Milliseconds): Promise<void>;
}

/**
 * Several tabs that share one session, for tests of what happens in all of them: what one does, the others learn as real tabs
 * do. The options are those of a fake session.
 *
 * @example
 * const tabs = createFakeTabs({ user: { name: 'Ada' } })
 * const [a, b] = [tabs.open(), tabs.open()]
 * await a.signIn()
 * b.status // 'signedIn'
 */
export const createFakeTabs = <User>({
  user,
  clock = clockOfToday(),
  ...options
}: FakeSessionOptions<User>): FakeTabs<User> => {
  const origin = createFakeOrigin(user);
  return {
    clock,
    open() {
      const tab = openFakeSession(origin, { ...options, clock });
      void tab.start();
      return tab;
    },
    close: (tab) => tab.stop(),
    advance: (ms) => clock.advance(ms),
  };
};
