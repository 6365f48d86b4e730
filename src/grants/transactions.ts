import { SessionError } from '../errors/sessionError.ts';
import type { TabStore } from '../storage/tabStore.ts';
import type { Clock } from '../time/clock.ts';
import type { Transaction } from './codeGrant.ts';

/** Sign-ins that have left for the provider, kept by their `state`. */
export interface Transactions {
  save(transaction: Transaction): void;
  /** The sign-in that an answer belongs to. */
  peek(state: string): Transaction | undefined;
  /** The same, once: it is forgotten. */
  take(state: string): Transaction | undefined;
}

const LONGEST_MS = 60 * 60 * 1000;

/** What is stored, if it is a list. */
const listIn = (text: string | null): unknown[] => {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
};

/** All of a session's in one entry, since an injected storage need not list its keys. What is an hour old is forgotten. */
export const createTransactions = ({ read, write }: TabStore, clock: Clock): Transactions => {
  const isUsable = (stored: unknown): stored is Transaction => {
    const { codeVerifier, createdAtMs } = Object(stored) as Transaction;
    return !!codeVerifier && Math.abs(clock.wallMs() - createdAtMs) < LONGEST_MS;
  };
  const load = (): Transaction[] => listIn(read('sign-ins')).filter(isUsable);
  const keep = (kept: Transaction[]): boolean =>
    write('sign-ins', kept.length > 0 ? JSON.stringify(kept) : null);
  const peek = (state: string): Transaction | undefined => load().find((kept) => kept.state === state);

  return {
    save(transaction) {
      if (keep([...load(), transaction])) return;
      throw new SessionError(
        'platform_unsupported',
        'Sign-in by redirect needs `sessionStorage`, which cannot be written: allow site data',
      );
    },
    peek,
    take(state) {
      const found = peek(state);
      if (found) keep(load().filter((kept) => kept.state !== state));
      return found;
    },
  };
};
