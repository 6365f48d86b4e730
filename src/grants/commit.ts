import { isFresh } from '../../machines/freshness.ts';
import { type Lease, leaseFrom } from '../../machines/lease.ts';
import { SessionError } from '../errors/sessionError.ts';
import { type SessionRecord, withActivity, withWallSeen } from '../record/sessionRecord.ts';
import type { StoredTokensStore } from '../storage/storedTokens.ts';
import { type Milliseconds, readInstant } from '../time/clock.ts';
import type { VaultPermit } from '../vault/vault.ts';
import type { GrantDeps } from './grantDeps.ts';
import type { TokenAnswer } from './protocol/tokenAnswer.ts';
import { publishUser } from './publishUser.ts';

/** Puts a token answer where it belongs: record, vault, storage, user. */
export interface Commit {
  /** Of a sign-in; `undefined` where the session moved on meanwhile. */
  signIn(
    answer: TokenAnswer,
    by: { readonly permit: VaultPermit; isCurrent(): boolean },
    isInteractive: boolean,
  ): Promise<Lease | undefined>;
  /** Of a renewal of these tokens; `undefined` where they are not the newest any more. */
  renewal(answer: TokenAnswer, permit: VaultPermit, held: Counts): Promise<Lease | undefined>;
  /** As `renewal`, of tokens that nobody here asked for: without usable life they are refused. */
  adoption(answer: TokenAnswer, permit: VaultPermit, held: Lease): Promise<Lease | undefined>;
}

interface Counts {
  readonly epoch: number;
  readonly generation: number;
}

/** The same user again is a new generation; anybody else, and whoever has no name, begins a new epoch. */
const signedIn = (
  record: SessionRecord,
  who: string,
  isInteractive: boolean,
  sentAtWallMs: Milliseconds,
  nowWallMs: Milliseconds,
): SessionRecord => {
  const isSame = who !== '' && record.who === who;
  const isNews = isInteractive || record.lastActivityWallMs === null;
  return {
    ...withWallSeen(isNews ? withActivity(record, sentAtWallMs, nowWallMs) : record, nowWallMs),
    epoch: isSame ? record.epoch : record.epoch + 1,
    generation: isSame ? record.generation + 1 : 1,
    who,
    promptLogin: isInteractive ? false : record.promptLogin,
  };
};

const renewedOnce = (
  record: SessionRecord,
  { epoch, generation }: Counts,
  nowWallMs: number,
): SessionRecord =>
  record.epoch === epoch
    ? { ...withWallSeen(record, nowWallMs), generation: Math.max(record.generation, generation) + 1 }
    : record;

/** Whether a record is still where a sign-in left it. */
const isAt = (record: SessionRecord, { epoch, generation }: Counts): boolean =>
  record.epoch === epoch && record.generation === generation;

/** `canRenewSilently`: whether tokens without a refresh token can be renewed. */
export const createCommit = (
  parts: GrantDeps,
  stored: StoredTokensStore | undefined,
  canRenewSilently: boolean,
): Commit => {
  const { clock, record, vault, options } = parts;

  const leaseOf = ({ tokens, facts, sentAt }: TokenAnswer, counts: Counts, held?: Lease): Lease => {
    const keepsRefreshToken =
      tokens.refreshToken === undefined && held !== undefined && held.renewAt !== null;
    return leaseFrom(
      {
        ...facts,
        renewable: tokens.refreshToken !== undefined || keepsRefreshToken || canRenewSilently,
        keptRefreshDeadline: keepsRefreshToken ? held.refreshDeadline : null,
      },
      sentAt,
      counts,
      {
        defaultTokenLifetimeMs: options.defaultTokenLifetime,
        maxRenewAheadMs: options.maxRenewAhead,
        jitter: parts.random(),
      },
    );
  };

  const requireFresh = (lease: Lease): void => {
    if (!isFresh(lease, readInstant(clock))) throw arrivedStale(lease);
  };

  const keep = (permit: VaultPermit, lease: Lease): void => {
    const tokens = permit.read() ?? vault.permit().read();
    if (!tokens) return;
    publishUser(parts, tokens);
    void stored?.save(tokens, lease);
  };

  const commit: Commit = {
    async signIn(answer, { permit, isCurrent }, isInteractive) {
      const who = answer.claims?.sub ?? '';
      // The person was there when the request was sent, however long the answer took.
      const { wallMs: sentAtWallMs } = answer.sentAt;
      // Looked at before the record says that somebody is signed in: what is refused here must change nothing.
      requireFresh(leaseOf(answer, { epoch: 0, generation: 0 }));
      // Decided inside the transaction: a try that was overtaken must not end the session that overtook it.
      let isWanted = false;
      const signed = await record.update((known) => {
        isWanted = permit.stands && isCurrent();
        return isWanted ? signedIn(known, who, isInteractive, sentAtWallMs, clock.wallMs()) : known;
      });
      if (!isWanted) return undefined;
      const lease = leaseOf(answer, signed);
      if (permit.commit(answer.tokens, lease)) {
        keep(permit, lease);
        return lease;
      }
      await record.update((known) => (isAt(known, signed) ? { ...known, who: null } : known));
      return undefined;
    },

    async renewal(answer, permit, held) {
      const nowWallMs = clock.wallMs();
      const renewed = await record.update((known) => renewedOnce(known, held, nowWallMs));
      if (renewed.epoch !== held.epoch) return undefined;
      const lease = leaseOf(answer, renewed, vault.lease);
      if (!permit.commit(answer.tokens, lease)) return undefined;
      keep(permit, lease);
      return lease;
    },

    async adoption(answer, permit, held) {
      requireFresh(leaseOf(answer, held));
      return commit.renewal(answer, permit, held);
    },
  };
  return commit;
};

/** A life this long ends before its first use only where the answer was slow. */
const USABLE_LIFE_MS = 4000;

/** A token that arrives stale is an error, not a reason for another renewal. */
export const arrivedStale = ({ lifeMs }: Lease): SessionError =>
  new SessionError(
    'token_arrived_stale',
    `The access token had no usable life left when it arrived: it lives ${lifeMs / 1000} s. Lengthen its life at the provider, or look for what slows its answers`,
    { retryable: lifeMs >= USABLE_LIFE_MS },
  );
