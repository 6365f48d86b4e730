import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGrants } from '../../src/grants/index.ts';
import { assembleSession } from '../../src/session/assembleSession.ts';
import { invariantsHold } from './model/check.ts';
import { edgeNames, report } from './model/coverage.ts';
import { directedRuns } from './model/directed.ts';
import { createTally } from './model/run.ts';

const numRuns = Number(process.env['VIGIL_RUNS'] ?? 1000);
/** The same runs each time: what fails is what was changed. Other seeds are for those who look for more. */
const seed = Number(process.env['VIGIL_SEED'] ?? 7);

test(`what must always hold, in ${numRuns} scheduled runs`, async () => {
  const tally = createTally();
  await fc.assert(invariantsHold({ assembleSession, createGrants }, tally), {
    numRuns,
    seed,
    path: process.env['VIGIL_PATH'] ?? '',
  });
  await directedRuns({ assembleSession, createGrants }, tally);
  console.log(report(tally));
  expect(tally.authorized / tally.runs).toBeGreaterThan(1);
  expect(tally.adopted / tally.runs).toBeGreaterThan(0.1);
  expect(edgeNames().filter((edge) => !tally.edges.has(edge))).toEqual([]);
});
