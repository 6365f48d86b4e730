import type { Ledger } from './ledger.ts';
import { naiveName } from './naiveClient.ts';
import type { Arrivals, BackendReport } from './pageSettings.ts';

/** What the API has counted: the session's requests, and those of the naive client beside it. */
export function arrivalsOf(ledger: Ledger): Pick<BackendReport, keyof Arrivals | 'naive'> {
  return { ...countedOf(ledger), naive: countedOf(ledger, naiveName) };
}

function countedOf(ledger: Ledger, client?: string): Arrivals {
  const { total, expired, leastSecondsLeft } = ledger.summary(client);
  return { arrived: total, expired, leastSecondsLeft };
}
