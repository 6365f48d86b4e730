import { expect, test } from 'vitest';
import { baseAfter } from '../../../src/inspect/backlog.ts';
import { edgesIn } from '../../../src/inspect/edgesIn.ts';
import type { InspectEntry } from '../../../src/inspect/inspectEntry.ts';
import { openRecording, saveRecording } from '../../../src/inspect/recording.ts';
import { replaySteps, replayVerdict } from '../../../src/inspect/panel/replaySteps.ts';
import { edgeNames } from '../../support/machineStage.ts';
import { type InspectedStage, ofKind, rows, stories } from './inspected.ts';

/** `authenticated: due -> refreshing` is `authenticated--due` in the stream. */
const idOf = (name: string): string => name.replace(/: (\w+).*/, '--$1');

const seenIn = ({ inspection }: InspectedStage) => {
  const ids: string[] = [];
  let machine = inspection.base;
  for (const entry of inspection.entries) {
    if (entry.kind === 'step' && machine) {
      const taken = edgesIn(machine, entry.micro, entry.at);
      ids.push(...taken.map(({ edge }) => edge));
      for (const { why } of taken) expect(why).not.toMatch(/undefined|null|NaN|Infinity|\bnever\b/);
    }
    machine = baseAfter(machine, entry);
  }
  return { ids, machine };
};

test.each(stories)(
  '$name is in the stream, and what it ends with is what the session knows',
  async (story) => {
    const stage = await story.play();
    const { ids, machine } = seenIn(stage);
    expect(ids).toContain(idOf(story.name));
    const { context, value } = stage.session.actor.getSnapshot();
    expect(machine?.context).toEqual(context);
    expect(machine?.state).toBe(typeof value === 'string' ? value : Object.entries(value).flat().join('.'));
  },
);

test('no edge of the machine is without a story, and its ids are unique', () => {
  const edges = edgeNames().map(idOf);
  expect(rows.map(([name]) => idOf(name)).toSorted()).toEqual(edges.toSorted());
  expect(new Set(edges).size).toBe(edges.length);
});

test('every state of the machine is in a story', async () => {
  const states = new Set<string>();
  for (const { play } of stories)
    for (const { micro } of ofKind((await play()).inspection.entries, 'step'))
      for (const { state } of micro) states.add(state);
  expect([...states].toSorted()).toEqual([
    'anonymous.restoring',
    'anonymous.settled',
    'anonymous.signingIn',
    'authenticated',
    'expired',
    'idle.quiet',
    'idle.warning',
    'refreshing.backingOff',
    'refreshing.granting',
    'refreshing.rescuing',
  ]);
});

test.each(stories)(
  '$name: the real machine takes the same way again, also out of a file',
  async ({ play }) => {
    const { inspection } = await play();
    const opened = openRecording(saveRecording(inspection));
    expect(opened.entries).toEqual(inspection.entries);
    expect(opened.base).toEqual(inspection.base);
    const steps = replaySteps(opened);
    expect(steps.length).toBe(ofKind(inspection.entries, 'step').length);
    for (const { replayed, recorded } of steps) expect(replayed).toBe(recorded);
    expect(replayVerdict(steps)).toBe(
      `The machine of this version takes all ${steps.length} steps as they were recorded.`,
    );
  },
);

/** Another machine would have gone another way: an edge that has another name, one that is missing, another state. */
const drifts: [string, (micro: { edge: string | null; state: string }[]) => void][] = [
  ['another edge', (micro) => void (micro.at(-1)!.edge = 'authenticated--resumed')],
  ['an edge less', (micro) => void micro.pop()],
  ['another state', (micro) => void (micro.at(-1)!.state = 'expired')],
];

test.each(drifts)('a recording with %s is found to differ, at its step', async (_, change) => {
  const due = stories.find(({ name }) => name === 'authenticated: due -> refreshing')!;
  const { inspection } = await due.play();
  const entries = structuredClone(inspection.entries) as InspectEntry[];
  const step = ofKind(entries, 'step').find(({ micro }) =>
    micro.some(({ edge }) => edge === 'authenticated--due'),
  )!;
  change(step.micro as never);
  const steps = replaySteps({ base: inspection.base, entries });
  expect(steps.find(({ recorded, replayed }) => recorded !== replayed)).toMatchObject({
    number: step.number,
    replayed: 'authenticated, authenticated--due → refreshing.granting',
  });
  expect(replayVerdict(steps)).toContain(`first at entry ${step.number}: authenticated, authenticated--due`);
});
