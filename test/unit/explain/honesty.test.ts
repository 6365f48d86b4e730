import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causes } from '../../../src/explain/causes.ts';
import { explain } from '../../../src/explain/explain.ts';
import type { FailedGrant } from '../../../src/explain/failedGrant.ts';
import { factsOf } from '../../../src/explain/facts.ts';
import { anyEvidence } from './anyEvidence.ts';
import { endpointRows } from './endpointRows.ts';
import { furtherRows } from './furtherRows.ts';
import { liveRecord } from './liveRecord.ts';
import { shapeRows } from './shapeRows.ts';

const excludedBy = (failure: FailedGrant): ReadonlySet<string> => {
  const facts = factsOf(failure);
  const ruledOut = causes.filter(({ excludedBy: clues = [] }) =>
    clues.some((clue) => clue(facts) !== undefined),
  );
  return new Set(ruledOut.map(({ id }) => id));
};

const check = (property: (failure: FailedGrant) => void): void =>
  fc.assert(fc.property(anyEvidence, property), runs);

/** Not what came back: without it the answer to a junk token stands in for it, and may exclude what the real one does not. */
const parts = ['request', 'server', 'nowSeconds'] as const;

const runs = { numRuns: 500 };

describe('whatever the evidence', () => {
  it('each cause comes once, with evidence, and what is excluded does not come', () => {
    check((failure) => {
      const found = explain(failure);
      const excluded = excludedBy(failure);
      expect(found.filter(({ id }) => excluded.has(id))).toEqual([]);
      expect(found.filter(({ evidence }) => evidence.length === 0)).toEqual([]);
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    });
  });

  it('at most one is shown, and it comes first', () => {
    check((failure) => {
      const shown = explain(failure).map(({ certainty }) => certainty === 'shown');
      expect(shown.indexOf(true)).toBeLessThanOrEqual(0);
      expect(shown.lastIndexOf(true)).toBeLessThanOrEqual(0);
    });
  });

  it('the same evidence gives the same causes', () => {
    check((failure) => {
      expect(explain(structuredClone(failure))).toEqual(explain(failure));
    });
  });

  it('more evidence never brings back what was excluded', () => {
    fc.assert(
      fc.property(anyEvidence, fc.subarray([...parts]), (failure, left) => {
        const less = { ...failure, ...Object.fromEntries(left.map((part) => [part, undefined])) };
        const found = new Set(explain(failure).map(({ id }) => id));
        expect([...excludedBy(less)].filter((id) => found.has(id))).toEqual([]);
      }),
      runs,
    );
  });
});

/** What is real fits together, as arbitrary evidence does not. */
const real: readonly FailedGrant[] = [...liveRecord, ...furtherRows, ...shapeRows, ...endpointRows].map(
  ({ failure }) => failure,
);

/**
 * Less of it: nobody was asked, or no clock is known. An answer is not left out: what the server has passed before it
 * answered was no fault, as plain as it looked.
 */
const lessOf = (failure: FailedGrant): readonly FailedGrant[] =>
  [{ server: undefined }, { nowSeconds: undefined }, { server: undefined, nowSeconds: undefined }].map(
    (left) => Object.assign({}, failure, left),
  );

it('more evidence never takes back what was shown', () => {
  let claims = 0;
  const takenBack = real.flatMap((failure) =>
    lessOf(failure).flatMap((less) => {
      const [claim] = explain(less);
      if (claim?.certainty !== 'shown') return [];
      claims += 1;
      const ids = explain(failure).map(({ id }) => id);
      return ids.includes(claim.id) ? [] : [`${claim.id}, then ${ids.join(', ')}`];
    }),
  );
  expect(takenBack).toEqual([]);
  expect(claims).toBeGreaterThan(100);
});
