import { clockTime } from './clockTime.ts';
import { type Dom, write } from './dom.ts';
import { type Replayed, replaySteps, replayVerdict } from './replaySteps.ts';
import type { InspectorSource } from './source.ts';

/** Plays a recording again, step by step. */
export interface ReplayView {
  readonly element: HTMLElement;
  show(source: InspectorSource, chosen: number | null): void;
}

export const replayView = ({ h }: Dom, choose: (entry: number | null) => void): ReplayView => {
  const previous = h('button', { type: 'button' }, '◀ Step');
  const next = h('button', { type: 'button' }, 'Step ▶');
  const verdict = h('p', { role: 'status' });
  const place = h('p', { class: 'muted' });
  let steps: readonly Replayed[] = [];
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

  return {
    element: h('div', { class: 'replay' }, h('div', { class: 'tools' }, previous, next), verdict, place),
    show(source, at) {
      chosen = at;
      if (source.isLive) return;
      if (source !== of) {
        of = source;
        steps = replaySteps(source);
        write(verdict, replayVerdict(steps));
      }
      const passed = steps.filter(({ number }) => number <= (chosen ?? Infinity));
      const entry = source.entries.find(({ number }) => number === chosen);
      write(place, `Step ${passed.length} of ${steps.length}${entry ? `, ${clockTime(entry.at)}` : ''}`);
    },
  };
};
