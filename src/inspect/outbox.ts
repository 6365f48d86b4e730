import { type Base, baseAfter } from './backlog.ts';
import type { InspectEntry } from './inspectEntry.ts';

/** Entries that wait to be sent. */
export interface Outbox {
  readonly isEmpty: boolean;
  /** `before`: what the machine knew before the first of them, for the case that others came and were lost before. */
  push(entries: readonly InspectEntry[], before?: Base | null): void;
  /** The oldest ones, numbered from 1 without a gap over all calls. */
  take(most: number): readonly InspectEntry[];
}

/** In place of entries that are lost: what the machine knows after them. */
const summed = (base: Base | null, { number, at }: InspectEntry): InspectEntry =>
  base ? { number, at, kind: 'started', ...base } : { number, at, kind: 'stopped' };

/** Beyond its limit the oldest entries are lost, and one that sums them up takes their place. */
export const createOutbox = (limit: number, onLoss: () => void): Outbox => {
  const waiting: InspectEntry[] = [];
  /** What the machine knew before the first of them. */
  let base: Base | null = null;
  let sent = 0;
  /** The number of the last that came; `undefined`: it was not yet told how it begins. */
  let heard: number | undefined;

  /** A tenth at a time, so that not each entry moves all others. */
  const drop = (): void => {
    const lost = waiting.splice(0, waiting.length - limit + Math.ceil(limit / 10));
    base = lost.reduce(baseAfter, base);
    waiting.unshift(summed(base, lost.at(-1)!));
    onLoss();
  };

  return {
    get isEmpty() {
      return waiting.length === 0;
    },
    push(entries, before = null) {
      const [first] = entries;
      if (first && heard !== undefined && first.number > heard + 1) {
        waiting.push(summed(before, first));
        onLoss();
      }
      heard = entries.at(-1)?.number ?? heard ?? 0;
      for (const entry of entries) waiting.push(entry);
      if (waiting.length > limit) drop();
    },
    take(most) {
      const taken = waiting.splice(0, most);
      base = taken.reduce(baseAfter, base);
      const [from, numbered] = [sent + 1, [] as InspectEntry[]];
      for (const [index, entry] of taken.entries()) numbered.push({ ...entry, number: from + index });
      sent += taken.length;
      return numbered;
    },
  };
};
