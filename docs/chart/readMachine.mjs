/**
 * @typedef {{ id: string, from: string, guard: string, to: string | undefined }} Edge
 * @typedef {{ id: string, state: string, name: string, description: string, children: string[], edges: Edge[] }} State
 * @typedef {{ key: string, id: string, description?: string | undefined, states: Record<string, Node>, always?: readonly Always[] | undefined }} Node
 * @typedef {{ guard?: unknown, target?: readonly { id: string }[] | undefined }} Always
 */

/** @param {string} id */
const short = (id) => id.replace(/^session\.?/, '');

/** @param {string} state */
const dashed = (state) => state.replaceAll('.', '-');

/** @param {unknown} guard */
const nameOf = (guard) => (typeof guard === 'string' ? guard : String(Object(guard).type));

/**
 * @param {Node} node
 * @returns {Edge[]}
 */
function edgesOf(node) {
  return (node.always ?? []).map(({ guard, target }) => {
    const from = short(node.id);
    const [to] = target ?? [];
    return { id: `${from}--${nameOf(guard)}`, from, guard: nameOf(guard), to: to && short(to.id) };
  });
}

/**
 * All states of the machine with their edges, each state before those within it.
 *
 * @param {Node} root
 * @returns {State[]}
 */
export function readMachine(root) {
  /**
   * @param {Node} node
   * @returns {State[]}
   */
  const read = (node) => [
    {
      id: `s-${dashed(short(node.id))}`,
      state: short(node.id),
      name: node.key,
      description: node.description ?? '',
      children: Object.values(node.states).map(({ id }) => short(id)),
      edges: edgesOf(node),
    },
    ...Object.values(node.states).flatMap(read),
  ];
  const states = Object.values(root.states).flatMap(read);
  requireUnique(states.flatMap(({ id, edges }) => [id, ...edges.map((edge) => edge.id)]));
  return states;
}

/** @param {string[]} ids */
function requireUnique(ids) {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new Error(`The machine has ${twice} twice: an edge is known by its state and its guard`);
}
