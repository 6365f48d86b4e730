import { isSessionError } from 'token-vigil';
import type { NaiveClient } from '../naiveClient.ts';
import type { DemoSession } from './demoSession.ts';
import { onClick } from './dom.ts';
import { enter, type Entry } from './journal.ts';
import { stateText } from './stateName.ts';
import { toggleButton } from './toggle.ts';

const pollEveryMs = 1000;

/** What the page does with the requests that it makes. */
export interface RequestOptions {
  readonly apiOrigin: string;
  /** How many requests a burst makes. @default 100 */
  readonly burst?: number | undefined;
  /** Makes the same requests, always after the session: it must not queue before it. */
  readonly naive: NaiveClient;
  /** All requests of a burst were answered, and those of the naive client reached the API with an expired token. */
  readonly onTellingBurst: () => void;
}

/** Lets the user make requests and writes down what became of them. */
export function offerRequests(demo: DemoSession, options: RequestOptions): void {
  const { naive, burst: burstSize = 100, onTellingBurst } = options;
  const url = `${options.apiOrigin}/items`;
  const request = createRequest(demo, url);
  const naively = (count: number) => requestNaively(naive, url, count);

  async function one(what: string): Promise<void> {
    enter({ ...(await request()), what });
    await naively(1);
  }
  async function burst(): Promise<void> {
    const areAnswered = await requestMany(request, burstSize);
    const hadExpired = await naively(burstSize);
    if (areAnswered && hadExpired) onTellingBurst();
  }
  onClick('one', () => void one('GET /items'));
  onClick('burst', () => void burst());
  toggleButton('poll', () => {
    const timer = setInterval(() => void one('poll'), pollEveryMs);
    return () => clearInterval(timer);
  });
}

type Outcome = Omit<Entry, 'what'>;

function createRequest({ session, handOffs }: DemoSession, url: string): () => Promise<Outcome> {
  let count = 0;
  return async () => {
    // The fragment tells requests apart and never leaves the browser.
    const address = `${url}#${++count}`;
    const [state, calledAtMs] = [stateText(session.actor.getSnapshot()), performance.now()];
    const answer = await session.fetch(address).then(answered, failed);
    const { atMs = performance.now(), generation } = handOffs.take(address) ?? {};
    return { ...answer, state, waitedMs: atMs - calledAtMs, generation };
  };
}

function answered({ status, ok }: Response): Pick<Entry, 'result' | 'tone'> {
  return { result: String(status), tone: ok ? 'good' : 'bad' };
}

function failed(error: unknown): Pick<Entry, 'result' | 'tone'> {
  if (isSessionError(error)) return { result: `held back: ${error.code}`, tone: 'held' };
  return { result: String(error), tone: 'bad' };
}

/** A hundred lines would hide everything else, so it is one. Answers whether each request was answered with success. */
async function requestMany(request: () => Promise<Outcome>, count: number): Promise<boolean> {
  const outcomes = await Promise.all(Array.from({ length: count }, request));
  const [first] = outcomes as [Outcome];
  const areAnswered = outcomes.every(({ tone }) => tone === 'good');
  enter({
    what: `${count} × GET /items`,
    state: first.state,
    result: tally(outcomes.map(({ result }) => result)),
    tone: areAnswered ? 'good' : 'bad',
    waitedMs: Math.max(...outcomes.map(({ waitedMs = 0 }) => waitedMs)),
    generation: first.generation,
  });
  return areAnswered;
}

/** Written down only where it went another way than the session's. Answers whether an expired token reached the API. */
async function requestNaively(naive: NaiveClient, url: string, count: number): Promise<boolean> {
  const answers = await Promise.all(Array.from({ length: count }, () => naive.request(url)));
  const hadExpired = answers.some(([first]) => first === 401);
  const result = tally(answers.map((statuses) => statuses.join(', then ') || 'no token to send'));
  if (hadExpired) enter({ what: 'naive client', state: '', result, tone: 'bad' });
  return hadExpired;
}

function tally(results: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const result of results) counts.set(result, (counts.get(result) ?? 0) + 1);
  if (results.length === 1) return results[0]!;
  return [...counts].map(([result, count]) => `${count} × ${result}`).join(', ');
}
