import { boxes, chips, lines, starts } from './places.mjs';

/** @typedef {import('./readMachine.mjs').State} State */
/** @typedef {typeof import('./places.mjs')} Places */
/** @typedef {Pick<Places, 'boxes' | 'lines' | 'chips' | 'starts'>} Table */

/**
 * @param {string} sentence
 * @param {readonly string[]} wrong
 */
function requireNone(sentence, wrong) {
  if (wrong.length > 0) throw new Error(`docs/chart/places.mjs ${sentence}: ${wrong.join(', ')}`);
}

/** @param {Table['chips']} table */
const idsOf = (table) =>
  Object.entries(table).flatMap(([state, guards]) => guards.map((guard) => `${state}--${guard}`));

/**
 * Where a line begins and where it ends.
 *
 * @param {string} line
 */
function endsOf(line) {
  const [x = 0, y = 0] = (line.match(/^\d+ \d+/)?.[0] ?? '').split(' ').map(Number);
  const last = (/** @type {string} */ way) => line.match(new RegExp(`${way}(\\d+)(?!.*${way})`))?.[1];
  return { first: [x, y], last: [Number(last('H') ?? x), Number(last('V') ?? y)] };
}

/**
 * @param {readonly number[]} point
 * @param {readonly number[] | undefined} box
 */
function isOnBorder([px = 0, py = 0], box) {
  const [x = 0, y = 0, width = 0, height = 0] = box ?? [];
  const [right, bottom] = [x + width, y + height];
  const isWithin = px >= x && px <= right && py >= y && py <= bottom;
  return isWithin && (px === x || px === right || py === y || py === bottom);
}

/**
 * Throws if the table and the machine differ, or if a line does not lead from its state's box to the other's.
 *
 * @param {readonly State[]} states
 * @param {Table} [table]
 */
export function requirePlaces(states, table = { boxes, lines, chips, starts }) {
  const edges = states.flatMap((state) => state.edges);
  const [names, ids] = [states.map(({ state }) => state), edges.map(({ id }) => id)];
  const placed = [...Object.keys(table.lines), ...idsOf(table.chips)];
  requireNone(
    'has no box for these states of the machine',
    names.filter((name) => !table.boxes[name]),
  );
  requireNone(
    'has boxes for what is no state of the machine',
    Object.keys(table.boxes).filter((name) => !names.includes(name)),
  );
  requireNone(
    'has neither a line nor a chip for these edges of the machine',
    ids.filter((id) => !placed.includes(id)),
  );
  requireNone(
    'has lines or chips for what is no edge of the machine',
    placed.filter((id) => !ids.includes(id)),
  );
  requireNone(
    'has these edges twice',
    placed.filter((id, index) => placed.indexOf(id) !== index),
  );
  requireNone(
    'does not show where these states begin',
    states
      .filter(({ state, initial }) => initial !== undefined && table.starts[state]?.[0] !== initial)
      .map(({ state }) => state),
  );
  requireNone(
    'has lines that do not lead from one box to the other',
    edges
      .filter(({ id, from, to }) => {
        const line = table.lines[id]?.[0];
        if (!line) return false;
        const { first, last } = endsOf(line);
        return !isOnBorder(first, table.boxes[from]) || !isOnBorder(last, table.boxes[to ?? from]);
      })
      .map(({ id }) => id),
  );
}
