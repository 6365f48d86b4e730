import { SessionError } from '../../errors/sessionError.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import type { TabStore } from '../../storage/tabStore.ts';
import type { Clock } from '../../time/clock.ts';
import type { Transaction } from '../protocol/codeGrant.ts';

/** The tokens that the record showed as the newest. */
export type Asked = Pick<SessionRecord, 'epoch' | 'generation'>;

/** A sign-in that has left for the provider. */
interface Kept extends Transaction {
  /** The name of its session. */
  readonly session: string;
  /** The provider was told to ask the user. */
  readonly isPrompted: boolean;
  /** Whose session was there when it left. */
  readonly of?: Asked | undefined;
}

/** Sign-ins that have left for the provider, kept by their `state`. */
export interface Transactions {
  save(transaction: Transaction, isPrompted: boolean, of?: Asked): void;
  /** How many sign-ins of this session have left with the page and not come back. */
  pending(): number;
  /** Whether one of them has left so lately that no person can have seen the provider. */
  isBounced(): boolean;
  /** The sign-in that an answer belongs to, of whatever session. */
  peek(state: string): Kept | undefined;
  /** The same, once: it is forgotten. */
  take(state: string): Kept | undefined;
}

const LONGEST_MS = 60 * 60 * 1000;

/** A way to the provider and back takes longer where anybody looks at it. */
const BOUNCE_MS = 5000;

/** What is stored, if it is a list. */
const listIn = (text: string | null): unknown[] => {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
};

/**
 * All of a tab's in one entry: sessions that share a redirect URI must know each other's. What is an hour old is forgotten.
 */
export const createTransactions = (
  { read, write }: TabStore,
  session: string,
  clock: Clock,
): Transactions => {
  const isUsable = (stored: unknown): stored is Kept => {
    const { codeVerifier, createdAtMs } = Object(stored) as Transaction;
    return !!codeVerifier && Math.abs(clock.wallMs() - createdAtMs) < LONGEST_MS;
  };
  const load = (): Kept[] => listIn(read('sign-ins')).filter(isUsable);
  const keep = (kept: Kept[]): boolean => write('sign-ins', kept.length > 0 ? JSON.stringify(kept) : null);
  const mine = (): Kept[] => load().filter((kept) => kept.session === session && kept.silent !== 'frame');
  const peek = (state: string): Kept | undefined => load().find((kept) => kept.state === state);

  return {
    pending: () => mine().length,
    isBounced: () =>
      mine().some(({ createdAtMs, silent }) => !silent && clock.wallMs() - createdAtMs < BOUNCE_MS),
    save(transaction, isPrompted, of) {
      if (keep([...load(), { ...transaction, session, isPrompted, of }])) return;
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
