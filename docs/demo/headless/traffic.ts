import { isSessionError, type Session } from 'token-vigil';
import { createNaiveClient } from '../naiveClient.ts';

/** What became of one request: the API's status, or the code of the error that came instead. */
export type Outcome = number | string;

/** The requests of an app, and what became of them. */
export interface Traffic {
  request(): Promise<Outcome>;
  /** How many requests ended like this since the story began. */
  count(outcome: Outcome): number;
  /** What requests ended like, and how often. */
  readonly summary: () => string;
  /** Makes requests one after the other, whether or not anybody is there. */
  startPolling(): void;
  stopPolling(): void;
}

const pollEveryMs = 400;

const outcomeOf = (error: unknown): Outcome => (isSessionError(error) ? error.code : String(error));

/** No requests yet. A naive client beside it makes the same ones, each after the session's. */
export function createTraffic(session: Session<unknown>, url: string): Traffic {
  const outcomes = new Map<Outcome, number>();
  const count = (outcome: Outcome) => outcomes.get(outcome) ?? 0;
  const naive = createNaiveClient(() => session.getAccessToken());
  let polling: NodeJS.Timeout | undefined;

  async function request(): Promise<Outcome> {
    const outcome = await session.fetch(url).then(({ status }) => status, outcomeOf);
    outcomes.set(outcome, count(outcome) + 1);
    void naive.request(url);
    return outcome;
  }
  const stopPolling = () => clearInterval(polling);

  return {
    request,
    count,
    summary: () => [...outcomes].map(([outcome, times]) => `${times} × ${outcome}`).join(', '),
    startPolling() {
      stopPolling();
      polling = setInterval(() => void request(), pollEveryMs);
    },
    stopPolling,
  };
}
