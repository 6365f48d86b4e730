import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { loadWith } from './defects/loadWith.ts';
import type { ModuleDefect } from './defects/moduleDefects.ts';
import { tabDefects } from './defects/tabDefects.ts';
import { createTally } from './model/tally.ts';
import { tabInvariantsHold } from './tabs/check.ts';
import { playTabs, tabScripts } from './tabs/directed/play.ts';
import type { TabRun } from './tabs/run.ts';
import { tabSubject, type TabSubject, withoutTabs } from './tabs/subject.ts';

const scriptOf = (name: string) => {
  const script = tabScripts.find((one) => one.name === name);
  if (script) return script;
  throw new Error(`No script: ${name}`);
};

/** Whether the script named shows it; else whether one of some hundred scheduled runs does. */
const isNoticed = async (
  faulty: TabSubject,
  { noticed, script }: Pick<ModuleDefect, 'noticed' | 'script'>,
): Promise<boolean> => {
  const shows = ({ violations }: TabRun): boolean => violations.some((violation) => noticed.test(violation));
  if (script !== undefined) return shows(await playTabs(faulty, createTally(), scriptOf(script)));
  const runs = tabInvariantsHold(faulty, createTally(), (run) => {
    if (shows(run)) throw new Error('noticed');
  });
  return (await fc.check(runs, { numRuns: 300, endOnFailure: true, seed: 1 })).failed;
};

afterEach(() => vi.resetModules());

test('a seeded defect is noticed: tabs have nothing in common but the record', async () => {
  expect(await isNoticed(withoutTabs(tabSubject), { noticed: /2: two refresh grants/ })).toBe(true);
});

test.for(Object.entries(tabDefects))('a seeded defect is noticed: %s', async ([, defect]) => {
  const { tabSubject: faulty } = await loadWith(defect, () => import('./tabs/subject.ts'));
  expect(await isNoticed(faulty, defect)).toBe(true);
});
