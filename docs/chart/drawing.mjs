/** What both charts are drawn with. */

/** @typedef {import('./readMachine.mjs').State} State */
/** @typedef {import('./readMachine.mjs').Edge} Edge */

/** @param {string} text */
export const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** @param {number} value */
const round = (value) => String(Math.round(value * 10) / 10);

/**
 * @param {string} tag
 * @param {Readonly<Record<string, string | number | undefined>>} attributes
 * @param {string} [content]
 */
export function element(tag, attributes, content = '') {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? round(value) : value}"`)
    .join('');
  return content ? `<${tag}${written}>${content}</${tag}>` : `<${tag}${written}/>`;
}

/** @param {string} text */
export const title = (text) => element('title', {}, escaped(text));

/** About the width of a chip's text: nothing here can measure it. */
const CHIP_LETTER = 6.3;

/** @param {string} text */
export const chipWidth = (text) => text.length * CHIP_LETTER + 14;

/** @param {Edge} edge */
export const edgeTitle = ({ from, guard, to }) =>
  to === undefined ? `${guard}: ${from} stays as it is` : `${guard}: from ${from} to ${to}`;

/**
 * A chip of an edge, with its left upper corner there.
 *
 * @param {string} prefix
 * @param {Edge} edge
 * @param {number} x
 * @param {number} y
 * @param {string} [text]
 */
export function chip(prefix, edge, x, y, text = edge.guard) {
  const width = chipWidth(text);
  return element(
    'g',
    { id: `${prefix}t-${edge.id.replaceAll('.', '-')}`, class: 't k' },
    title(edgeTitle(edge)) +
      element('rect', { x, y, width, height: 20, rx: 10 }) +
      element('text', { x: x + width / 2, y: y + 14, class: 'm' }, escaped(text)),
  );
}

/**
 * @param {string} prefix
 * @param {State} state
 * @param {string} className
 * @param {string} content
 */
export const stateGroup = (prefix, { id, state, description }, className, content) =>
  element('g', { id: prefix + id, class: className }, title(`${state}: ${description}`) + content);

/**
 * @param {number} width
 * @param {number} height
 * @param {string} content
 */
export function chart(width, height, content) {
  const size = { xmlns: 'http://www.w3.org/2000/svg', class: 'vigil', viewBox: `0 0 ${width} ${height}` };
  const heading = 'The statechart of a session: anonymous, authenticated, refreshing, idle and expired';
  return element('svg', { ...size, role: 'img', 'aria-label': heading }, content);
}
