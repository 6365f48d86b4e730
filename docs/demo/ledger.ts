import type { Bearer } from './bearer.ts';

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
  count(verdict: Verdict): number;
  summary(): LedgerSummary;
}

/** Opens an empty book. */
export function createLedger(): Ledger {
  const entries: LedgerEntry[] = [];
  const count = (verdict: Verdict) => entries.filter((entry) => entry.verdict === verdict).length;

  return {
    entries,
    record: (entry) => void entries.push(entry),
    count,
    summary: () => ({
      total: entries.length,
      fresh: count('fresh'),
      expired: count('expired'),
      missing: count('missing'),
      invalid: count('invalid'),
      refused: count('refused'),
      leastSecondsLeft: leastSecondsLeft(entries),
    }),
  };
}

function leastSecondsLeft(entries: readonly LedgerEntry[]): number | null {
  let least: number | null = null;
  for (const { secondsLeft } of entries) {
    if (secondsLeft !== undefined && (least === null || secondsLeft < least)) least = secondsLeft;
  }
  return least;
}
