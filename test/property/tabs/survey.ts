import fc from 'fast-check';
import { createTally } from '../model/tally.ts';
import { tabInvariantsHold } from './check.ts';
import type { TabSubject } from './subject.ts';

const kindOf = (violation: string): string =>
  violation.replaceAll(/\d+(\.\d+)?/g, (number, _, at: number) => (at === 0 ? number : 'n'));

/** Every kind of violation that the runs find, how often, and where first; the runs go on after each. To read. */
export const tabSurvey = async (subject: TabSubject, numRuns: number, seed: number): Promise<string> => {
  const found = new Map<string, { times: number; readonly first: number }>();
  let runs = 0;
  const note = ({ violations }: { readonly violations: readonly string[] }): void => {
    const number = runs++;
    for (const kind of new Set(violations.map(kindOf))) {
      const known = found.get(kind) ?? { times: 0, first: number };
      known.times++;
      found.set(kind, known);
    }
  };
  await fc.check(tabInvariantsHold(subject, createTally(), note), { numRuns, seed, endOnFailure: true });
  return [...found]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([kind, { times, first }]) => `${String(times).padStart(6)}  ${kind}  (run ${first})`)
    .join('\n');
};
