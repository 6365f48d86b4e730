import type { SessionError } from '../errors/sessionError.ts';
import type { Bearer, Vault } from '../vault/vault.ts';
import { isBearer, type Need, type Verdict } from './admission.ts';
import { speakOfToken } from './challenges.ts';
import type { GateSession } from './gateSession.ts';
import { type Outgoing, signalOf } from './outgoing.ts';
import type { Refusals } from './refusals.ts';

/** Waits for a verdict on a need and acts on it in the turn in which it is reached. */
export type WaitFor = <Result>(
  need: Need,
  signal: AbortSignal | null | undefined,
  act: (verdict: Verdict) => Result | PromiseLike<Result>,
) => Promise<Result>;

/** What an API answered, as far as it tells about a token. A `Response` is one. */
export interface ApiAnswer {
  readonly status: number;
  /** Whether a redirect was followed: the answer may be of an origin that never saw the token. */
  readonly redirected?: boolean;
  readonly headers: Pick<Headers, 'get'>;
}

/** What judging an answer needs. */
export interface RetryDeps {
  readonly vault: Pick<Vault, 'bearer'>;
  readonly session: Pick<GateSession, 'failure'>;
  readonly refusals: Refusals;
  readonly waitFor: WaitFor;
}

/** Judges the answers to calls that carried a bearer. */
export interface Retry {
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

/** Whether an answer tells something about the token: neither that of another origin nor an opaque one does. */
export const isEvidence = ({ status, redirected }: ApiAnswer): boolean => !redirected && status !== 0;

/** Sees to it that a 401 is followed by one repeat at most. */
export const createRetry = ({ vault, session, refusals, waitFor }: RetryDeps): Retry => {
  /** Takes a 401 for what it is; returns whether another token can help. */
  const noteUnauthorized = (answer: ApiAnswer, sent: Outgoing, bearer: Bearer): boolean => {
    if (!isEvidence(answer) || !speakOfToken(answer.headers.get('WWW-Authenticate'))) return false;
    if (refusals.isDistrusted(sent, bearer)) return false;
    return vault.bearer !== bearer || refusals.note(sent, bearer);
  };

  return {
    accepted(answer, sent, bearer) {
      // An overloaded server did not look at the token.
      if (isEvidence(answer) && answer.status < 500) refusals.clear(sent, bearer);
    },
    refused(answer, sent, bearer, isRepeatable, act) {
      sent.trace?.('refused', { status: 401 });
      const { failure } = session;
      if (!noteUnauthorized(answer, sent, bearer) || !isRepeatable) return act(undefined);
      const need = { origin: sent.origin, epoch: bearer.epoch, refused: bearer.generation, failure };
      return waitFor(need, signalOf(sent), (verdict) => {
        if (isBearer(verdict)) return act(verdict);
        if (isOver(verdict)) throw verdict;
        return act(undefined);
      });
    },
  };
};
