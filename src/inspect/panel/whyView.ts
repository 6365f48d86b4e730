import type { View } from './view.ts';
import { type Dom, write } from './dom.ts';
import { clockTime } from './clockTime.ts';
import type { Moment } from './moments.ts';

/** The state, and the last edge with why it was taken. */
export const whyView = ({ h }: Dom): View<Moment> => {
  const state = h('strong', { class: 'state' });
  const edge = h('p', { class: 'edge' });
  const why = h('p', { class: 'why' });
  return {
    element: h('div', { class: 'now', role: 'status' }, h('p', {}, 'State: ', state), edge, why),
    show({ machine, last }) {
      write(state, machine?.state ?? 'not running');
      state.dataset['state'] = machine?.state.split('.')[0] ?? '';
      write(
        edge,
        last ? `${clockTime(last.at)} ${last.from} → ${last.to} (${last.edge.split('--')[1]})` : '',
      );
      write(why, last?.why ?? '');
    },
  };
};
