/**
 * @typedef {{ id: string, from: string, guard: string, to: string | undefined, when: string }} Edge
 * @typedef {{ state: string, name: string, description: string, initial: string | undefined, children: string[], edges: Edge[] }} State
 * @typedef {{ key: string, id: string, description?: string | undefined, states: Record<string, Node>, initial?: Initial, always?: readonly Always[] }} Node
 * @typedef {{ guard?: unknown, target?: readonly { id: string }[] | undefined }} Always
 * @typedef {{ target?: readonly { id: string }[] | undefined }} Initial
 */

/** @param {string} id */
const short = (id) => id.replace(/^session\.?/, '');

/** @param {unknown} guard */
const nameOf = (guard) => (typeof guard === 'string' ? guard : String(Object(guard).type));

/** @param {string[]} ids */
function requireUnique(ids) {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new Error(`The machine has ${twice} twice: an edge is known by its state and its guard`);
}

/**
 * All states of the machine with their edges, each state before those within it.
 *
 * @param {Node} root
 * @param {Readonly<Record<string, string>>} words What each guard means, see `readWords`
 * @returns {State[]}
 */
export function readMachine(root, words) {
  const states = Object.values(root.states).flatMap(read);
  requireUnique(states.flatMap(({ edges }) => edges.map(({ id }) => id)));
  return states;

  /**
   * @param {Node} node
   * @returns {State[]}
   */
  function read(node) {
    const inner = Object.values(node.states);
    const [initial] = (inner.length > 0 && node.initial?.target) || [];
    return [
      {
        state: short(node.id),
        name: node.key,
        description: node.description ?? '',
        initial: initial && short(initial.id),
        children: inner.map(({ id }) => short(id)),
        edges: edgesOf(node),
      },
      ...inner.flatMap(read),
    ];
  }

  /**
   * @param {Node} node
   * @returns {Edge[]}
   */
  function edgesOf(node) {
    return (node.always ?? []).map(({ guard: definition, target }) => {
      const [from, guard] = [short(node.id), nameOf(definition)];
      const [to] = target ?? [];
      const id = `${from}--${guard}`;
      const when = words[id];
      if (!when) throw new Error(`The tables of docs/statechart.md have no row for ${id}`);
      return { id, from, guard, to: to && short(to.id), when };
    });
  }
}
