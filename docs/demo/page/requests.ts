import { isSessionError } from 'token-vigil';
import type { DemoSession } from './demoSession.ts';
import { onClick } from './dom.ts';
import { enter, type Entry } from './journal.ts';
import { stateText } from './stateName.ts';
import { toggleButton } from './toggle.ts';

const burstSize = 100;
const pollEveryMs = 1000;

/** Lets the user make requests and writes down what became of them. */
export function offerRequests(demo: DemoSession, apiOrigin: string): void {
  const request = createRequest(demo, `${apiOrigin}/items`);
  const one = async (what: string) => enter({ ...(await request()), what });

  onClick('one', () => void one('GET /items'));
  onClick('burst', () => void burst(request));
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

/** A hundred lines would hide everything else, so it is one. */
async function burst(request: () => Promise<Outcome>): Promise<void> {
  const outcomes = await Promise.all(Array.from({ length: burstSize }, request));
  const [first] = outcomes as [Outcome];
  enter({
    what: `${burstSize} × GET /items`,
    state: first.state,
    result: tally(outcomes),
    tone: outcomes.every(({ tone }) => tone === 'good') ? 'good' : 'bad',
    waitedMs: Math.max(...outcomes.map(({ waitedMs = 0 }) => waitedMs)),
    generation: first.generation,
  });
}

function tally(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, number>();
  for (const { result } of outcomes) counts.set(result, (counts.get(result) ?? 0) + 1);
  return [...counts].map(([result, count]) => `${count} × ${result}`).join(', ');
}
