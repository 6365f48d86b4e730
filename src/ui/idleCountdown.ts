import type { Milliseconds, Selection, Session, Stop } from '../index.ts';

/** What is left while the user is warned, in whole seconds; `null` while they are not. It counts only while they are. */
export const idleCountdown = (session: Session<unknown>): Selection<Milliseconds | null> => {
  const left = session.remaining('session');
  const warning = session.select((view) => view.warning);
  return {
    get: () => (warning.get() ? left.get() : null),
    subscribe(listener) {
      let stopCounting: Stop | undefined;
      const follow = (): void => {
        stopCounting?.();
        stopCounting = warning.get() ? left.subscribe(listener) : undefined;
      };
      const stopFollowing = warning.subscribe(() => {
        follow();
        listener();
      });
      follow();
      return () => {
        stopFollowing();
        stopCounting?.();
      };
    },
  };
};
