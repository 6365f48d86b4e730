import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { facadeDefects } from './defects/facadeDefects.ts';
import { loadWith } from './defects/loadWith.ts';
import { type ModuleDefect, moduleDefects } from './defects/moduleDefects.ts';
import { invariantsHold } from './model/check.ts';
import { play, scripts } from './model/directed/play.ts';
import type { Run } from './model/run.ts';
import { subject, type Subject } from './model/subject.ts';
import { createTally } from './model/tally.ts';

const withModule = async (defect: ModuleDefect): Promise<Subject> =>
  (await loadWith(defect, () => import('./model/subject.ts'))).subject;

interface Noticing {
  readonly noticed: RegExp;
  readonly script?: string;
  readonly seed?: number;
}

const scriptOf = (name: string) => {
  const script = scripts.find((one) => one.name === name);
  if (script) return script;
  throw new Error(`No script: ${name}`);
};

/** Whether the script named shows it; else whether one of some hundred scheduled runs does. */
const isNoticed = async (faulty: Subject, { noticed, script, seed = 1 }: Noticing): Promise<boolean> => {
  const shows = ({ violations }: Run): boolean => violations.some((violation) => noticed.test(violation));
  if (script !== undefined) return shows(await play(faulty, createTally(), scriptOf(script)));
  const runs = invariantsHold(faulty, createTally(), (run) => {
    if (shows(run)) throw new Error('noticed');
  });
  return (await fc.check(runs, { numRuns: 400, endOnFailure: true, seed })).failed;
};

afterEach(() => vi.resetModules());

test.for(Object.entries(moduleDefects))('a seeded defect is noticed: %s', async ([, defect]) => {
  expect(await isNoticed(await withModule(defect), defect)).toBe(true);
});

test.for(Object.entries(facadeDefects))('a seeded defect is noticed: %s', async ([, defect]) => {
  expect(await isNoticed(defect.spoil(subject), defect)).toBe(true);
});
