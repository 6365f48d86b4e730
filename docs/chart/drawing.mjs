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

/** @param {string} name */
const dashed = (name) => name.replaceAll('.', '-');

/** @param {Edge} edge */
const wayOf = ({ from, to }) => (to === undefined ? `stays in ${from}` : `from ${from} to ${to}`);

/**
 * A part that can be lit, with the words for it.
 *
 * @param {string} id
 * @param {string} className
 * @param {string} words
 * @param {string} content
 */
const part = (id, className, words, content) =>
  element('g', { id, class: className, role: 'img' }, element('title', {}, escaped(words)) + content);

/**
 * @param {string} prefix
 * @param {Edge} edge
 * @param {string} className
 * @param {string} content
 */
export const edgeGroup = (prefix, edge, className, content) =>
  part(`${prefix}t-${dashed(edge.id)}`, className, `${edge.guard}, ${wayOf(edge)}: ${edge.when}`, content);

/**
 * @param {string} prefix
 * @param {State} state
 * @param {string} content
 */
export function stateGroup(prefix, { state, description, children }, content) {
  const kinds = ['s', children.length > 0 && 'c', !state.includes('.') && 'top'];
  const className = kinds.filter(Boolean).join(' ');
  return part(`${prefix}s-${dashed(state)}`, className, `${state}: ${description}`, content);
}

/**
 * @param {number} width
 * @param {number} height
 * @param {readonly State[]} states
 * @param {string} content
 */
export function chart(width, height, states, content) {
  const tops = states.filter(({ state }) => !state.includes('.')).map(({ name }) => name);
  const heading = `The statechart of a session: ${tops.join(', ')}`;
  const box = { xmlns: 'http://www.w3.org/2000/svg', class: 'vigil', viewBox: `0 0 ${width} ${height}` };
  return element('svg', { ...box, role: 'group', 'aria-label': heading }, content);
}
