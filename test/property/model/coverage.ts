import { createSessionMachine } from '../../../machines/index.ts';
import { edgeName, type Tally } from './run.ts';

interface Node {
  readonly always?: readonly Parameters<typeof edgeName>[0][];
  readonly states: Readonly<Record<string, Node>>;
}

/** Every edge that the chart's always tables can take. */
export const edgeNames = (node: Node = createSessionMachine().root as unknown as Node): string[] => [
  ...(node.always ?? []).map(edgeName),
  ...Object.values(node.states).flatMap((child) => edgeNames(child)),
];

const rows = (map: ReadonlyMap<string, number>): string =>
  [...map]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, times]) => `  ${String(times).padStart(7)}  ${name}`)
    .join('\n');

/** What the runs have exercised, to read. */
export const report = ({
  runs,
  requests,
  authorized,
  refreshes,
  adopted,
  logins,
  states,
  edges,
}: Tally): string =>
  [
    `${runs} runs: ${(requests / runs).toFixed(1)} requests a run (${authorized} with a token), ${refreshes} refresh grants, ${adopted} adopted token sets, ${logins} sign-ins`,
    'visited states',
    rows(states),
    'taken edges',
    rows(new Map([...edges].filter(([name]) => edgeNames().includes(name)))),
  ].join('\n');
