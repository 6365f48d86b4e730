import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createActor } from 'xstate';
import { createSessionMachine, defaultMachineSettings } from '../../../machines/index.ts';
import { descriptions } from '../../../machines/descriptions.ts';
import { edgeNames } from '../../support/machineStage.ts';

const machine = createSessionMachine();
const outer = Object.values(machine.root.states);
const nested = outer.concat(outer.flatMap(({ states }) => Object.values(states)));

const functionsIn = (value: unknown, path: string): string[] => {
  if (typeof value === 'function') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => functionsIn(inner, `${path}.${key}`));
};

test('the definition names everything: no function is inlined in it', () => {
  expect(functionsIn(JSON.parse(JSON.stringify(machine.definition)), 'machine')).toEqual([]);
  const { config } = machine;
  expect(functionsIn({ ...config, context: undefined }, 'config')).toEqual([]);
});

test('every service is invoked once, at the root, and is handed no input', () => {
  expect(machine.root.invoke.map(({ id, src, input }) => [id, src, input])).toEqual(
    ['alarm', 'record', 'login', 'refresh', 'activity', 'environment'].map((name) => [name, name, undefined]),
  );
  expect(nested.flatMap(({ invoke }) => invoke)).toEqual([]);
});

test('no state waits with a timer of its own: the alarm is the only one', () => {
  expect(JSON.stringify(machine.config)).not.toContain('"after"');
});

test('an endless loop of guards is an error and not a hang', () => {
  expect(machine.options.maxIterations).toBe(100);
});

test('the five top-level states keep their names, and every state is described', () => {
  expect(Object.keys(machine.states)).toEqual([
    'anonymous',
    'authenticated',
    'refreshing',
    'idle',
    'expired',
  ]);
  expect(Object.fromEntries(nested.map(({ key, description }) => [key, description]))).toEqual(descriptions);
});

test('the tags say who is signed in, away, or waited for', () => {
  const tagged = (tag: string) => nested.filter(({ tags }) => tags.includes(tag)).map(({ key }) => key);
  expect(tagged('signedIn')).toEqual(['authenticated', 'refreshing', 'idle']);
  expect(tagged('away')).toEqual(['idle']);
  expect(tagged('loading')).toEqual(['restoring', 'signingIn']);
});

test('settings that are left out are the defaults', () => {
  const { settings } = createActor(machine, { input: { rescue: true } }).getSnapshot().context;
  expect(settings).toEqual({ ...defaultMachineSettings, rescue: true });
  expect(defaultMachineSettings).toEqual({
    idle: {
      afterMs: null,
      signOutAfterMs: null,
      warnBeforeMs: 60_000,
      confirm: false,
      renewOnRequest: false,
    },
    rescue: false,
  });
});

test('at first nothing was told, nothing is wanted but the restore, and nothing is over', () => {
  const { context } = createActor(machine).getSnapshot();
  const flags = Object.entries(context).filter(([, value]) => typeof value === 'boolean');
  expect(flags.filter(([, value]) => value)).toEqual([]);
  expect(context.login).toMatchObject({ kind: 'restore' });
});

test('one machine serves many actors, none of which sees the others', () => {
  const [one, two] = [createActor(machine).start(), createActor(machine).start()];
  one.send({ type: 'user.held' });
  expect(two.getSnapshot().context.holds).toBe(0);
  one.stop();
  two.stop();
});

test('the page about the chart names every edge, and no other', () => {
  const page = readFileSync(new URL('../../../docs/statechart.md', import.meta.url), 'utf8');
  const [, edges = ''] = page.split(/^## Edges$/m);
  const named = edges
    .split(/^## /m)[0]!
    .split(/^### /m)
    .flatMap((section) => {
      const [, from] = /^`(.*)`/.exec(section) ?? [];
      return [...section.matchAll(/^\| `(\w+)` \| (?:`([\w.]+)`|stays) \|/gm)].map(
        ([, guard, to]) => `${from}: ${guard}${to ? ` -> ${to}` : ''}`,
      );
    });
  expect(named.toSorted()).toEqual(edgeNames().toSorted());
});
