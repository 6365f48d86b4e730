import { type AnswerMatch, isByWords, matchAnswer } from './answerMatch.ts';
import { type Cause, type Clue, steps } from './cause.ts';
import { docsOf } from './docsOf.ts';
import type { Certainty, RankedCause } from './explanation.ts';
import type { Facts } from './facts.ts';

/** A cause held against what is known. */
export interface Candidate {
  readonly cause: Cause;
  readonly match: AnswerMatch | undefined;
  /** How the answer would fit if a clue were seen. */
  readonly unseenMatch: AnswerMatch | undefined;
  readonly shown: readonly string[];
  readonly supported: readonly string[];
  /** Nothing else can have been refused but what is in plain sight. */
  readonly isSure: boolean;
  /** Something speaks for another cause, so that it is no more than possible. */
  readonly isDoubtful: boolean;
}

const sentencesOf = (facts: Facts, clues: readonly Clue[] = []): readonly string[] =>
  clues.map((clue) => clue(facts)).filter((sentence) => sentence !== undefined);

export const candidateOf = (cause: Cause, facts: Facts): Candidate => {
  const { answers = [], answersWithClue = [] } = cause;
  const shown = sentencesOf(facts, cause.shownBy);
  const supported = sentencesOf(facts, cause.supportedBy);
  const unseenMatch = matchAnswer(facts, [...answers, ...answersWithClue]);
  const match = shown.length + supported.length > 0 ? unseenMatch : matchAnswer(facts, answers);
  const isTold = match !== undefined && isByWords(match);
  const isDoubtful = sentencesOf(facts, cause.doubtedBy).length > 0;
  const isSure = !isDoubtful && (cause.isSure?.(facts, isTold) ?? true);
  return { cause, match, unseenMatch, shown, supported, isSure, isDoubtful };
};

export const hasClue = ({ shown, supported }: Candidate): boolean => shown.length + supported.length > 0;

/** How far the server had come when this check failed. */
export const depthOf = ({ cause }: Candidate): number => steps.indexOf(cause.step);

/** In the order in which the server checks. */
export const byStep = (one: Candidate, other: Candidate): number =>
  depthOf(one) - depthOf(other) || one.cause.rank - other.cause.rank;

/** Faults in plain sight in the order in which they are found, then those with a clue, then the common ones. */
export const byLikelihood = (one: Candidate, other: Candidate): number => {
  const [isPlain, isOtherPlain] = [one, other].map(
    ({ shown, isDoubtful }) => shown.length > 0 && !isDoubtful,
  );
  if (isPlain && isOtherPlain) return byStep(one, other);
  return (
    Number(isOtherPlain) - Number(isPlain) ||
    Number(hasClue(other)) - Number(hasClue(one)) ||
    one.cause.rank - other.cause.rank ||
    byStep(one, other)
  );
};

export const toRanked = (
  { cause, match, shown, supported, isDoubtful }: Candidate,
  certainty: Certainty,
): RankedCause => ({
  id: cause.id,
  title: cause.title,
  certainty: isDoubtful ? 'possible' : certainty,
  evidence: [...(match ? [match.says] : []), ...shown, ...supported],
  remedy: cause.remedy,
  check: cause.check,
  docs: docsOf(cause.id),
});
