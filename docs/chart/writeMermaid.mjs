/** @typedef {import('./readMachine.mjs').State} State */

/** @param {string} state */
const idOf = (state) => state.replaceAll('.', '_');

/**
 * @param {State} state
 * @param {readonly State[]} states
 * @param {string} indent
 * @returns {string[]}
 */
function declare(state, states, indent) {
  const children = states.filter(({ state: name }) => state.children.includes(name));
  if (children.length === 0) return [`${indent}state "${state.name}" as ${idOf(state.state)}`];
  return [
    `${indent}state "${state.name}" as ${idOf(state.state)} {`,
    `${indent}    [*] --> ${idOf(state.initial ?? '')}`,
    ...children.flatMap((child) => declare(child, states, `${indent}    `)),
    `${indent}}`,
  ];
}

/**
 * All of the machine as a Mermaid text. Edges from one state to another are one line, as the charts of Mermaid are hard to read
 * otherwise; edges that stay are loops.
 *
 * @param {readonly State[]} states
 */
export function writeMermaid(states) {
  const tops = states.filter(({ state }) => !state.includes('.'));
  /** @type {Map<string, string[]>} */
  const ways = new Map();
  for (const { from, guard, to = from } of states.flatMap(({ edges }) => edges)) {
    const way = `${idOf(from)} --> ${idOf(to)}`;
    ways.set(way, [...(ways.get(way) ?? []), guard]);
  }
  return [
    'stateDiagram-v2',
    `    [*] --> ${idOf(tops[0]?.state ?? '')}`,
    ...tops.flatMap((state) => declare(state, states, '    ')),
    ...[...ways].map(([way, guards]) => `    ${way}: ${guards.join(', ')}`),
  ].join('\n');
}
