import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invariantsHold } from './model/check.ts';
import { expectedKinds } from './model/commands.ts';
import { play, scripts } from './model/directed/play.ts';
import { edgeNames, subject } from './model/subject.ts';
import { survey, surveyText } from './model/survey.ts';
import { createTally, report, sumOf } from './model/tally.ts';

const numRuns = Number(process.env['VIGIL_RUNS'] ?? 1000);
/** The same runs each time: what fails is what was changed. Other seeds are for those who look for more. */
const seed = Number(process.env['VIGIL_SEED'] ?? 7);
const tally = createTally();

/**
 * A sign-in that nobody waits for brings somebody in: here its permit is void by then, so only services of their own, with
 * the plain machine, take these edges. `test/unit/machines/edges.test.ts` does.
 */
const ofServicesOfTheirOwn = new Set([
  'session.anonymous.settled -isSignedIn-> session.authenticated',
  'session.expired -isSignedIn-> session.authenticated',
]);

// For whoever wants to see all that is wrong, and not only what comes first.
test.runIf(process.env['VIGIL_SURVEY'])(
  'a survey of all violations (only where VIGIL_SURVEY is set)',
  async () => {
    expect(surveyText(await survey(subject, numRuns, seed))).toBe('');
  },
);

for (const script of scripts) {
  test(`${script.finding}: ${script.name}`, async () => {
    const { violations, log } = await play(subject, tally, script);
    if (process.env['VIGIL_LOG']) process.stderr.write(log.join('\n'));
    expect(violations.join('\n')).toBe('');
  });
}

test(`what must always hold, in ${numRuns} scheduled runs`, async () => {
  await fc.assert(invariantsHold(subject, tally), {
    numRuns,
    seed,
    path: process.env['VIGIL_PATH'] ?? '',
  });
  console.log(report(tally, edgeNames()));
  expect(sumOf(tally, 'authorized') / tally.runs).toBeGreaterThan(1);
  expect(sumOf(tally, 'adopted token sets') / tally.runs).toBeGreaterThan(0.05);
  // Few runs cannot meet all of it.
  const unmet = numRuns < 1000 ? [] : expectedKinds.filter((kind) => !tally.kinds.has(kind));
  expect(unmet).toEqual([]);
  const untaken = edgeNames().filter((edge) => !tally.edges.has(edge) && !ofServicesOfTheirOwn.has(edge));
  expect(untaken).toEqual([]);
});
