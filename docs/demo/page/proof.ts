import type { Arrivals, BackendReport } from '../pageSettings.ts';
import { byId, inside, write } from './dom.ts';
import { seconds } from './format.ts';

/** Shows what the API has counted: the session's requests beside those of the naive client. */
export function showProof(report: BackendReport): void {
  show(byId('proof'), report);
  show(byId('naive'), report.naive);
  write(byId('closest'), closestText(report));
}

function show(parent: HTMLElement, { expired, arrived }: Arrivals): void {
  write(inside(parent, '.count'), String(expired));
  write(inside(parent, '.arrived'), requestsText(arrived));
  parent.classList.toggle('disproved', expired > 0);
}

const requestsText = (count: number) => (count === 1 ? '1 request' : `${count} requests`);

function closestText({ leastSecondsLeft, expired }: Arrivals): string {
  if (leastSecondsLeft === null || expired > 0) return '';
  return `The closest call had ${seconds(leastSecondsLeft * 1000)} left.`;
}
