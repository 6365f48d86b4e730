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
  push(entry: InspectEntry): void;
}

/** What the machine knows after a microstep. */
export const afterMicroStep = ({ context }: Base, { state, changed }: MicroStep): Base => ({
  state,
  context: { ...context, ...changed },
});

/** What the machine knows after an entry. */
export const baseAfter = (base: Base | null, entry: InspectEntry): Base | null => {
  if (entry.kind === 'stopped') return null;
  if (entry.kind === 'started') return { state: entry.state, context: entry.context };
  if (entry.kind !== 'step' || !base) return base;
  return entry.micro.reduce(afterMicroStep, base);
};

export const createBacklog = (limit: number): Backlog => {
  let entries: InspectEntry[] = [];
  let base: Base | null = null;

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
    push(entry) {
      entries.push(entry);
      if (entries.length > limit) drop();
    },
  };
};
