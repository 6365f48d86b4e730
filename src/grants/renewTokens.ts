import type { Lease } from '../../machines/lease.ts';
import { sameTokens } from '../../machines/sameTokens.ts';
import { SessionError } from '../errors/sessionError.ts';
import { inTurn } from '../time/inTurn.ts';
import type { TokenSet } from '../vault/vault.ts';
import type { Arrival, Outcome } from './arrival.ts';
import type { Commit } from './commit.ts';
import type { Flights } from './flights.ts';
import type { OddAnswer, TokenAnswer } from './protocol/tokenAnswer.ts';
import { tokensElsewhere } from './tokensElsewhere.ts';

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

/** Tokens that can be renewed, and whose generation they are. */
export interface Held {
  readonly tokens: TokenSet;
  readonly lease: Lease;
}

/** What is to be renewed: what the vault holds, or what a storage or another tab has kept. */
export interface RenewalRequest {
  /** `undefined` where they are gone by now. */
  held(): Held | undefined;
  /** What comes of them, for the commit. */
  arrival(answer: TokenAnswer): Arrival;
  /** The answer was unusable, but for its newer refresh token. Returns whether that is still wanted. */
  keep(refreshToken: string): boolean;
  /** Only the refresh token is newer: makes that a generation, of which the other tabs are told. */
  advance?(): Promise<void>;
  /** Takes newer ones than these that another tab has brought, where there are some. */
  newer?(than: Lease): Promise<Lease | undefined>;
}

/**
 * The one way by which refresh tokens are spent: renews once nothing else of the name does.
 *
 * @throws {SessionError} what the provider, or the network, said
 */
export type RenewTokens = (request: RenewalRequest) => Promise<Outcome>;

/** Renews in one way, now. `since`: the generation that the record showed; what has moved on since is not replaced. */
type RenewBy = (
  source: RenewalSource,
  request: RenewalRequest,
  held: Held,
  since?: number,
) => Promise<Outcome>;

const renewalWays = (
  sources: readonly RenewalSource[],
  flights: Flights,
  isOthers: (lease: Lease) => boolean,
  commit: Commit,
) => {
  const isSpent = (lease: Lease): boolean => sameTokens(flights.spent, lease);

  /** What can renew without a refresh token that was spent, or may be. */
  const sparingSourceFor = ({ tokens }: Held): RenewalSource | undefined =>
    sources.find((one) => one.canRenew(tokens) && !one.spends(tokens));

  /** What can renew these tokens; where their refresh token is spent, what needs none. */
  const sourceFor = (held: Held): RenewalSource => {
    const { tokens, lease } = held;
    const mustSpare = isSpent(lease) || isOthers(lease);
    const source = mustSpare ? sparingSourceFor(held) : sources.find((one) => one.canRenew(tokens));
    if (source) return source;
    if (isOthers(lease)) throw tokensElsewhere();
    throw new SessionError('grant_refused', 'There is nothing to renew the session with. Sign in again');
  };

  const renewBy: RenewBy = async (source, { arrival, keep }, { tokens, lease }, since) => {
    const take = (taken: TokenAnswer): Promise<Outcome> =>
      commit({ ...arrival(taken), from: tokens, ...(since !== undefined && { since }) });
    const keepNewer = (refreshToken: string): void => {
      // Whose epoch is over needs it no more.
      if (!keep(refreshToken))
        void take({ tokens: { accessToken: '', refreshToken }, facts: {}, sentAt: lease.sentAt });
    };
    flights.spends = source.spends(tokens);
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
    if (outcome.kind !== 'taken' && flights.spends) flights.spent = lease;
    return outcome;
  };

  return { sourceFor, sparingSourceFor, renewBy, isSpent };
};

/** How tokens are renewed. */
export type RenewalWays = ReturnType<typeof renewalWays>;

const alone =
  ({ sourceFor, renewBy }: RenewalWays): RenewTokens =>
  async (request) => {
    const held = request.held();
    return held ? renewBy(sourceFor(held), request, held) : { kind: 'overtaken' };
  };

/** What renewing has to do with other tabs. */
interface Sharing {
  /** Whether the refresh token of these is left to other tabs, of which this one does not know whether they have spent it. */
  isOthers?(lease: Lease): boolean;
  /** How one renewal serves them all. @default this page renews for itself */
  share?(ways: RenewalWays): RenewTokens;
}

export const createRenewTokens = (
  sources: readonly RenewalSource[],
  flights: Flights,
  commit: Commit,
  { isOthers = () => false, share = alone }: Sharing = {},
): RenewTokens => {
  const renew = share(renewalWays(sources, flights, isOthers, commit));
  return (request) =>
    inTurn(flights, 'renewal', async () => {
      await sources[0]!.ready?.();
      return renew(request).finally(() => (flights.spends = false));
    });
};
