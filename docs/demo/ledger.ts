import type { Bearer } from './bearer.ts';

/** The header in which a client says who it is, so that the ledger tells clients apart. */
export const clientHeader = 'x-client';

/** `refused`: the token was fresh, and the API said no because it was told to. */
export type Verdict = Bearer['verdict'] | 'refused';

/** One request as it arrived at the API. Token strings are never kept. */
interface LedgerEntry {
  /** When it arrived, by the API's clock, in milliseconds since 1970. */
  readonly atMs: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly verdict: Verdict;
  /** Validity the token had left on arrival; negative once it is over. */
  readonly secondsLeft?: number;
  /** The user the token stands for. */
  readonly sub?: string;
  /** Who sent it, where they say so in {@link clientHeader}. The session's requests say nothing. */
  readonly client?: string | undefined;
}

/** How many requests got which verdict. */
interface LedgerSummary extends Record<Verdict, number> {
  readonly total: number;
  /** The closest call: the least validity with which a genuine token arrived. */
  readonly leastSecondsLeft: number | null;
}

/** The API's book of everything that arrived: the demo's proof that no expired token did. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  record(entry: LedgerEntry): void;
  /** Of this client, or of those who did not say who they are. */
  count(verdict: Verdict, client?: string): number;
  summary(client?: string): LedgerSummary;
}

/** Opens an empty book. */
export function createLedger(): Ledger {
  const entries: LedgerEntry[] = [];
  const entriesOf = (client?: string) => entries.filter((entry) => entry.client === client);
  const count = (verdict: Verdict, client?: string) => countIn(entriesOf(client), verdict);

  return {
    entries,
    record: (entry) => void entries.push(entry),
    count,
    summary: (client) => summaryOf(entriesOf(client)),
  };
}

function summaryOf(entries: readonly LedgerEntry[]): LedgerSummary {
  return {
    total: entries.length,
    fresh: countIn(entries, 'fresh'),
    expired: countIn(entries, 'expired'),
    missing: countIn(entries, 'missing'),
    invalid: countIn(entries, 'invalid'),
    refused: countIn(entries, 'refused'),
    leastSecondsLeft: leastSecondsLeft(entries),
  };
}

function countIn(entries: readonly LedgerEntry[], verdict: Verdict): number {
  return entries.filter((entry) => entry.verdict === verdict).length;
}

function leastSecondsLeft(entries: readonly LedgerEntry[]): number | null {
  let least: number | null = null;
  for (const { secondsLeft } of entries) {
    if (secondsLeft !== undefined && (least === null || secondsLeft < least)) least = secondsLeft;
  }
  return least;
}
