import type { SessionError } from '../errors/sessionError.ts';
import type { Bearer } from '../vault/vault.ts';
import type { Need } from './need.ts';
import { type ApiAnswer, isEvidence } from './apiAnswer.ts';
import { speakOfToken } from './challenges.ts';
import type { Outgoing } from './outgoing.ts';
import { createRefusals, type Refusals, type RefusalsDeps } from './refusals.ts';
import { signalOf } from './signalOf.ts';
import { isBearer, type Verdict } from './verdict.ts';

/** Waits for a verdict on a need and acts on it in the turn in which it is reached. */
export type WaitFor = <Result>(
  need: Need,
  signal: AbortSignal | null | undefined,
  act: (verdict: Verdict) => Result | PromiseLike<Result>,
) => Promise<Result>;

/** What judging an answer needs. */
export interface RetryDeps extends RefusalsDeps {
  readonly waitFor: WaitFor;
}

/** Judges the answers to calls that carried a bearer. */
export interface Retry extends Pick<Refusals, 'refuses'> {
  /** Any answer but a 401. */
  accepted(answer: ApiAnswer, sent: Outgoing, bearer: Bearer): void;
  /**
   * A 401. Acts with the bearer to repeat the call with, waited for where it has to come, or with `undefined`: hand the
   * answer through.
   */
  refused<Result>(
    answer: ApiAnswer,
    sent: Outgoing,
    bearer: Bearer,
    isRepeatable: boolean,
    act: (next: Bearer | undefined) => Result | PromiseLike<Result>,
  ): Result | PromiseLike<Result>;
}

/** Whether what the call belonged to is over; every other reason is the want of a token. */
const isOver = (verdict: Exclude<Verdict, Bearer>): verdict is SessionError =>
  typeof verdict === 'object' && (verdict.code === 'session_ended' || verdict.code === 'session_stopped');

/** Sees to it that a 401 is followed by one repeat at most. */
export const createRetry = (deps: RetryDeps): Retry => {
  const { session, waitFor } = deps;
  const refusals = createRefusals(deps);
  /** Whether another token can help. */
  const isHelped = (answer: ApiAnswer, sent: Outgoing, bearer: Bearer): boolean =>
    isEvidence(answer) &&
    speakOfToken(answer.headers?.get('WWW-Authenticate')) &&
    refusals.note(sent, bearer);

  return {
    refuses: refusals.refuses,
    accepted(answer, sent, bearer) {
      // An overloaded server did not look at the token.
      if (isEvidence(answer) && answer.status < 500) refusals.clear(sent, bearer);
    },
    refused(answer, sent, bearer, isRepeatable, act) {
      const failure = session.failure();
      if (!isHelped(answer, sent, bearer) || !isRepeatable) return act(undefined);
      const need = { origin: sent.origin, epoch: bearer.epoch, refused: bearer.generation, failure };
      return waitFor(need, signalOf(sent), (verdict) => {
        if (isBearer(verdict)) return act(verdict);
        if (isOver(verdict)) throw verdict;
        return act(undefined);
      });
    },
  };
};
