import type { SessionEvent } from '../../../machines/sessionEvents.ts';
import { type Base, baseAfter, type Recorded } from '../backlog.ts';
import type { InspectEntry, MicroStep } from '../inspectEntry.ts';
import { simulate } from '../simulate.ts';

/** What the machine of this version does at a step, beside what was recorded. */
export interface Replayed {
  readonly number: number;
  readonly recorded: string;
  readonly replayed: string;
}

type Step = Extract<InspectEntry, { kind: 'step' }>;

const isStep = (entry: InspectEntry): entry is Step =>
  entry.kind === 'step' && entry.event.type !== 'xstate.init';

const wayOf = (micro: readonly MicroStep[]): string =>
  micro.map(({ edge, state }) => (edge ? `${edge} → ${state}` : state)).join(', ');

/** A file can tell of what no machine can know: what is read of that cannot be foreseen. */
const replayed = (before: Base, { event, at }: Step): string => {
  try {
    return wayOf(simulate(before, event as SessionEvent, at).micro);
  } catch {
    return 'nothing, since it is impossible';
  }
};

/** Every step of a recording, played on the machine of this version. */
export const replaySteps = ({ base, entries }: Recorded): readonly Replayed[] => {
  const steps: Replayed[] = [];
  let current = base;
  for (const entry of entries) {
    if (current && isStep(entry))
      steps.push({
        number: entry.number,
        recorded: wayOf(entry.micro),
        replayed: replayed(current, entry),
      });
    current = baseAfter(current, entry);
  }
  return steps;
};

/** How far the machine of this version goes the way that was recorded. */
export const replayVerdict = (steps: readonly Replayed[]): string => {
  const other = steps.filter(({ recorded, replayed: now }) => recorded !== now);
  const [first] = other;
  if (!first) return `The machine of this version takes all ${steps.length} steps as they were recorded.`;
  return `The machine of this version takes ${other.length} of ${steps.length} steps otherwise, first at entry ${first.number}: ${first.replayed} instead of ${first.recorded}.`;
};
