import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTally, report, sumOf } from './model/tally.ts';
import { tabInvariantsHold } from './tabs/check.ts';
import { expectedTabKinds } from './tabs/commands.ts';
import { playTabs, tabScripts } from './tabs/directed/play.ts';
import { tabSubject } from './tabs/subject.ts';
import { tabSurvey } from './tabs/survey.ts';

const numRuns = Number(process.env['VIGIL_RUNS'] ?? 1000);
/** The same runs each time: what fails is what was changed. Other seeds are for those who look for more. */
const seed = Number(process.env['VIGIL_SEED'] ?? 7);
const tally = createTally();

// For whoever wants to see all that is wrong, and not only what comes first.
test.runIf(process.env['VIGIL_SURVEY'])(
  'a survey of all violations (only where VIGIL_SURVEY is set)',
  async () => {
    expect(await tabSurvey(tabSubject, numRuns, seed)).toBe('');
  },
);

test.for(tabScripts)('in several tabs: $name', async (script) => {
  const { violations, log } = await playTabs(tabSubject, createTally(), script);
  if (process.env['VIGIL_LOG']) process.stderr.write(log.join('\n'));
  expect(violations.join('\n')).toBe('');
});

test(`what must always hold in several tabs, in ${numRuns} scheduled runs`, async () => {
  await fc.assert(tabInvariantsHold(tabSubject, tally), {
    numRuns,
    seed,
    path: process.env['VIGIL_PATH'] ?? '',
  });
  console.log(report(tally, []));
  expect(sumOf(tally, 'authorized') / tally.runs).toBeGreaterThan(2);
  // Few runs cannot meet all of it.
  const unmet = numRuns < 1000 ? [] : expectedTabKinds.filter((kind) => !tally.kinds.has(kind));
  expect(unmet).toEqual([]);
});
