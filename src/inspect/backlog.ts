import type { SessionContext } from '../../machines/sessionContext.ts';
import type { SessionState } from '../session/sessionView.ts';
import type { InspectEntry, MicroStep } from './inspectEntry.ts';

/** What the machine knew before the first entry that is kept; `null`: it did not run. */
export interface Base {
  readonly state: SessionState;
  readonly context: SessionContext;
}

/** Entries, and what they begin with. */
export interface Recorded {
  readonly base: Base | null;
  /** Oldest first. */
  readonly entries: readonly InspectEntry[];
}

/** Entries that are kept up to a limit. */
export interface Backlog extends Recorded {
  /** Those with a greater number, as far as they are kept. */
  after(number: number): readonly InspectEntry[];
  push(entry: InspectEntry): void;
}

/** What the machine knows after a microstep. */
export const afterMicroStep = ({ context }: Base, { state, changed }: MicroStep): Base => ({
  state,
  context: { ...context, ...changed },
});

/** What the machine knows in turn through an entry: after each microstep of a step, else once. */
export const momentsOf = (base: Base | null, entry: InspectEntry): readonly (Base | null)[] => {
  if (entry.kind === 'stopped') return [null];
  if (entry.kind === 'started') return [{ state: entry.state, context: entry.context }];
  if (entry.kind !== 'step' || !base) return [base];
  const moments = [base];
  for (const micro of entry.micro) moments.push(afterMicroStep(moments.at(-1)!, micro));
  return moments;
};

/** What the machine knows after an entry. */
export const baseAfter = (base: Base | null, entry: InspectEntry): Base | null =>
  momentsOf(base, entry).at(-1)!;

export const createBacklog = (limit: number, begin: Base | null = null): Backlog => {
  let entries: InspectEntry[] = [];
  let base: Base | null = begin;

  /** A tenth at a time, so that not each entry moves all others. */
  const drop = (): void => {
    const gone = entries.splice(0, Math.max(1, Math.ceil(limit / 10)));
    base = gone.reduce(baseAfter, base);
  };

  return {
    get base() {
      return base;
    },
    get entries() {
      return entries;
    },
    after(number) {
      const first = entries[0]?.number ?? 1;
      return entries.slice(Math.max(0, number + 1 - first));
    },
    push(entry) {
      entries.push(entry);
      if (entries.length > limit) drop();
    },
  };
};
