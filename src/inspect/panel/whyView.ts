import { clockTime } from './clockTime.ts';
import { type Dom, write } from './dom.ts';
import type { Moment } from './moments.ts';
import type { View } from './view.ts';

/** By what they are told apart: a screen reader reads what is drawn anew. */
const keyOf = (taken: Moment['taken']): string =>
  taken.map(({ edge, at, why }) => `${edge} ${at.wallMs} ${why}`).join();

/** A moment, and what is to be told of the end of its session. */
interface Shown extends Moment {
  readonly story: readonly string[];
}

/** The state, and the last edges with why each was taken: one event can lead along several. */
export const whyView = ({ h }: Dom): View<Shown> => {
  const state = h('strong', { class: 'state' });
  const edges = h('ol', { class: 'edges' });
  const told = h('ul', { class: 'story' });
  let shown: Moment['taken'] = [];
  let toldOf = '';

  const drawEdges = (taken: Moment['taken']): void => {
    shown = taken;
    edges.replaceChildren(
      ...taken.map(({ at, from, to, edge, why }) =>
        h(
          'li',
          {},
          h('p', { class: 'edge' }, `${clockTime(at)} ${from} → ${to} (${edge.split('--')[1]})`),
          h('p', { class: 'why' }, why),
        ),
      ),
    );
  };

  return {
    element: h('div', { class: 'now', role: 'status' }, h('p', {}, 'State: ', state), edges, told),
    show({ machine, taken, story }) {
      write(state, machine?.state ?? 'not running');
      state.dataset['state'] = machine?.state.split('.')[0] ?? '';
      if (keyOf(taken) !== keyOf(shown)) drawEdges(taken);
      if (story.join() === toldOf) return;
      toldOf = story.join();
      told.replaceChildren(...story.map((line) => h('li', {}, line)));
    },
  };
};
