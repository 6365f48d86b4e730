import { SessionError } from '../errors/sessionError.ts';
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

/** What is stored, if it is a list. A storage that cannot be read holds nothing. */
const listIn = (storage: Pick<Storage, 'getItem'>, key: string): unknown[] => {
  try {
    const stored: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
};

/** All of a session's in one entry, since an injected storage need not list its keys. What is an hour old is forgotten. */
export const createTransactions = (
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  name: string,
  clock: Clock,
): Transactions => {
  const key = `token-vigil:${name}:sign-ins`;

  const isUsable = (stored: unknown): stored is Transaction => {
    const { codeVerifier, createdAtMs } = Object(stored) as Transaction;
    return !!codeVerifier && Math.abs(clock.wallMs() - createdAtMs) < LONGEST_MS;
  };
  const load = (): Transaction[] => listIn(storage, key).filter(isUsable);
  const keep = (transactions: Transaction[]): void => {
    if (transactions.length > 0) storage.setItem(key, JSON.stringify(transactions));
    else storage.removeItem(key);
  };
  const peek = (state: string): Transaction | undefined => load().find((kept) => kept.state === state);

  return {
    save(transaction) {
      try {
        keep([...load(), transaction]);
      } catch {
        throw new SessionError(
          'platform_unsupported',
          'Sign-in by redirect needs `sessionStorage`, which cannot be written: allow site data',
        );
      }
    },
    peek,
    take(state) {
      const found = peek(state);
      if (found) keep(load().filter((kept) => kept.state !== state));
      return found;
    },
  };
};
