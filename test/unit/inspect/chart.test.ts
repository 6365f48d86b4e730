import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outputs } from '../../../docs/chart/generate.mjs';
import { boxes, chips, lines, starts } from '../../../docs/chart/places.mjs';
import { readMachine, type Node } from '../../../docs/chart/readMachine.mjs';
import { readWords } from '../../../docs/chart/readWords.mjs';
import { requirePlaces } from '../../../docs/chart/requirePlaces.mjs';
import { createSessionMachine } from '../../../machines/index.ts';
import { narrowChart, wideChart } from '../../../src/inspect/chart/chartSvg.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const root: Node = createSessionMachine().root;
const words = readWords(read('docs/statechart.md'));
const states = readMachine(root, words);
const edges = states.flatMap((state) => state.edges);

/** The machine with one of its states changed. */
const changed = (id: string, change: (node: Node) => Partial<Node>, node: Node = root): Node => {
  const { key, description, states: inner, initial, always } = node;
  const copy: Node = {
    key,
    id: node.id,
    description,
    ...(initial && { initial }),
    ...(always && { always }),
    states: Object.fromEntries(
      Object.entries(inner).map(([name, state]) => [name, changed(id, change, state)]),
    ),
  };
  return node.id === `session.${id}` ? { ...copy, ...change(copy) } : copy;
};

const idsIn = (svg: string): string[] => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id);

it('the machine is read with all its states and edges', () => {
  expect([states.length, edges.length]).toEqual([13, 45]);
  expect(states.filter(({ description }) => !description)).toEqual([]);
  expect(edges.map(({ id }) => id)).toContain('authenticated--due');
  expect(edges.filter(({ to }) => to === undefined).map(({ guard }) => guard)).toEqual([
    'tokensChanged',
    'resumed',
    'endsSoon',
    'tokensChanged',
  ]);
});

describe('the outputs', () => {
  it.each(Object.entries(outputs(root)))(
    '%s is what the machine gives (else: npm run chart)',
    (path, made) => {
      expect(read(path) === made).toBe(true);
    },
  );

  it('the charts have every state and every edge, and each id once', () => {
    const parts = [...states.map(({ state }) => `s-${state}`), ...edges.map(({ id }) => `t-${id}`)].map(
      (id) => id.replaceAll('.', '-'),
    );
    expect(idsIn(wideChart).toSorted()).toEqual(['vigil-arrow', 'vigil-arrow-on', ...parts].toSorted());
    expect(idsIn(narrowChart).toSorted()).toEqual(parts.map((id) => `narrow-${id}`).toSorted());
  });

  it('the Mermaid text has every edge with its guard', () => {
    const id = (state: string) => state.replaceAll('.', '_');
    const [, mermaid = ''] = read('docs/statechart.md').match(/```mermaid\n([^]*?)\n```/) ?? [];
    const drawn = mermaid.split('\n').flatMap((line) => {
      const [, from, to, guards] = line.match(/^ +(\w+) --> (\w+): (.+)/) ?? [];
      return guards?.split(', ').map((guard) => `${from} ${guard} ${to}`) ?? [];
    });
    expect(drawn.toSorted()).toEqual(
      edges.map(({ from, guard, to }) => `${id(from)} ${guard} ${id(to ?? from)}`).toSorted(),
    );
  });

  it('every part is named: a state by its description, an edge by its guard in words', () => {
    for (const svg of [wideChart, narrowChart]) {
      expect(svg).toContain('<title>idle: The user is away. ');
      expect(svg).toContain(
        '<title>due, from authenticated to refreshing: the user is present and it is time to renew</title>',
      );
      expect(svg).toContain('<title>resumed, stays in authenticated: the user was away and is back</title>');
      expect(svg.match(/ role="img"/g)).toHaveLength(states.length + edges.length);
      expect(svg.match(/<title>/g)).toHaveLength(states.length + edges.length);
    }
  });

  it('a strict content security policy has nothing to refuse', () => {
    expect(wideChart + narrowChart).not.toMatch(/<style|<script| style=| on\w+=|href=/);
  });
});

describe('drift', () => {
  const placesOf = (machine: Node, more: Record<string, string> = {}) =>
    requirePlaces(readMachine(machine, { ...words, ...more }));

  it('the machine as it is has its places', () => {
    expect(() => placesOf(changed('idle', () => ({})))).not.toThrow();
  });

  it('an edge more is refused, even one with a guard that is a chip elsewhere', () => {
    const more = changed('idle.quiet', ({ always = [] }) => ({
      always: [...always, { guard: 'signOutRequested' }],
    }));
    expect(() => placesOf(more)).toThrow('have no row for idle.quiet--signOutRequested');
    expect(() => placesOf(more, { 'idle.quiet--signOutRequested': 'it is so' })).toThrow(
      'neither a line nor a chip for these edges of the machine: idle.quiet--signOutRequested',
    );
  });

  it.each([
    ['a line', 'authenticated', 'due'],
    ['a chip', 'idle', 'recordLost'],
  ])('an edge less, drawn as %s, is refused', (_, state, guard) => {
    const less = changed(state, ({ always = [] }) => ({
      always: always.filter(
        (edge) => (edge.guard as { type?: string }).type !== guard && edge.guard !== guard,
      ),
    }));
    expect(() => placesOf(less)).toThrow(
      `has lines or chips for what is no edge of the machine: ${state}--${guard}`,
    );
  });

  it('an edge that leads elsewhere is refused', () => {
    const target = [root.states['expired']!];
    const moved = changed('idle.quiet', ({ always = [] }) => ({
      always: always.map((edge) => ({ ...edge, target })),
    }));
    expect(() => placesOf(moved)).toThrow(
      'has lines that do not lead from one box to the other: idle.quiet--warns',
    );
  });

  it('a state more or less is refused, and one that begins elsewhere', () => {
    const more = { key: 'asleep', id: 'session.idle.asleep', states: {} };
    const withMore = changed('idle', (idle) => ({ states: { ...idle.states, asleep: more } }));
    expect(() => placesOf(withMore)).toThrow('no box for these states of the machine: idle.asleep');

    const without = changed('idle', ({ states: { quiet } }) => ({ states: { quiet: quiet! } }));
    expect(() => placesOf(without)).toThrow('boxes for what is no state of the machine: idle.warning');

    const elsewhere = changed('idle', (idle) => ({ initial: { target: [idle.states['warning']!] } }));
    expect(() => placesOf(elsewhere)).toThrow('does not show where these states begin: idle');
  });

  it('two edges of one state with one guard are refused: they would have one id', () => {
    const twice = changed('idle.quiet', ({ always = [] }) => ({ always: [...always, ...always] }));
    expect(() => placesOf(twice)).toThrow('The machine has idle.quiet--warns twice');
  });

  it('an edge that is both a line and a chip is refused', () => {
    const both = { boxes, lines, starts, chips: { ...chips, 'idle.quiet': ['warns'] } };
    expect(() => requirePlaces(states, both)).toThrow('has these edges twice: idle.quiet--warns');
  });
});
