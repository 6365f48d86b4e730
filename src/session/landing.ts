import { requireType } from '../errors/requireType.ts';
import type { ReturnListener } from '../grants/grantOptions.ts';
import { createReadiness } from './readiness.ts';
import type { Session } from './session.ts';

/** The way back from a sign-in by redirect. */
export interface Landing extends Pick<Session<unknown>, 'arrived' | 'onReturn'> {
  /** Who navigates: whoever said so last. */
  listener(): ReturnListener | undefined;
  /** The address bar is the app's again. */
  settle(): void;
}

/** The page has not landed yet. `listener`: who navigates where nobody else says so. */
export const createLanding = (listener: ReturnListener | undefined): Landing => {
  const listeners = new Set([listener]);
  const { promise: arrived, resolve } = createReadiness<void>();
  return {
    arrived,
    settle: () => resolve(),
    listener: () => [...listeners].at(-1),
    onReturn(later) {
      requireType('function', later);
      const mine: ReturnListener = (...news) => later(...news);
      listeners.add(mine);
      return () => void listeners.delete(mine);
    },
  };
};
