import fc from 'fast-check';
import { invariantsHold } from './check.ts';
import { playAll } from './directed/play.ts';
import type { Run } from './run.ts';
import type { Subject } from './subject.ts';
import { createTally } from './tally.ts';

interface Sighting {
  times: number;
  readonly first: string;
}

const kindOf = (violation: string): string =>
  violation.replaceAll(/\d+(\.\d+)?/g, (number, _, at: number) => (at === 0 ? number : 'n'));

/**
 * Every kind of violation that the runs find, how often, and where first; the runs go on after each.
 * For whoever looks at a version with known faults, or at what a seeded defect sets off.
 */
export const survey = async (
  subject: Subject,
  numRuns: number,
  seed: number,
): Promise<Map<string, Sighting>> => {
  const found = new Map<string, Sighting>();
  const note = (where: string, { violations }: Pick<Run, 'violations'>): void => {
    for (const kind of new Set(violations.map(kindOf))) {
      const known = found.get(kind) ?? { times: 0, first: where };
      known.times++;
      found.set(kind, known);
    }
  };
  let runs = 0;
  const tally = createTally();
  await playAll(subject, tally, (script, run) => note(script, run));
  await fc.check(
    invariantsHold(subject, tally, (run) => note(`run ${runs++}`, run)),
    { numRuns, seed, endOnFailure: true },
  );
  return found;
};

/** A survey to read. */
export const surveyText = (found: ReadonlyMap<string, Sighting>): string =>
  [...found]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([kind, { times, first }]) => `${String(times).padStart(6)}  ${kind}  (${first})`)
    .join('\n');
