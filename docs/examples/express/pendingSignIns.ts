import type { PendingSignIn } from './codeFlow.ts';

/** Sign-ins that have left for the provider, each bound to the browser it left from. */
export interface PendingSignIns {
  keep(browser: string, pending: PendingSignIn): void;
  /** The one that an answer belongs to, once, and only for the same browser. */
  take(browser: string | undefined, state: string): PendingSignIn | undefined;
}

const LONGEST_MS = 10 * 60_000;
/** `/login` is open to anybody: the oldest give way. */
const MOST = 10_000;

interface Kept {
  readonly browser: string;
  readonly pending: PendingSignIn;
  readonly keptAtMs: number;
}

export const createPendingSignIns = (nowMs: () => number = () => performance.now()): PendingSignIns => {
  const kept = new Map<string, Kept>();

  const isOver = ({ keptAtMs }: Kept): boolean => nowMs() - keptAtMs > LONGEST_MS;
  const makeRoom = (): void => {
    // A map lists what was put in first, first.
    for (const [state, entry] of kept) {
      if (kept.size < MOST && !isOver(entry)) return;
      kept.delete(state);
    }
  };

  return {
    keep(browser, pending) {
      makeRoom();
      kept.set(pending.state, { browser, pending, keptAtMs: nowMs() });
    },
    take(browser, state) {
      const found = kept.get(state);
      if (!found || found.browser !== browser) return undefined;
      kept.delete(state);
      return isOver(found) ? undefined : found.pending;
    },
  };
};
