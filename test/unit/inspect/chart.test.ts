import { expect, test } from 'vitest';
import { drawNarrow } from '../../../docs/chart/drawNarrow.mjs';
import { drawWide } from '../../../docs/chart/drawWide.mjs';
import { type Edge, readMachine, type State } from '../../../docs/chart/readMachine.mjs';
import { writeMermaid } from '../../../docs/chart/writeMermaid.mjs';
import { createSessionMachine } from '../../../machines/index.ts';
import { narrowChart, wideChart } from '../../../src/inspect/chart/chartSvg.ts';

const states = readMachine(createSessionMachine().root);
const edges = states.flatMap((state) => state.edges);

const idsIn = (svg: string): string[] => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id);

const withEdges = (of: string, change: (edges: Edge[]) => Edge[]): State[] =>
  states.map((state) => (state.state === of ? { ...state, edges: change(state.edges) } : state));

test('the machine is read with all its states and edges', () => {
  expect([states.length, edges.length]).toEqual([13, 42]);
  expect(states.filter(({ description }) => !description)).toEqual([]);
  expect(edges.map(({ id }) => id)).toContain('authenticated--due');
  expect(edges.filter(({ to }) => to === undefined).map(({ guard }) => guard)).toEqual([
    'tokensChanged',
    'resumed',
    'endsSoon',
    'tokensChanged',
  ]);
});

test.each([
  ['wide', drawWide(states), ''],
  ['narrow', drawNarrow(states), 'narrow-'],
])('the %s chart has each state and each edge, once', (_, svg, prefix) => {
  const drawn = idsIn(svg).filter((id) => id !== 'arrow');
  const wanted = [...states.map(({ id }) => id), ...edges.map(({ id }) => `t-${id.replaceAll('.', '-')}`)];
  expect(drawn.toSorted()).toEqual(wanted.map((id) => prefix + id).toSorted());
  // A strict policy forbids both, and what is drawn needs neither.
  expect(svg).not.toMatch(/<style|<script| style=/);
});

test('what is checked in was made from this machine', () => {
  expect([wideChart, narrowChart]).toEqual([drawWide(states), drawNarrow(states)]);
});

test('Mermaid has each edge', () => {
  const text = writeMermaid(states);
  for (const { from, guard, to = from } of edges) {
    const way = new RegExp(`^ +${from.replace('.', '_')} --> ${to.replace('.', '_')}: .*\\b${guard}\\b`, 'm');
    expect(text).toMatch(way);
  }
});

test.each([
  [
    'an edge without a line',
    withEdges('idle.quiet', (own) => [
      ...own,
      { id: 'idle.quiet--bored', from: 'idle.quiet', guard: 'bored', to: 'expired' },
    ]),
    'no line for: idle.quiet--bored',
  ],
  [
    'a line without an edge',
    withEdges('idle.quiet', () => []),
    'lines for what is no edge of the machine: idle.quiet--warns',
  ],
  [
    'a state without a box',
    [...states, { ...states[0]!, state: 'asleep', id: 's-asleep', edges: [], children: [] }],
    'no box for: asleep',
  ],
  [
    'a box without a state',
    states.filter(({ state }) => state !== 'expired'),
    'boxes for what is no state of the machine: expired',
  ],
])('%s is told of', (_, changed, message) => {
  expect(() => drawWide(changed)).toThrow(message);
});

test('two edges of one state with one guard are told of', () => {
  const edge = { guard: 'due', target: [{ id: 'session.b' }] };
  const root = {
    key: 'session',
    id: 'session',
    states: { a: { key: 'a', id: 'session.a', states: {}, always: [edge, edge] } },
  };
  expect(() => readMachine(root)).toThrow('a--due twice');
});
