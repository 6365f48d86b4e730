import type { RankedCause } from '../../../../src/explain/explanation.ts';
import { cli } from '../../cli/doctor/stage.ts';
import { pasteOf } from './pasteOf.ts';
import type { Question } from './question.ts';
import { synonyms } from './synonyms.ts';

/**
 * `right`: the true cause is first. `honest`: it cannot tell, or the true cause is among the possible ones. `vague`: the
 * first is possible only, and the true one is not there. `likely` and `shown`: the first is wrong, and is said to be that.
 */
export type Mark = 'right' | 'honest' | 'vague' | 'likely' | 'shown';

export interface Judged {
  readonly id: string;
  readonly mark: Mark;
  /** It says what it is, rather than that it cannot tell. */
  readonly isTold: boolean;
  /** What came first, with its certainty. */
  readonly said: string;
}

interface Said {
  readonly verdict: string;
  readonly causes?: readonly RankedCause[];
}

const NOW_SECONDS = 1_795_953_600;

const isHonest = (first: RankedCause, isAmong: boolean, canBeTold: boolean): boolean =>
  isAmong && (first.certainty === 'possible' || (first.certainty === 'likely' && !canBeTold));

const accepted = ({ truth }: Question): ReadonlySet<string> =>
  new Set(truth.causes.flatMap((id) => [id, ...(synonyms[id] ?? [])]));

const markOf = (question: Question, { verdict, causes = [] }: Said): Mark => {
  const right = accepted(question);
  const [first] = causes;
  if (first && right.has(first.id)) return 'right';
  if (verdict === 'cannot_tell') return 'honest';
  if (!first) return 'shown';
  const isAmong = causes.some(({ id }) => right.has(id));
  if (isHonest(first, isAmong, question.canBeTold ?? true)) return 'honest';
  return first.certainty === 'possible' ? 'vague' : first.certainty;
};

const saidOf = async (question: Question): Promise<Said> => {
  const { out } = await cli(['doctor', '--offline', '--json', ...(question.args ?? [])], {
    stdin: pasteOf(question, NOW_SECONDS),
    nowMs: () => NOW_SECONDS * 1000,
    fetch: () => Promise.reject(new Error('nothing is asked')),
  });
  return JSON.parse(out) as Said;
};

/** Asks the doctor, and holds what it says against the answer. */
export const judged = async (question: Question): Promise<Judged> => {
  const said = await saidOf(question);
  const [first] = said.causes ?? [];
  return {
    id: question.id,
    mark: markOf(question, said),
    isTold: said.verdict !== 'cannot_tell',
    said: first ? `${first.id}, ${first.certainty}` : said.verdict,
  };
};
