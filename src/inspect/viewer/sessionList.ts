import { clockTime } from '../panel/clockTime.ts';
import type { Dom } from '../panel/dom.ts';
import type { Listed } from '../viewerEvents.ts';

/** The list to choose from. */
export interface SessionList {
  readonly element: HTMLElement;
  show(sessions: readonly Listed[]): void;
}

const NEWEST = '';
const RECORDING = 'recording';

const wordsOf = ({ name, from, since, isOver }: Listed): string =>
  `“${name}” of ${from}, since ${clockTime({ wallMs: since, monotonicMs: 0 }).slice(0, 8)}${isOver ? ', over' : ''}`;

/** Until another is chosen the newest session is followed, or, where there is a recording, that. */
export const sessionList = (
  { h }: Dom,
  file: string | undefined,
  choose: (choice: Listed | 'recording') => void,
): SessionList => {
  const select = h('select', { 'aria-label': 'Session' });
  let sessions: readonly Listed[] = [];
  let wanted = file === undefined ? NEWEST : RECORDING;
  let followed: string | undefined = file === undefined ? undefined : RECORDING;

  const follow = (): void => {
    const choice =
      wanted === RECORDING
        ? RECORDING
        : wanted === NEWEST
          ? sessions.at(-1)
          : sessions.find(({ id }) => id === wanted);
    const id = choice === RECORDING ? RECORDING : choice?.id;
    if (!choice || id === followed) return;
    followed = id;
    choose(choice);
  };

  const draw = (): void => {
    select.replaceChildren(
      ...(file === undefined ? [] : [h('option', { value: RECORDING }, `Recording “${file}”`)]),
      h('option', { value: NEWEST }, 'The newest session'),
      ...sessions.map((listed) => h('option', { value: listed.id }, wordsOf(listed))),
    );
    // What was chosen can have gone.
    if (![...select.options].some(({ value }) => value === wanted)) wanted = NEWEST;
    select.value = wanted;
  };

  select.addEventListener('change', () => {
    wanted = select.value;
    follow();
  });
  draw();
  return {
    element: select,
    show(next) {
      sessions = next;
      draw();
      follow();
    },
  };
};
