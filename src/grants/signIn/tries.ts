import { createTabStore, type TabStore } from '../../storage/tabStore.ts';
import type { Clock, Milliseconds } from '../../time/clock.ts';
import type { GrantDeps } from '../grantDeps.ts';

/** What this tab has tried since somebody was last signed in in it. */
export interface Tries {
  /** Whether this was not tried yet. */
  isNew(what: 'silent' | 'afresh' | 'code'): boolean;
  /** It is being tried. */
  note(what: 'silent' | 'afresh' | 'code'): void;
  /** How many answers in a row came back from the provider and brought no session. */
  returns(): number;
  /** One more came back. */
  countReturn(): void;
  /** Somebody is signed in, or the app itself asks for it: forget what was tried. */
  reset(): void;
}

/** After so long a row of answers is a row no more. */
const ROW_MS: Milliseconds = 60 * 60 * 1000;

const readRow = ({ read }: TabStore, clock: Clock): { count: number; atMs: Milliseconds } => {
  const [count, atMs] = (read('returns') ?? '').split(' ').map(Number);
  const isRow = count && atMs && Math.abs(clock.wallMs() - atMs) < ROW_MS;
  return isRow ? { count, atMs } : { count: 0, atMs: 0 };
};

/** Kept in this tab. Without storage nothing can be counted; `require` still shows what it does. */
export const createTries = ({ page, name, clock }: Pick<GrantDeps, 'page' | 'name' | 'clock'>): Tries => {
  const tab = createTabStore(() => page?.tabStorage, name);
  return {
    isNew: (what) => tab.read(what) === null,
    note: (what) => void tab.write(what, 'done'),
    returns: () => readRow(tab, clock).count,
    countReturn: () => void tab.write('returns', `${readRow(tab, clock).count + 1} ${clock.wallMs()}`),
    reset() {
      for (const what of ['returns', 'silent', 'afresh', 'code']) tab.write(what, null);
    },
  };
};
