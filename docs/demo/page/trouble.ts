import type { BackendReport, PageSettings, Trouble } from '../pageSettings.ts';
import { byId, write } from './dom.ts';
import { enter } from './journal.ts';

/** Lets the user break the servers, as far as they are ours, and says where the rest can be broken. */
export function offerTrouble({ troubles, adminConsole }: PageSettings): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-trouble]')) {
    button.closest('li')!.hidden = !troubles.includes(button.dataset['trouble'] as Trouble);
    button.addEventListener('click', () => void make(button));
  }
  byId('trouble-state').hidden = adminConsole !== undefined;
  if (adminConsole) pointTo(adminConsole);
}

function pointTo(adminConsole: string): void {
  (byId('admin-console') as HTMLAnchorElement).href = adminConsole;
  byId('trouble-elsewhere').hidden = false;
}

async function make({ dataset, textContent }: HTMLButtonElement): Promise<void> {
  await fetch(`/trouble/${dataset['trouble']}`, { method: 'POST' });
  enter({ what: textContent, state: '', result: 'asked for', tone: 'plain', isFact: true });
}

/** Shows what is still broken. */
export function showTrouble({ faultsLeft, skewSeconds, renewals }: BackendReport): void {
  const clock = document.querySelector('[data-trouble=skew]');
  if (clock) clock.ariaPressed = String(skewSeconds > 0);
  const faults =
    faultsLeft > 0
      ? `The next ${faultsLeft === 1 ? 'token request' : `${faultsLeft} token requests`} will fail. `
      : '';
  write(
    byId('trouble-state'),
    `${faults}The provider has received ${renewals === 1 ? '1 renewal request' : `${renewals} renewal requests`}.`,
  );
}
