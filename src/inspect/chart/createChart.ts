import { chartCss, narrowChart, wideChart } from './chartSvg.ts';
import { drawSvg } from './drawSvg.ts';

/** The statechart of a session, drawn. */
export interface Chart {
  /** Holds a wide and a narrow chart, of which the style shows the one for which there is room. */
  readonly element: HTMLElement;
  /**
   * Lights a state, and the edges that were taken last.
   *
   * @param state Such as `idle.warning`; `null`: none
   * @param edges Such as `idle.quiet--warns`
   */
  light(state: string | null, edges?: readonly string[]): void;
}

const idOf = (name: string): string => name.replaceAll('.', '-');

/** The ids of what is lit: a state lies within another one, and both are. */
const partsOf = (state: string | null, edges: readonly string[]): readonly string[] => {
  const [top] = state?.split('.') ?? [];
  return [
    ...new Set([top, state].flatMap((name) => (name ? `s-${idOf(name)}` : []))),
    ...edges.map((edge) => `t-${idOf(edge)}`),
  ];
};

/** Draws the statechart. Its style is to be adopted where it is shown, see {@link adoptChartStyle}. */
export const createChart = (document: Document): Chart => {
  const element = document.createElement('div');
  element.className = 'vigil-charts';
  const charts = [wideChart, narrowChart].map((text) => drawSvg(document, text));
  charts.forEach((chart, index) => chart.classList.add(index === 0 ? 'wide' : 'narrow'));
  element.append(...charts);
  let lit = '';
  return {
    element,
    light(state, edges = []) {
      const parts = partsOf(state, edges);
      if (parts.join() === lit) return;
      lit = parts.join();
      for (const chart of charts) {
        for (const part of chart.querySelectorAll('.on')) part.classList.remove('on');
        for (const id of parts) chart.querySelector(`#${id}, #narrow-${id}`)?.classList.add('on');
      }
    },
  };
};

/** Adopts the chart's style, which a strict content security policy allows. Colours can be set by `--vigil-…` variables. */
export const adoptChartStyle = (root: Document | ShadowRoot): void => {
  const { CSSStyleSheet } = (root.ownerDocument ?? root).defaultView!;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(chartCss);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
};
