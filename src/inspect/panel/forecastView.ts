import type { Instant } from '../../time/clock.ts';
import { remainingMs } from '../../time/deadline.ts';
import type { Base } from '../backlog.ts';
import { type Foreseen, forecast } from '../forecast.ts';
import { inWords } from '../guardWords.ts';
import type { View } from './view.ts';
import { type Dom, write } from './dom.ts';

/** What is foreseen from a moment. */
interface Shown {
  readonly machine: Base | null;
  readonly now: Instant;
}

/** The next three instants at which something will happen by itself, and what. */
export const forecastView = ({ h }: Dom): View<Shown> => {
  const rows = [0, 1, 2].map(() => {
    const [when, what] = [h('strong'), h('span')];
    return { when, what, element: h('li', {}, when, ' ', what) };
  });
  const nothing = h('p', { class: 'muted' }, 'Nothing will happen by itself.');
  const list = h('ol', {}, ...rows.map(({ element }) => element));
  let of: Base | null = null;
  let foreseen: readonly Foreseen[] = [];
  return {
    element: h('div', { class: 'forecast' }, nothing, list),
    show({ machine, now }) {
      if (machine !== of) foreseen = machine ? forecast(machine) : [];
      of = machine;
      nothing.hidden = foreseen.length > 0;
      list.hidden = foreseen.length === 0;
      rows.forEach(({ when, what, element }, index) => {
        const each = foreseen[index];
        element.hidden = !each;
        if (!each) return;
        const [, guard] = each.edge.split('--');
        write(when, `in ${inWords(Math.max(0, Math.ceil(remainingMs(each.at, now) / 1000) * 1000))}:`);
        write(
          what,
          `${each.from} → ${each.to} (${guard})${each.ifRenewed ? ', if the provider renews' : ''}. ${each.why}`,
        );
      });
    },
  };
};
