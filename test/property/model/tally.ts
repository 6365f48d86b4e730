/** What all runs together have exercised, and by what name: commands, faults, states, edges, settings. */
export interface Tally {
  runs: number;
  readonly sums: Map<string, number>;
  readonly kinds: Map<string, number>;
  readonly states: Map<string, number>;
  readonly edges: Map<string, number>;
}

export const createTally = (): Tally => ({
  runs: 0,
  sums: new Map(),
  kinds: new Map(),
  states: new Map(),
  edges: new Map(),
});

export const count = (map: Map<string, number>, key: string, times = 1): void =>
  void map.set(key, (map.get(key) ?? 0) + times);

/** How often something happened in all runs together. */
export const sumOf = ({ sums }: Tally, key: string): number => sums.get(key) ?? 0;

const rows = (map: ReadonlyMap<string, number>): string =>
  [...map]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, times]) => `  ${String(times).padStart(7)}  ${name}`)
    .join('\n');

/** What the runs have exercised, to read. */
export const report = (
  { runs, sums, kinds, states, edges }: Tally,
  edgesOfChart: readonly string[],
): string =>
  [
    `${runs} runs`,
    rows(sums),
    'commands and kinds',
    rows(kinds),
    'visited states',
    rows(states),
    'taken edges',
    rows(new Map([...edges].filter(([name]) => edgesOfChart.includes(name)))),
  ].join('\n');
