import { chart, edgeGroup, element, escaped, stateGroup } from './drawing.mjs';

/** @typedef {import('./drawing.mjs').State} State */
/** @typedef {import('./drawing.mjs').Edge} Edge */

/** As narrow as the longest line allows: what it is scaled down by, its letters are, too. */
const WIDTH = 336;
const ROW = 23;
/** The page can show this chart and the wide one. */
const PREFIX = 'narrow-';

/**
 * An edge in a line of its own.
 *
 * @param {Edge} edge
 * @param {number} x
 * @param {number} y
 * @param {number} width
 */
function drawEdge(edge, x, y, width) {
  const text = edge.to === undefined ? `${edge.guard} (stays)` : `${edge.guard} → ${edge.to}`;
  const content =
    element('rect', { x, y, width, height: ROW - 4, rx: 5 }) +
    element('text', { x: x + 7, y: y + 14 }, escaped(text));
  return edgeGroup(PREFIX, edge, 't k line', content);
}

/**
 * A state with its edges and what is within it, and where it ends.
 *
 * @param {State} state
 * @param {readonly State[]} states
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @returns {{ drawn: string, bottom: number }}
 */
function drawState(state, states, x, y, width) {
  let bottom = y + 34;
  let inside = '';
  for (const edge of state.edges) {
    inside += drawEdge(edge, x + 8, bottom, width - 16);
    bottom += ROW;
  }
  for (const child of states.filter(({ state: name }) => state.children.includes(name))) {
    const { drawn, bottom: end } = drawState(child, states, x + 8, bottom + 4, width - 16);
    inside += drawn;
    bottom = end + 4;
  }
  bottom += 8;
  const box = element('rect', { x, y, width, height: bottom - y, rx: 10 });
  const name = element('text', { x: x + 12, y: y + 23 }, state.name);
  return { drawn: stateGroup(PREFIX, state, box + name) + inside, bottom };
}

/**
 * The chart for phones: the states one below another, each edge in a line.
 *
 * @param {readonly State[]} states
 */
export function drawNarrow(states) {
  let y = 8;
  let content = '';
  for (const state of states.filter(({ state: name }) => !name.includes('.'))) {
    const { drawn, bottom } = drawState(state, states, 4, y, WIDTH - 8);
    content += drawn;
    y = bottom + 12;
  }
  return chart(WIDTH, y, states, content);
}
