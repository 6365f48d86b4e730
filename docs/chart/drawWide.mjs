import { chart, chip, chipWidth, edgeTitle, element, escaped, stateGroup, title } from './drawing.mjs';
import { boxes, lines } from './places.mjs';

/** @typedef {import('./drawing.mjs').State} State */
/** @typedef {import('./drawing.mjs').Edge} Edge */

const WIDTH = 1268;
const HEIGHT = 640;
const RADIUS = 10;
const GAP = 6;

/**
 * The corners of a line that is written like `10 20H40V60`.
 *
 * @param {string} line
 */
function cornersOf(line) {
  /** @type {[number, number][]} */
  const corners = [];
  for (const [, way, first, second] of line.matchAll(/([HV]?)(\d+)(?: (\d+))?/g)) {
    const [x, y] = corners.at(-1) ?? [0, 0];
    if (way === 'H') corners.push([Number(first), y]);
    else if (way === 'V') corners.push([x, Number(first)]);
    else corners.push([Number(first), Number(second)]);
  }
  return corners;
}

/**
 * The same line with round corners.
 *
 * @param {string} line
 */
function rounded(line) {
  const corners = cornersOf(line);
  const [start, ...others] = corners;
  return others.reduce(
    (path, [x, y], index) => {
      const next = others[index + 1];
      if (!next) return `${path}L${x} ${y}`;
      const [fromX, fromY] = corners[index] ?? [x, y];
      const before = [x - Math.sign(x - fromX) * RADIUS, y - Math.sign(y - fromY) * RADIUS];
      const after = [x + Math.sign(next[0] - x) * RADIUS, y + Math.sign(next[1] - y) * RADIUS];
      return `${path}L${before.join(' ')}Q${x} ${y} ${after.join(' ')}`;
    },
    `M${start?.join(' ')}`,
  );
}

/** @param {Edge} edge */
function drawLine(edge) {
  const [line, x, y, anchor] = lines[edge.id] ?? ['', 0, 0, 'start'];
  const label = element(
    'text',
    { x, y, class: { start: undefined, middle: 'm', end: 'e' }[anchor] },
    escaped(edge.guard),
  );
  return element(
    'g',
    { id: `t-${edge.id.replaceAll('.', '-')}`, class: 't' },
    title(edgeTitle(edge)) + element('path', { d: rounded(line) }) + label,
  );
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
    const width = [...(row ?? []), edge].reduce((sum, { guard }) => sum + chipWidth(guard) + GAP, 0);
    if (row && width <= room) row.push(edge);
    else rows.push([edge]);
  }
  return rows;
}

/** @param {readonly Edge[]} row */
const widthOf = (row) => row.reduce((sum, { guard }) => sum + chipWidth(guard) + GAP, -GAP);

/** @param {State} state */
function drawChips({ state, children, edges }) {
  const [x = 0, y = 0, width = 0] = boxes[state] ?? [];
  const chips = edges.filter(({ id }) => !lines[id]);
  return rowsOf(chips, width - 16)
    .map((row, index) => {
      const top = children.length > 0 ? y + 10 : y + 34 + index * 26;
      let left = children.length > 0 ? x + width - 12 - widthOf(row) : x + (width - widthOf(row)) / 2;
      return row
        .map((edge) => {
          const drawn = chip('', edge, left, top);
          left += chipWidth(edge.guard) + GAP;
          return drawn;
        })
        .join('');
    })
    .join('');
}

/** @param {State} state */
function drawState(state) {
  const [x = 0, y = 0, width = 0, height = 0] = boxes[state.state] ?? [];
  const isOuter = state.children.length > 0;
  const hasChips = state.edges.some(({ id }) => !lines[id]);
  const name = isOuter
    ? element('text', { x: x + 14, y: y + 26 }, state.name)
    : element(
        'text',
        { x: x + width / 2, y: hasChips ? y + 24 : y + height / 2 + 6, class: 'm' },
        state.name,
      );
  const isTop = !state.state.includes('.');
  const className = ['s', isOuter ? 'c' : '', isTop ? 'top' : ''].filter(Boolean).join(' ');
  return stateGroup('', state, className, element('rect', { x, y, width, height, rx: 11 }) + name);
}

/** @param {readonly string[]} wrong */
function requireNone(what = '', wrong = /** @type {readonly string[]} */ ([])) {
  if (wrong.length > 0) throw new Error(`${what}: ${wrong.join(', ')}`);
}

/**
 * The chart for wide places.
 *
 * @param {readonly State[]} states
 */
export function drawWide(states) {
  const edges = states.flatMap((state) => state.edges);
  const [stateNames, edgeNames] = [states.map(({ state }) => state), edges.map(({ id }) => id)];
  requireNone(
    'docs/chart/places.mjs has no box for',
    stateNames.filter((name) => !boxes[name]),
  );
  requireNone(
    'docs/chart/places.mjs has boxes for what is no state of the machine',
    Object.keys(boxes).filter((name) => !stateNames.includes(name)),
  );
  requireNone(
    'docs/chart/places.mjs has lines for what is no edge of the machine',
    Object.keys(lines).filter((name) => !edgeNames.includes(name)),
  );
  // A chip says where it leads only by its title: these lead to the same place from everywhere, or nowhere.
  requireNone(
    'docs/chart/places.mjs has no line for',
    edges
      .filter(
        ({ id, guard, to }) =>
          !lines[id] &&
          to !== undefined &&
          !['signOutRequested', 'recordLost', 'signInWanted'].includes(guard),
      )
      .map(({ id }) => id),
  );
  const arrow = element(
    'marker',
    {
      id: 'arrow',
      viewBox: '0 0 8 8',
      refX: 7,
      refY: 4,
      markerWidth: 10,
      markerHeight: 10,
      markerUnits: 'userSpaceOnUse',
      orient: 'auto',
    },
    element('path', { d: 'M0 0L8 4L0 8z', class: 'arrow' }),
  );
  const content = [
    element('defs', {}, arrow),
    ...states.map(drawState),
    ...edges.filter(({ id }) => lines[id]).map(drawLine),
    ...states.map(drawChips),
  ];
  return chart(WIDTH, HEIGHT, content.join(''));
}
