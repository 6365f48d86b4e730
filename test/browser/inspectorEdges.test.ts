import { expect, test } from 'vitest';
import { saveRecording } from '../../src/inspect/index.ts';
import { adoptStyle, createPanel } from '../../src/inspect/panel/index.ts';
import { recordingSource } from '../../src/inspect/panel/recordingSource.ts';
import { edgeNames } from '../support/machineStage.ts';
import { stories } from '../unit/inspect/inspected.ts';

/** `authenticated: due -> refreshing` is `authenticated--due` in the chart. */
const idOf = (name: string): string => name.replace(/: (\w+).*/, '--$1').replaceAll('.', '-');

/** Goes through a recording step by step, as a person does, and tells what was lit in the chart meanwhile. */
const litIn = async (recording: string): Promise<Set<string>> => {
  const host = document.body.appendChild(document.createElement('div'));
  const root = host.attachShadow({ mode: 'open' });
  adoptStyle(root, window);
  const panel = createPanel(document, recordingSource('story', recording));
  root.append(panel.element);
  const next = [...root.querySelectorAll('button')].find(({ textContent }) => textContent === 'Step ▶')!;
  const place = (): string => root.querySelector('.replay .muted')?.textContent ?? '';
  const lit = new Set<string>();
  const note = (): void => {
    for (const { id } of root.querySelectorAll('.wide .on')) lit.add(id);
    const narrow = [...root.querySelectorAll('.narrow .on')].map(({ id }) => id.replace('narrow-', ''));
    expect(narrow.toSorted()).toEqual([...root.querySelectorAll('.wide .on')].map(({ id }) => id).toSorted());
  };
  await expect.poll(place).toMatch(/^Step 0 of [1-9]/);
  const count = Number(/of (\d+)/.exec(place())?.[1]);
  for (let step = 1; step <= count; step++) {
    next.click();
    await expect.poll(place).toMatch(new RegExp(`^Step ${step} of`));
    note();
  }
  panel.stop();
  host.remove();
  return lit;
};

test('every state and every edge of the machine is lit when a story leads along it', async () => {
  const lit = new Set<string>();
  for (const { name, play } of stories) {
    const { inspection } = await play();
    const seen = await litIn(saveRecording(inspection));
    expect([...seen]).toContain(`t-${idOf(name)}`);
    for (const id of seen) lit.add(id);
  }
  const edges = edgeNames().map((name) => `t-${idOf(name)}`);
  expect([...lit].filter((id) => id.startsWith('t-')).toSorted()).toEqual(edges.toSorted());
  expect([...lit].filter((id) => id.startsWith('s-')).toSorted()).toEqual([
    's-anonymous',
    's-anonymous-restoring',
    's-anonymous-settled',
    's-anonymous-signingIn',
    's-authenticated',
    's-expired',
    's-idle',
    's-idle-quiet',
    's-idle-warning',
    's-refreshing',
    's-refreshing-backingOff',
    's-refreshing-granting',
    's-refreshing-rescuing',
  ]);
}, 120_000);
