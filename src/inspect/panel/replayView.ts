import type { SessionEvent } from '../../../machines/sessionEvents.ts';
import { baseAfter, type Base } from '../backlog.ts';
import type { InspectEntry } from '../inspectEntry.ts';
import { simulate } from '../simulate.ts';
import { clockTime } from './clockTime.ts';
import { type Dom, write } from './dom.ts';
import type { InspectorSource } from './source.ts';

/** Plays a recording again, step by step. */
export interface ReplayView {
  readonly element: HTMLElement;
  show(source: InspectorSource, chosen: number | null): void;
}

/** What the machine of this version does at a step, beside what was recorded. */
interface Compared {
  readonly number: number;
  readonly recorded: string;
  readonly replayed: string;
}

type Step = Extract<InspectEntry, { kind: 'step' }>;

const isStep = (entry: InspectEntry): entry is Step =>
  entry.kind === 'step' && entry.event.type !== 'xstate.init';

const wayOf = (micro: Step['micro']): string =>
  micro.map(({ edge, state }) => (edge ? `${edge} → ${state}` : state)).join(', ');

const compare = (before: Base, entry: Step): Compared => {
  const { micro } = simulate(before, entry.event as SessionEvent, entry.at);
  return { number: entry.number, recorded: wayOf(entry.micro), replayed: wayOf(micro) };
};

/** Every step of a recording, played on the machine of this version. */
const replaySteps = ({ base, entries }: Pick<InspectorSource, 'base' | 'entries'>): readonly Compared[] => {
  const compared: Compared[] = [];
  let current = base;
  for (const entry of entries) {
    if (current && isStep(entry)) compared.push(compare(current, entry));
    current = baseAfter(current, entry);
  }
  return compared;
};

export const replayView = ({ h }: Dom, choose: (entry: number | null) => void): ReplayView => {
  const previous = h('button', { type: 'button' }, '◀ Step');
  const next = h('button', { type: 'button' }, 'Step ▶');
  const verdict = h('p', { role: 'status' });
  const place = h('p', { class: 'muted' });
  let steps: readonly Compared[] = [];
  let of: InspectorSource | undefined;
  let chosen: number | null = null;

  const go = (by: 1 | -1): void => {
    const numbers = steps.map(({ number }) => number);
    const to =
      by > 0
        ? numbers.find((number) => number > (chosen ?? 0))
        : numbers.findLast((number) => number < (chosen ?? 0));
    if (to !== undefined) choose(to);
  };
  previous.addEventListener('click', () => go(-1));
  next.addEventListener('click', () => go(1));

  const judge = (): void => {
    const other = steps.filter(({ recorded, replayed }) => recorded !== replayed);
    write(
      verdict,
      other.length === 0
        ? `The machine of this version takes all ${steps.length} steps as they were recorded.`
        : `The machine of this version takes ${other.length} of ${steps.length} steps otherwise, first at entry ${other[0]!.number}: ${other[0]!.replayed} instead of ${other[0]!.recorded}.`,
    );
  };

  return {
    element: h('div', { class: 'replay' }, h('div', { class: 'tools' }, previous, next), verdict, place),
    show(source, at) {
      chosen = at;
      if (source.isLive) return;
      if (source !== of) {
        of = source;
        steps = replaySteps(source);
        judge();
      }
      const passed = steps.filter(({ number }) => number <= (chosen ?? Infinity));
      const entry = source.entries.find(({ number }) => number === chosen);
      write(place, `Step ${passed.length} of ${steps.length}${entry ? `, ${clockTime(entry.at)}` : ''}`);
    },
  };
};
