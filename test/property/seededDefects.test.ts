import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { facadeDefects } from './defects/facadeDefects.ts';
import { type Actual, type ModuleDefect, moduleDefects } from './defects/moduleDefects.ts';
import { invariantsHold } from './model/check.ts';
import { play, scripts } from './model/directed/play.ts';
import { subject, type Subject } from './model/subject.ts';
import { createTally } from './model/tally.ts';

const withModule = async ({ path, fault }: ModuleDefect): Promise<Subject> => {
  vi.resetModules();
  vi.doMock(path, async (original) => {
    const actual = await original<Actual>();
    return { ...actual, ...fault(actual) };
  });
  const { assembleSession } = await import('../../src/session/assembleSession.ts');
  const { createGrants } = await import('../../src/grants/index.ts');
  vi.doUnmock(path);
  return { assembleSession, createGrants };
};

/** Whether a script shows it, or one of some hundred scheduled runs. */
const isNoticed = async (faulty: Subject, noticed: RegExp): Promise<boolean> => {
  const shows = ({ violations }: { violations: readonly string[] }): boolean =>
    violations.some((violation) => noticed.test(violation));
  for (const script of scripts) if (shows(await play(faulty, createTally(), script))) return true;
  const runs = invariantsHold(faulty, createTally(), (run) => {
    if (shows(run)) throw new Error('noticed');
  });
  return (await fc.check(runs, { numRuns: 400, endOnFailure: true, seed: 1 })).failed;
};

afterEach(() => vi.resetModules());

test.for(Object.entries(moduleDefects))('a seeded defect is noticed: %s', async ([, defect]) => {
  expect(await isNoticed(await withModule(defect), defect.noticed)).toBe(true);
});

test.for(Object.entries(facadeDefects))('a seeded defect is noticed: %s', async ([, defect]) => {
  expect(await isNoticed(defect.spoil(subject), defect.noticed)).toBe(true);
});
