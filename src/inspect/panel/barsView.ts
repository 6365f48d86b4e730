import type { SessionContext } from '../../../machines/sessionContext.ts';
import type { Instant } from '../../time/clock.ts';
import { type Deadline, remainingMs } from '../../time/deadline.ts';
import { deadlinesOf } from '../deadlinesOf.ts';
import { inWords } from '../guardWords.ts';
import type { Life } from '../inspectEntry.ts';
import type { View } from './view.ts';
import { type Dom, write } from './dom.ts';

/** What a bar shows at a moment. */
interface Shown {
  readonly context: SessionContext | null;
  readonly now: Instant;
}

/** A mark on a bar. */
interface Mark {
  readonly name: string;
  readonly at: Deadline | null;
}

interface Bar {
  readonly life: Life | null;
  readonly marks: readonly Mark[];
}

const names = {
  accessToken: 'Access token',
  refreshToken: 'Refresh token',
  idle: 'Until the user counts as away',
  idleSession: 'Until the idle session ends',
} as const;

const barsOf = (context: SessionContext): Readonly<Record<keyof typeof names, Bar>> => {
  const { accessToken, refreshToken, idle, idleSession } = deadlinesOf(context);
  return {
    accessToken: {
      life: accessToken,
      marks: [
        { name: 'renewal', at: accessToken?.renewAt ?? null },
        { name: 'no longer handed out', at: accessToken?.freshUntil ?? null },
      ],
    },
    refreshToken: { life: refreshToken, marks: [] },
    idle: { life: idle, marks: [] },
    idleSession: { life: idleSession, marks: [{ name: 'warning', at: idleSession?.warnAt ?? null }] },
  };
};

/** How much of a life is left at an instant, from 0 to 1. */
const leftOf = ({ from, until }: Life, at: Instant): number =>
  Math.min(1, Math.max(0, remainingMs(until, at) / Math.max(1, until.monotonicMs - from.monotonicMs)));

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** In whole seconds, so that it can be read. */
const markWords = (name: string, leftMs: number): string =>
  leftMs > 0 ? `${name} in ${inWords(Math.ceil(leftMs / 1000) * 1000)}` : `${name} now`;

const createBar = ({ h }: Dom, name: string) => {
  const left = h('span', { class: 'left' });
  const rest = h('span', { class: 'rest' });
  const track = h('div', { class: 'track', 'aria-hidden': 'true' }, rest);
  const legend = h('p', { class: 'muted legend' });
  const marks = new Map<string, HTMLElement>();
  const element = h('div', { class: 'bar' }, h('div', {}, h('span', {}, name), ' ', left), track, legend);

  const markOf = (markName: string): HTMLElement => {
    const known = marks.get(markName);
    if (known) return known;
    const mark = h('span', { class: 'mark', title: markName });
    marks.set(markName, mark);
    track.append(mark);
    return mark;
  };

  const show = ({ life, marks: its }: Bar, now: Instant): void => {
    element.hidden = !life;
    if (!life) return;
    const leftMs = remainingMs(life.until, now);
    write(left, leftMs > 0 ? inWords(leftMs < 10_000 ? leftMs : Math.ceil(leftMs / 1000) * 1000) : 'over');
    rest.style.setProperty('inline-size', percent(leftOf(life, now)));
    for (const { name: markName, at } of its) {
      const mark = markOf(markName);
      mark.hidden = !at;
      if (!at) continue;
      mark.style.setProperty('inset-inline-start', percent(leftOf(life, at)));
      mark.title = markWords(markName, remainingMs(at, now));
    }
    const words = its.flatMap(({ name: each, at }) => (at ? markWords(each, remainingMs(at, now)) : []));
    write(legend, words.join(' · '));
    legend.hidden = words.length === 0;
  };
  return { element, show };
};

/** What is left of each life, with what is to happen before its end. */
export const barsView = (dom: Dom): View<Shown> => {
  const keys = Object.keys(names) as (keyof typeof names)[];
  const bars = keys.map((key) => ({ key, bar: createBar(dom, names[key]) }));
  const nothing = dom.h('p', { class: 'muted' }, 'Nobody is signed in: nothing is running down.');
  return {
    element: dom.h('div', { class: 'bars' }, nothing, ...bars.map(({ bar }) => bar.element)),
    show({ context, now }) {
      nothing.hidden = !!context?.lease;
      const shown = context && barsOf(context);
      for (const { key, bar } of bars) bar.show(shown?.[key] ?? { life: null, marks: [] }, now);
    },
  };
};
