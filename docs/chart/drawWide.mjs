import { chart, edgeGroup, element, escaped, stateGroup } from './drawing.mjs';
import { boxes, chips, legend, lines, size, starts } from './places.mjs';
import { requirePlaces } from './requirePlaces.mjs';
import { cornersOf, roundedLine } from './roundedLine.mjs';

/** @typedef {import('./drawing.mjs').State} State */
/** @typedef {import('./drawing.mjs').Edge} Edge */

const GAP = 6;
const CHIP_ROW = 26;
const NAME_ROW = 28;
/** About the width of a letter: nothing here can measure it. */
const [CHIP_LETTER, NAME_LETTER] = [6.3, 12];

/** @param {string} text */
const chipWidth = (text) => text.length * CHIP_LETTER + 14;

/**
 * With the gaps between the chips, and without one at the end.
 *
 * @param {readonly Edge[]} row
 */
const widthOf = (row) => row.reduce((sum, { guard }) => sum + chipWidth(guard) + GAP, -GAP);

/** @param {Edge} edge */
const isChip = ({ from, guard }) => chips[from]?.includes(guard) ?? false;

/** @param {Edge} edge */
function drawLine(edge) {
  const [line, x, y, anchor] = lines[edge.id] ?? ['', 0, 0, 'start'];
  const className = { start: undefined, middle: 'm', end: 'e' }[anchor];
  const label = element('text', { x, y, class: className }, escaped(edge.guard));
  return edgeGroup('', edge, 't', element('path', { d: roundedLine(line) }) + label);
}

/** @param {string} line */
function drawStart(line) {
  const [[cx, cy] = [0, 0]] = cornersOf(line);
  const content = element('circle', { cx, cy, r: 5 }) + element('path', { d: roundedLine(line) });
  return element('g', { class: 'i' }, content);
}

/**
 * Chips in rows that are as wide as there is room.
 *
 * @param {readonly Edge[]} edges
 * @param {number} room
 */
function rowsOf(edges, room) {
  /** @type {Edge[][]} */
  const rows = [];
  for (const edge of edges) {
    const row = rows.at(-1);
    if (row && widthOf([...row, edge]) <= room) row.push(edge);
    else rows.push([edge]);
  }
  return rows;
}

/**
 * @param {Edge} edge
 * @param {number} x
 * @param {number} y
 */
function drawChip(edge, x, y) {
  const width = chipWidth(edge.guard);
  const label = { x: x + width / 2, y: y + 14, class: 'm' };
  const content =
    element('rect', { x, y, width, height: 20, rx: 10 }) + element('text', label, escaped(edge.guard));
  return edgeGroup('', edge, 't k', content);
}

/**
 * @param {readonly Edge[]} row
 * @param {number} left
 * @param {number} top
 */
const drawRow = (row, left, top) =>
  row.map((edge, index) => drawChip(edge, left + widthOf(row.slice(0, index)) + GAP, top)).join('');

/**
 * A state with others within it: its name is in the corner, and its chips beside or below.
 *
 * @param {State} state
 */
function drawOuter(state) {
  const [x = 0, y = 0, width = 0, height = 0] = boxes[state.state] ?? [];
  const row = state.edges.filter(isChip);
  const isBeside = state.name.length * NAME_LETTER + widthOf(row) + 36 <= width;
  const left = isBeside ? x + width - 12 - widthOf(row) : x + (width - widthOf(row)) / 2;
  const content =
    element('rect', { x, y, width, height, rx: 11 }) + element('text', { x: x + 14, y: y + 26 }, state.name);
  return stateGroup('', state, content) + drawRow(row, left, isBeside ? y + 10 : y + 38);
}

/** @param {State} state */
function drawInner(state) {
  const [x = 0, y = 0, width = 0, height = 0] = boxes[state.state] ?? [];
  const rows = rowsOf(state.edges.filter(isChip), width - 16);
  const top = y + (height - NAME_ROW - rows.length * CHIP_ROW) / 2 + (rows.length && 2);
  const name = element('text', { x: x + width / 2, y: top + 20, class: 'm' }, state.name);
  return (
    stateGroup('', state, element('rect', { x, y, width, height, rx: 11 }) + name) +
    rows
      .map((row, index) =>
        drawRow(row, x + (width - widthOf(row)) / 2, top + NAME_ROW + 2 + index * CHIP_ROW),
      )
      .join('')
  );
}

/**
 * Where the chips lead, once for all of them.
 *
 * @param {readonly Edge[]} edges
 */
function drawLegend(edges) {
  const [x, y] = legend;
  const ways = edges.filter(({ to }) => to).map(({ guard, to }) => `${guard} → ${to}`);
  const rows = ['Dashed: stays in its state, or leads to anonymous.', ...new Set(ways)];
  return rows
    .map((row, index) => element('text', { x, y: y + index * 20, class: 'l' }, escaped(row)))
    .join('');
}

/** @param {string} id */
const drawArrow = (id) =>
  element(
    'marker',
    {
      id,
      viewBox: '0 0 8 8',
      refX: 7,
      refY: 4,
      markerWidth: 10,
      markerHeight: 10,
      markerUnits: 'userSpaceOnUse',
      orient: 'auto',
    },
    element('path', { d: 'M0 0L8 4L0 8z' }),
  );

/**
 * The chart for wide places.
 *
 * @param {readonly State[]} states
 */
export function drawWide(states) {
  requirePlaces(states);
  const edges = states.flatMap((state) => state.edges);
  const content = [
    element('defs', {}, drawArrow('vigil-arrow') + drawArrow('vigil-arrow-on')),
    ...states.map((state) => (state.children.length > 0 ? drawOuter(state) : drawInner(state))),
    ...Object.values(starts).map(([, line]) => drawStart(line)),
    ...edges.filter(({ id }) => lines[id]).map(drawLine),
    drawLegend(edges.filter(isChip)),
  ];
  return chart(...size, states, content.join(''));
}
