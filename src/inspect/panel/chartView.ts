import { narrowChart, wideChart } from '../chart/chartSvg.ts';
import type { Dom } from './dom.ts';
import { drawSvg } from './drawSvg.ts';
import type { Moment } from './moments.ts';

/** Part of the inspector. */
export interface View<Shown> {
  readonly element: HTMLElement;
  show(shown: Shown): void;
}

const idOf = (state: string): string => `s-${state.replaceAll('.', '-')}`;

const edgeIdOf = (edge: string): string => {
  const [state = '', guard] = edge.split('--');
  return `t-${state.replaceAll('.', '-')}--${guard}`;
};

/** The chart, with the state and the last edge lit: a wide and a narrow one, of which the style shows what fits. */
export const chartView = ({ document, h }: Dom): View<Moment> => {
  const charts = [wideChart, narrowChart].map((text) => drawSvg(document, text));
  const element = h('div', { class: 'charts' });
  charts.forEach((chart, index) => {
    chart.classList.add(index === 0 ? 'wide' : 'narrow');
    element.append(chart);
  });
  let lit: readonly string[] = [];

  const light = (ids: readonly string[]): void => {
    if (ids.join() === lit.join()) return;
    lit = ids;
    for (const chart of charts) {
      for (const part of chart.querySelectorAll('.on')) part.classList.remove('on');
      for (const id of ids) chart.querySelector(`#${id}`)?.classList.add('on');
    }
  };

  return {
    element,
    show({ machine, last }) {
      if (!machine) return light([]);
      const [top = ''] = machine.state.split('.');
      light([...new Set([idOf(top), idOf(machine.state)]), ...(last ? [edgeIdOf(last.edge)] : [])]);
    },
  };
};
