import type { Lease } from '../../machines/lease.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { TokenSet } from '../vault/vault.ts';
import type { Arrival, Commit, Outcome } from './commit.ts';
import { toSessionError } from './protocol/toSessionError.ts';
import type { OddAnswer, TokenAnswer } from './protocol/tokenAnswer.ts';

/** One way to get new tokens for those at hand. */
export interface RenewalSource {
  /** Whether it sends the refresh token of these: one that was spent must not be sent again. */
  spends(tokens: TokenSet): boolean;
  /** Whether these tokens can be renewed by it. */
  canRenew(tokens: TokenSet): boolean;
  renew(tokens: TokenSet): Promise<TokenAnswer | OddAnswer>;
}

/** Runs work that must not run twice at once; with several tabs it holds their lock. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

/** What is to be renewed: what the vault holds, or what a storage has kept. */
interface RenewalRequest {
  /** The tokens and whose generation they are; `undefined` where they are gone by now. */
  held(): { readonly tokens: TokenSet; readonly lease: Lease } | undefined;
  /** What comes of them, for the commit. */
  arrival(answer: TokenAnswer): Arrival;
  /** The answer was unusable, but for its newer refresh token. */
  keep(refreshToken: string): void;
}

/** The one way by which refresh tokens are spent. */
export interface Renewals {
  /** Whether one is under way; settles when it has ended. */
  readonly running: Promise<unknown> | undefined;
  /**
   * Renews once nothing else does.
   *
   * @throws {SessionError} what the provider, or the network, said
   */
  renew(request: RenewalRequest): Promise<Outcome>;
}

const sameTokens = (a: Lease | undefined, b: Lease): boolean =>
  a?.epoch === b.epoch && a.generation === b.generation;

const nothingToRenewWith = (): SessionError =>
  new SessionError('grant_refused', 'There is nothing to renew the session with. Sign in again');

export const createRenewals = (
  sources: readonly RenewalSource[],
  exclusive: Exclusive,
  commit: Commit,
): Renewals => {
  /** Whose refresh token was sent, and nobody saw an answer: the provider may have taken it. */
  let unanswered: Lease | undefined;
  /** Whose refresh token was answered, and the answer could not be kept: it is never sent again. */
  let spent: Lease | undefined;
  let running: Promise<unknown> | undefined;

  /** What can renew these tokens, the likeliest first: where a refresh token may be spent, what needs none goes ahead. */
  const waysFor = (tokens: TokenSet, lease: Lease): RenewalSource[] => {
    const ways = sources.filter((source) => source.canRenew(tokens));
    const [first] = ways;
    if (!first?.spends(tokens)) return ways.slice(0, 1);
    const others = ways.filter(({ spends }) => !spends(tokens));
    if (sameTokens(spent, lease)) return others;
    return sameTokens(unanswered, lease) ? [...others, first] : [first];
  };

  const ask = async (
    source: RenewalSource,
    tokens: TokenSet,
    lease: Lease,
  ): Promise<TokenAnswer | OddAnswer> => {
    if (!source.spends(tokens)) return source.renew(tokens);
    unanswered = lease;
    try {
      const answer = await source.renew(tokens);
      unanswered = undefined;
      return answer;
    } catch (thrown) {
      const error = toSessionError(thrown);
      if (error.code !== 'network_failed') unanswered = undefined;
      throw error;
    }
  };

  const firstAnswer = async (
    ways: readonly RenewalSource[],
    tokens: TokenSet,
    lease: Lease,
  ): Promise<{ readonly answer: TokenAnswer | OddAnswer; readonly isSpent: boolean }> => {
    for (const [index, source] of ways.entries()) {
      try {
        return { answer: await ask(source, tokens, lease), isSpent: source.spends(tokens) };
      } catch (thrown) {
        if (index === ways.length - 1) throw thrown;
      }
    }
    throw nothingToRenewWith();
  };

  const attempt = async ({ held, arrival, keep }: RenewalRequest): Promise<Outcome> => {
    const at = held();
    if (!at) return { kind: 'overtaken' };
    const { tokens, lease } = at;
    const { answer, isSpent } = await firstAnswer(waysFor(tokens, lease), tokens, lease);
    if ('error' in answer) {
      keep(answer.refreshToken);
      throw answer.error;
    }
    const outcome = await commit(arrival(answer));
    if (outcome.kind !== 'taken' && isSpent) spent = lease;
    return outcome;
  };

  return {
    get running() {
      return running;
    },
    renew(request) {
      const before = running;
      const done = (async () => {
        await before;
        return exclusive(() => attempt(request));
      })();
      const settled: Promise<unknown> = done
        .catch(() => undefined)
        .finally(() => {
          if (running === settled) running = undefined;
        });
      running = settled;
      return done;
    },
  };
};
