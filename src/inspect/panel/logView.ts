import type { InspectEntry } from '../inspectEntry.ts';
import { clockTime } from './clockTime.ts';
import { type Dom, write } from './dom.ts';
import { inWords } from '../guardWords.ts';
import { entryWords, failureIn } from './entryWords.ts';
import { heldMs } from './requestStory.ts';

/** The log: what is chosen in it is looked at. */
export interface LogView {
  readonly element: HTMLElement;
  show(entries: readonly InspectEntry[], chosen: number | null): void;
  /** What comes next is of another source. */
  restart(): void;
}

const ROW_HEIGHT = 26;
/** Rows beyond the ones that can be seen, so that a fast scroll shows no gap. */
const SPARE = 8;

const kinds: Readonly<Record<string, string>> = {
  main: 'What matters',
  '': 'Everything',
  step: 'Events and edges',
  fact: 'Facts',
  renewal: 'Renewals',
  signIn: 'Sign-ins',
  request: 'Requests',
  tab: 'Messages of tabs',
  presence: 'Presence',
  deadlines: 'Deadlines',
  failures: 'Failures',
};

const isFailure = (entry: InspectEntry): boolean =>
  failureIn(entry) !== null ||
  (entry.kind === 'fact' && entry.fact.type === 'expired') ||
  (entry.kind === 'request' && (entry.request.error !== undefined || (entry.request.status ?? 0) >= 400));

/**
 * Each move of the mouse brings a step without an edge, new deadlines and a sign of presence, and tells other tabs to look:
 * they bury all others.
 */
const isMain = (entry: InspectEntry): boolean => {
  if (entry.kind === 'deadlines') return false;
  if (entry.kind === 'presence') return !entry.present;
  if (entry.kind === 'tab') return entry.message.type !== 'changed';
  return entry.kind !== 'step' || entry.micro.some(({ edge }) => edge !== null);
};

const isOfKind = (entry: InspectEntry, kind: string): boolean => {
  if (kind === 'main') return isMain(entry);
  return kind === 'failures' ? isFailure(entry) : !kind || entry.kind === kind;
};

/** What is kept of entries as they come. */
const createMatches = () => {
  let [kind, wanted] = ['main', ''];
  let matches: InspectEntry[] = [];
  let last = 0;
  let first = 0;

  const isMatch = (entry: InspectEntry): boolean => {
    if (!isOfKind(entry, kind)) return false;
    return !wanted || entryWords(entry).toLowerCase().includes(wanted);
  };

  return {
    filter(nextKind: string, text: string): void {
      [kind, wanted] = [nextKind, text.trim().toLowerCase()];
      [matches, last] = [[], 0];
    },
    take(entries: readonly InspectEntry[]): readonly InspectEntry[] {
      const start = entries[0]?.number ?? 0;
      if (start !== first) matches = matches.filter(({ number }) => number >= start);
      first = start;
      for (let index = Math.max(0, last - start + 1); index < entries.length; index++) {
        const entry = entries[index]!;
        if (isMatch(entry)) matches.push(entry);
        last = entry.number;
      }
      return matches;
    },
  };
};

