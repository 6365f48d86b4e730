import type { BackendReport } from '../pageSettings.ts';
import { byId, write } from './dom.ts';
import { seconds } from './format.ts';

/** Shows what the API has counted. */
export function showProof({ expired, arrived, leastSecondsLeft }: BackendReport): void {
  write(byId('expired'), String(expired));
  write(byId('count'), String(expired));
  write(byId('arrived'), String(arrived));
  write(byId('closest'), leastSecondsLeft === null ? 'none yet' : closest(leastSecondsLeft));
  document.body.classList.toggle('disproved', expired > 0);
}

function closest(secondsLeft: number): string {
  return secondsLeft < 0 ? 'too late' : `${seconds(secondsLeft * 1000)} before the end`;
}
