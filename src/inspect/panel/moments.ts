import { type Base, baseAfter, type Recorded } from '../backlog.ts';
import { edgesIn, type Taken } from '../edgesIn.ts';
import type { InspectEntry } from '../inspectEntry.ts';

/** What was the case after an entry. */
export interface Moment {
  readonly machine: Base | null;
  /** The edges of the last event that led along any. */
  readonly taken: readonly Taken[];
}

/** What was the case when: found in the entries, with a note of it at every so many. */
export interface Moments {
  /** After the entry at this place; before the first: -1. */
  at(index: number): Moment;
}

const EVERY = 200;

const takenIn = (machine: Base | null, entry: InspectEntry): readonly Taken[] =>
  entry.kind === 'step' && machine ? edgesIn(machine, entry.micro, entry.at) : [];

const after = ({ machine, taken: before }: Moment, entry: InspectEntry): Moment => {
  const taken = takenIn(machine, entry);
  return { machine: baseAfter(machine, entry), taken: taken.length > 0 ? taken : before };
};

export const createMoments = ({ base, entries }: Recorded): Moments => {
  /** After so many entries each. */
  const notes: Moment[] = [{ machine: base, taken: [] }];

  const noted = (count: number): Moment => {
    for (let next = notes.length; next <= count; next++) {
      const from = (next - 1) * EVERY;
      notes.push(entries.slice(from, from + EVERY).reduce(after, notes[next - 1]!));
    }
    return notes[count]!;
  };

  return {
    at(index) {
      const count = Math.floor((index + 1) / EVERY);
      return entries.slice(count * EVERY, index + 1).reduce(after, noted(count));
    },
  };
};
