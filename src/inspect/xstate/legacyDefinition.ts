import type { AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** A transition as XState 4 reads it. */
interface LegacyTransition {
  readonly target?: readonly string[];
  readonly actions: readonly LegacyAction[];
  readonly internal: boolean;
}

interface LegacyAction {
  readonly type: string;
}

/** A state, and what it holds, as `createMachine` of XState 4 reads it. Plain JSON. */
export interface LegacyDefinition {
  readonly id: string;
  readonly key: string;
  /** Without it XState 4 advises the viewer to set it. */
  readonly predictableActionArguments?: true;
  readonly type?: 'final';
  readonly initial?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly entry?: readonly LegacyAction[];
  readonly invoke?: readonly { readonly id: string; readonly src: string }[];
  readonly on?: Readonly<Record<string, readonly LegacyTransition[]>>;
  readonly states?: Readonly<Record<string, LegacyDefinition>>;
}

/** The name of an action, a guard or a service: a string, or an object that has a type. */
export const nameOf = (named: unknown): string =>
  typeof named === 'string' ? named : String((named as { readonly type?: unknown } | null)?.type);

const actionsOf = (actions: readonly unknown[]): LegacyAction[] =>
  actions.map((action) => ({ type: nameOf(action) }));

const legacyTransition = ({ target, actions, reenter }: AnyTransitionDefinition): LegacyTransition => ({
  ...(target && { target: target.map(({ id }) => `#${id}`) }),
  actions: actionsOf(actions),
  internal: !reenter,
});

/** What it does on events. Only actions depend on the guards of those, and a viewer cannot evaluate them. */
const onEvents = (node: AnyStateNode): [string, LegacyTransition[]][] =>
  [...node.transitions].map(([type, candidates]) => [
    type,
    candidates.filter(({ guard }) => !guard).map(legacyTransition),
  ]);

/** Its edges, each as the event that its guard is named: so a viewer has a label for it, and can take it. */
const onGuards = (node: AnyStateNode): [string, LegacyTransition[]][] =>
  (node.always ?? []).map((edge) => [nameOf(edge.guard), [legacyTransition(edge)]]);

const legacyState = (node: AnyStateNode): LegacyDefinition => {
  const states = Object.entries(node.states);
  const [initial] = node.initial?.target ?? [];
  return {
    id: node.id,
    key: node.key,
    ...(initial && { initial: initial.key }),
    ...(node.description !== undefined && { description: node.description }),
    tags: node.tags,
    entry: actionsOf(node.entry),
    invoke: node.invoke.map(({ id, src }) => ({ id, src: nameOf(src) })),
    on: Object.fromEntries([...onEvents(node), ...onGuards(node)]),
    states: Object.fromEntries(states.map(([key, inner]) => [key, legacyState(inner)])),
  };
};

/** The session's machine for XState 4. */
export const legacyDefinition = (root: AnyStateNode): LegacyDefinition => ({
  ...legacyState(root),
  predictableActionArguments: true,
});

/** A service of the machine: it has no chart, but runs and ends. */
export const serviceDefinition = (id: string): LegacyDefinition => ({
  id,
  key: id,
  predictableActionArguments: true,
  initial: 'active',
  states: Object.fromEntries(
    ['active', 'done', 'error', 'stopped'].map((key) => [
      key,
      { id: `${id}.${key}`, key, ...(key !== 'active' && { type: 'final' }) },
    ]),
  ),
});
