import { type AnswerMatch, isByHint, isByWords, weightBesideProof } from './answerMatch.ts';
import {
  byLikelihood,
  byStep,
  type Candidate,
  candidateOf,
  depthOf,
  hasClue,
  toRanked,
} from './candidate.ts';
import type { Cause } from './cause.ts';
import type { Certainty, RankedCause } from './explanation.ts';
import type { Facts } from './facts.ts';
import { isRuledOut } from './ruledOut.ts';

/** Without any answer only a fault in plain sight explains something. */
const explains = ({ match, shown }: Candidate, { answer, noAnswer }: Facts): boolean =>
  answer || noAnswer ? match !== undefined : shown.length > 0;

/**
 * The words of a server outdo its codes, also the words for what is ruled out; a known cause outdoes the general
 * meaning of a code.
 */
const closest = (fitting: readonly Candidate[], all: readonly Candidate[]): readonly Candidate[] => {
  const told = all.map(({ match }) => match).filter((match) => match !== undefined && isByWords(match));
  const isSeen = fitting.some(({ shown }) => shown.length > 0);
  const weightOf = (match: AnswerMatch | undefined): number =>
    match && isSeen ? weightBesideProof(match) : (match?.weight ?? 0);
  const best = Math.max(...[...told, ...fitting.map(({ match }) => match)].map(weightOf));
  const closestOnes = fitting.filter(({ match }) => weightOf(match) === best);
  const known = closestOnes.filter(({ cause }) => !cause.isFallback);
  return known.length > 0 ? known : closestOnes;
};

/** A refused correction shows that there is more, not that this is no fault. */
const isInPlainSight = ({ shown }: Candidate): boolean => shown.length > 0;

/** None, where the first of them may be overlooked by the server. */
const conclusiveOf = (fitting: readonly Candidate[]): readonly Candidate[] => {
  const plain = fitting.filter(isInPlainSight);
  return plain.toSorted(byStep)[0]?.isSure ? plain : [];
};

/** The first of several faults in plain sight is the one that was answered, if no other is checked in the same step. */
const rankConclusive = (candidates: readonly Candidate[]): readonly RankedCause[] => {
  const inOrder = candidates.toSorted(byStep);
  const [first, second] = inOrder;
  const isFirstAlone = first?.cause.step !== second?.cause.step;
  return inOrder.map((candidate, index) =>
    toRanked(candidate, index === 0 && isFirstAlone ? 'shown' : 'likely'),
  );
};

/** Whether another cause with this answer went unmentioned only because the request is not known. */
const hasRival = (only: Candidate, candidates: readonly Candidate[], { request }: Facts): boolean =>
  (!request || request.isSketch === true) &&
  candidates.some(
    (other) => other !== only && !other.match && other.unseenMatch?.weight === only.match?.weight,
  );

/** Whether the server said what it meant, in a sentence of which nothing was recognised. */
const isUnread = ({ match }: Candidate, { answer }: Facts): boolean =>
  Boolean(answer?.errorDescription?.trim()) && match !== undefined && !isByWords(match) && !isByHint(match);

const certaintyOfOnly = (only: Candidate, candidates: readonly Candidate[], facts: Facts): Certainty => {
  if (only.cause.isFallback || only.cause.isVague) return 'possible';
  if (facts.corrected === 'passed') return 'shown';
  // A status alone points to nothing.
  if (!hasClue(only) && (only.match?.weight ?? 0) <= 0) return 'possible';
  // Of an answer that is not known by itself a hint says what it is about, not what is wrong.
  if (!hasClue(only) && facts.answer && only.match && isByHint(only.match)) return 'possible';
  // Nor does a code whose sentence is not known.
  if (!hasClue(only) && isUnread(only, facts)) return 'possible';
  const isTold = only.match !== undefined && isByWords(only.match);
  if (isTold && !facts.request && !only.match.isSpecific) return only.match.isTelling ? 'likely' : 'possible';
  return isTold && !hasRival(only, candidates, facts) ? 'shown' : 'likely';
};

/** Where a status is all that is known, what merely supports a cause stands beside too many others. */
const isPointedTo = (candidate: Candidate): boolean =>
  hasClue(candidate) &&
  !candidate.cause.isVague &&
  (isInPlainSight(candidate) || candidate.match === undefined || candidate.match.weight > 0);

const rankOpen = (
  fitting: readonly Candidate[],
  candidates: readonly Candidate[],
  facts: Facts,
): readonly RankedCause[] => {
  const [only, ...others] = fitting.toSorted(byLikelihood);
  if (!only) return [];
  if (others.length === 0) return [toRanked(only, certaintyOfOnly(only, candidates, facts))];
  return [only, ...others].map((candidate) =>
    toRanked(candidate, isPointedTo(candidate) ? 'likely' : 'possible'),
  );
};

/** Where the correction is refused too, what else fits the answer stays possible. */
const besideProof = (fitting: readonly Candidate[], { corrected }: Facts): readonly RankedCause[] =>
  corrected !== 'refused'
    ? []
    : fitting
        .filter((candidate) => !isInPlainSight(candidate))
        .toSorted(byLikelihood)
        .map((candidate) => toRanked(candidate, 'possible'));

/** Faults in plain sight that the server had not come to when it answered; no surer than what it did answer. */
const waitingBehind = (
  fitting: readonly Candidate[],
  candidates: readonly Candidate[],
): readonly RankedCause[] => {
  const reached = Math.min(...fitting.map(depthOf));
  const isOpen = fitting.length > 0 && !fitting.some(hasClue);
  const certaintyOf = ({ isSure }: Candidate): Certainty =>
    isOpen || (fitting.length === 0 && !isSure) ? 'possible' : 'likely';
  return candidates
    .filter((candidate) => candidate.shown.length > 0 && !fitting.includes(candidate))
    .filter((candidate) => fitting.length === 0 || depthOf(candidate) > reached)
    .toSorted(byStep)
    .map((candidate) => toRanked({ ...candidate, match: undefined }, certaintyOf(candidate)));
};

/** A clue in plain sight, or the clue without which the cause would not come up, is one of the request. */
const isInRequest = ({ cause, shown, supported }: Candidate): boolean =>
  shown.length > 0 || (!cause.answers && supported.length > 0);

const isSuccess = ({ answer }: Facts): boolean => answer !== undefined && answer.status < 300;

/** Where an answer alone is known, its words tell where it came from; its codes do not. */
const isConcerned = ({ cause, match }: Candidate, { request, endpoint }: Facts): boolean =>
  (cause.endpoints ?? ['token']).includes(endpoint) ||
  (request === undefined && !cause.isTwin && match !== undefined && (isByWords(match) || isByHint(match)));

/** The causes of a table that fit what is known, the likeliest first. */
export const rank = (causes: readonly Cause[], facts: Facts): readonly RankedCause[] => {
  const all = causes
    .map((cause) => candidateOf(cause, facts))
    .filter((candidate) => isConcerned(candidate, facts));
  const candidates = all.filter((candidate) => !isRuledOut(candidate.cause, isInRequest(candidate), facts));
  const fitting = closest(
    candidates.filter((candidate) => explains(candidate, facts)),
    all,
  );
  if (fitting.length === 0 && isSuccess(facts)) return [];
  const conclusive = conclusiveOf(fitting);
  if (conclusive.length === 0)
    return [...rankOpen(fitting, candidates, facts), ...waitingBehind(fitting, candidates)];
  return [
    ...rankConclusive(conclusive),
    ...besideProof(fitting, facts),
    ...waitingBehind(conclusive, candidates),
  ];
};
