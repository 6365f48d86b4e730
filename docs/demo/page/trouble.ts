import type { BackendReport } from '../pageSettings.ts';
import { byId, write } from './dom.ts';
import { enter } from './journal.ts';

/** Lets the user break the servers. */
export function offerTrouble(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-trouble]')) {
    button.addEventListener('click', () => void make(button));
  }
}

async function make({ dataset, textContent }: HTMLButtonElement): Promise<void> {
  await fetch(`/trouble/${dataset['trouble']}`, { method: 'POST' });
  enter({ what: textContent, state: '', result: 'asked for', tone: 'plain', isFact: true });
}

/** Shows what is still broken. */
export function showTrouble({ faultsLeft, skewSeconds, renewals }: BackendReport): void {
  const clock = document.querySelector('[data-trouble=skew]');
  if (clock) clock.ariaPressed = String(skewSeconds > 0);
  const faults = faultsLeft > 0 ? `The next ${faultsLeft} token requests will fail. ` : '';
  write(byId('trouble-state'), `${faults}Renewals asked of the provider: ${renewals}.`);
}