/** Rows of a long list: only those exist that can be seen. */
export const logView = (
  { h, window }: Dom,
  choose: (entry: number | null) => void,
  explain: (entry: InspectEntry) => Promise<string>,
  tell: (entry: InspectEntry) => readonly string[],
): LogView => {
  const matches = createMatches();
  const select = h(
    'select',
    { 'aria-label': 'Show' },
    ...Object.entries(kinds).map(([value, name]) => h('option', { value }, name)),
  );
  const search = h('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search the log' });
  const count = h('span', { class: 'muted', role: 'status' });
  const space = h('div', { class: 'space' });
  const list = h('div', { class: 'rows', role: 'listbox', tabindex: 0, 'aria-label': 'Log' }, space);
  const detail = h('pre', { class: 'detail', tabindex: 0, role: 'group', 'aria-label': 'The chosen entry' });
  const recorded = h('details', { hidden: true }, h('summary', {}, 'The entry as it was recorded'), detail);
  const explanation = h('p', { class: 'explanation' });
  const story = h('div', { class: 'story', role: 'status' });
  const none = h('p', { class: 'none muted', hidden: true });
  let entries: readonly InspectEntry[] = [];
  let visible: readonly InspectEntry[] = [];
  let chosen: number | null = null;
  let explained: number | null | undefined;
  let isStoryWanted = false;

  /** Its story is below the list: it is to be seen. */
  const chooseHere = (number: number): void => {
    isStoryWanted = true;
    choose(number);
  };

  /** With the length of a wait: it is what one looks for. */
  const wordsOf = (entry: InspectEntry): string => {
    const words = entryWords(entry);
    if (entry.kind !== 'request') return words;
    const held = heldMs(entries, entry.number - (entries[0]?.number ?? 0), entry);
    return held === null ? words : words.replace(' waited', ` waited ${inWords(held)}`);
  };

  const rowOf = (entry: InspectEntry, index: number): HTMLElement => {
    const row = h(
      'div',
      {
        id: `entry-${entry.number}`,
        class: `row ${entry.kind}${isFailure(entry) ? ' failure' : ''}`,
        role: 'option',
        'aria-selected': String(entry.number === chosen),
        'aria-setsize': visible.length,
        'aria-posinset': index + 1,
      },
      h('span', { class: 'time' }, clockTime(entry.at)),
      ' ',
      wordsOf(entry),
    );
    row.style.setProperty('inset-block-start', `${index * ROW_HEIGHT}px`);
    row.addEventListener('click', () => chooseHere(entry.number));
    return row;
  };

  const drawRows = (): void => {
    // First the height: a list that has become shorter is scrolled back by it.
    space.style.setProperty('block-size', `${visible.length * ROW_HEIGHT}px`);
    const from = Math.max(0, Math.floor(list.scrollTop / ROW_HEIGHT) - SPARE);
    const to = Math.ceil((list.scrollTop + list.clientHeight) / ROW_HEIGHT) + SPARE;
    space.replaceChildren(...visible.slice(from, to).map((entry, index) => rowOf(entry, from + index)));
    none.hidden = visible.length > 0;
    write(none, entries.length > 0 ? 'Nothing in the log is like this.' : 'Nothing has happened yet.');
    if (chosen === null) list.removeAttribute('aria-activedescendant');
    else list.setAttribute('aria-activedescendant', `entry-${chosen}`);
  };

  const showDetail = async (): Promise<void> => {
    if (chosen === explained) return;
    explained = chosen;
    const entry = entries.find(({ number }) => number === chosen);
    recorded.hidden = !entry;
    write(detail, entry ? JSON.stringify(entry, null, 2) : '');
    write(explanation, '');
    story.replaceChildren(...(entry ? tell(entry).map((line) => h('p', {}, line)) : []));
    if (isStoryWanted) story.scrollIntoView({ block: 'nearest' });
    isStoryWanted = false;
    if (!entry) return;
    const text = await explain(entry);
    if (explained === entry.number) write(explanation, text);
  };

  const draw = (): void => {
    const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - ROW_HEIGHT;
    visible = matches.take(entries);
    write(count, `${visible.length} of ${entries.length}`);
    drawRows();
    if (chosen === null && isAtEnd) list.scrollTop = list.scrollHeight;
    void showDetail();
  };

  const filter = (): void => {
    matches.filter(select.value, search.value);
    draw();
  };

  const move = (by: number): void => {
    const current = visible.findIndex(({ number }) => number === chosen);
    const from = current < 0 ? visible.length : current;
    const next = visible[Math.min(visible.length - 1, Math.max(0, from + by))];
    if (!next) return;
    chooseHere(next.number);
    const top = visible.indexOf(next) * ROW_HEIGHT;
    if (top < list.scrollTop) list.scrollTop = top;
    if (top + ROW_HEIGHT > list.scrollTop + list.clientHeight)
      list.scrollTop = top + ROW_HEIGHT - list.clientHeight;
    drawRows();
  };

  const keys: Readonly<Record<string, () => void>> = {
    ArrowUp: () => move(-1),
    ArrowDown: () => move(1),
    PageUp: () => move(-10),
    PageDown: () => move(10),
    Home: () => move(-Infinity),
    End: () => move(Infinity),
  };
  list.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  let isAsked = false;
  list.addEventListener('scroll', () => {
    if (isAsked) return;
    isAsked = true;
    window.requestAnimationFrame(() => {
      isAsked = false;
      drawRows();
    });
  });
  select.addEventListener('change', filter);
  search.addEventListener('input', filter);

  return {
    element: h(
      'div',
      { class: 'log' },
      h('div', { class: 'tools' }, select, search, count),
      list,
      none,
      story,
      explanation,
      recorded,
    ),
    restart() {
      matches.filter(select.value, search.value);
      explained = undefined;
    },
    show(next, at) {
      entries = next;
      chosen = at;
      draw();
    },
  };
};
