import { beforeAll, describe, expect, it } from 'vitest';
import { complaints } from './complaints.ts';
import { type Judged, judged, type Mark } from './judged.ts';
import { publicQuestions } from './public.ts';
import { mixedQuestions } from './mixed.ts';
import type { Question } from './question.ts';

interface Bounds {
  /** What was reached; raised with what is mended. The aim: 95 of 100 right or honest, most of them right. */
  readonly floor: { readonly told: number; readonly right: number; readonly rightOrHonest: number };
  /** Lowered with what is mended. The aim: nothing wrong shown, and at most 3 of 100 likely. */
  readonly ceiling: { readonly confidentlyWrong: number; readonly shownWrong: number };
}

/** Names what was said instead, where there is too much of it. */
const unless = (isEnough: boolean, others: readonly Judged[]): string =>
  isEnough ? '' : `${others.length}:\n${others.map(({ id, said }) => `${id}: ${said}`).join('\n')}`;

interface Set {
  readonly name: string;
  readonly questions: readonly Question[];
  readonly bounds: Bounds;
}

const sets: readonly Set[] = [
  {
    name: 'that show a request',
    questions: publicQuestions,
    bounds: {
      floor: { told: 57, right: 63, rightOrHonest: 79 },
      ceiling: { confidentlyWrong: 0, shownWrong: 0 },
    },
  },
  {
    name: 'that show a sentence or a log',
    questions: complaints,
    bounds: {
      floor: { told: 40, right: 49, rightOrHonest: 63 },
      ceiling: { confidentlyWrong: 0, shownWrong: 0 },
    },
  },
  {
    name: 'of every kind',
    questions: mixedQuestions,
    bounds: {
      floor: { told: 51, right: 64, rightOrHonest: 71 },
      ceiling: { confidentlyWrong: 0, shownWrong: 0 },
    },
  },
];

describe.each(sets)('public questions $name', ({ questions, bounds: { floor, ceiling } }) => {
  let results: readonly Judged[] = [];
  const by = (...marks: readonly Mark[]) => results.filter(({ mark }) => marks.includes(mark));

  beforeAll(async () => {
    results = await Promise.all(questions.map(judged));
  });

  it('are told the true cause, and not asked for more, as often as before', () => {
    const told = results.filter(({ mark, isTold }) => mark === 'right' && isTold);
    const others = results.filter((result) => !told.includes(result));
    expect(unless(told.length >= floor.told, others)).toBe('');
  });

  it('have the true cause first as often as before', () => {
    const others = by('honest', 'vague', 'likely', 'shown');
    expect(unless(by('right').length >= floor.right, others)).toBe('');
  });

  it('have the true cause first or an honest answer as often as before', () => {
    const others = by('vague', 'likely', 'shown');
    expect(unless(by('right', 'honest').length >= floor.rightOrHonest, others)).toBe('');
  });

  it('have no more confident wrong answers than before', () => {
    const wrong = by('likely', 'shown');
    expect(unless(wrong.length <= ceiling.confidentlyWrong, wrong)).toBe('');
  });

  it('have no more shown that is not so than before', () => {
    const wrong = by('shown');
    expect(unless(wrong.length <= ceiling.shownWrong, wrong)).toBe('');
  });

  it('are each there once', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
  });
});
