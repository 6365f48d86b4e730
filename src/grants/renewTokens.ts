import type { Lease } from '../../machines/lease.ts';
import { SessionError } from '../errors/sessionError.ts';
import { inTurn } from '../time/inTurn.ts';
import type { TokenSet } from '../vault/vault.ts';
import type { Arrival, Commit, Outcome } from './commit.ts';
import type { Flights } from './flights.ts';
import type { OddAnswer, TokenAnswer } from './protocol/tokenAnswer.ts';

/** One way to get new tokens for those at hand. */
export interface RenewalSource {
  /** What it has to wait for ahead of the choice of tokens: newer ones can come meanwhile. */
  ready?(): Promise<unknown>;
  /** Whether it sends the refresh token of these: one that was spent must not be sent again. */
  spends(tokens: TokenSet): boolean;
  /** Whether these tokens can be renewed by it. */
  canRenew(tokens: TokenSet): boolean;
  renew(tokens: TokenSet): Promise<TokenAnswer | OddAnswer>;
}

/** What is to be renewed: what the vault holds, or what a storage has kept. */
interface RenewalRequest {
  /** The tokens and whose generation they are; `undefined` where they are gone by now. */
  held(): { readonly tokens: TokenSet; readonly lease: Lease } | undefined;
  /** What comes of them, for the commit. */
  arrival(answer: TokenAnswer): Arrival;
  /** The answer was unusable, but for its newer refresh token. Returns whether that is still wanted. */
  keep(refreshToken: string): boolean;
}

/**
 * The one way by which refresh tokens are spent: renews once nothing else of the name does.
 *
 * @throws {SessionError} what the provider, or the network, said
 */
export type RenewTokens = (request: RenewalRequest) => Promise<Outcome>;

const sameTokens = (a: Lease | undefined, b: Lease): boolean =>
  a?.epoch === b.epoch && a.generation === b.generation;

export const createRenewTokens = (
  sources: readonly RenewalSource[],
  flights: Flights,
  commit: Commit,
): RenewTokens => {
  /** What can renew these tokens; where their refresh token is spent, what needs none. */
  const sourceFor = (tokens: TokenSet, lease: Lease): RenewalSource => {
    const source = sources.find(
      (one) => one.canRenew(tokens) && !(one.spends(tokens) && sameTokens(flights.spent, lease)),
    );
    if (source) return source;
    throw new SessionError('grant_refused', 'There is nothing to renew the session with. Sign in again');
  };

  const attempt = async ({ held, arrival, keep }: RenewalRequest): Promise<Outcome> => {
    const at = held();
    if (!at) return { kind: 'overtaken' };
    const { tokens, lease } = at;
    const source = sourceFor(tokens, lease);
    const take = (taken: TokenAnswer): Promise<Outcome> => commit({ ...arrival(taken), from: tokens });
    const keepNewer = (refreshToken: string): void => {
      // Whose epoch is over needs it no more.
      if (!keep(refreshToken))
        void take({ tokens: { accessToken: '', refreshToken }, facts: {}, sentAt: lease.sentAt });
    };
    const answer = await source.renew(tokens);
    if ('error' in answer) {
      const { error, refreshToken } = answer;
      if (refreshToken === undefined) flights.spent = lease;
      else keepNewer(refreshToken);
      throw error;
    }
    const outcome = await take(answer).catch((thrown: unknown) => {
      const { refreshToken } = answer.tokens;
      if (refreshToken !== undefined) keepNewer(refreshToken);
      throw thrown;
    });
    if (outcome.kind !== 'taken' && source.spends(tokens)) flights.spent = lease;
    return outcome;
  };

  return (request) =>
    inTurn(flights, 'renewal', async () => {
      await sources[0]!.ready?.();
      return attempt(request);
    });
};
