import { isFresh, supersedes } from '../../../machines/freshness.ts';
import type { Lease } from '../../../machines/lease.ts';
import { decodeJwt, type IdTokenClaims, subjectIn } from '../../claims/user.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { isTrustworthy } from '../../storage/isTrustworthy.ts';
import type { StoredTokens, StoredTokensStore } from '../../storage/storedTokens.ts';
import { readInstant } from '../../time/clock.ts';
import type { Tabs } from '../../tabs/createTabs.ts';
import type { TokenSet } from '../../vault/vault.ts';
import type { Outcome } from '../arrival.ts';
import { failureClassOf } from '../failureClass.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { isOtherUser } from '../protocol/isOtherUser.ts';
import { toSessionError } from '../protocol/toSessionError.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import { agedLease } from '../agedLease.ts';
import { publishUser } from '../publishUser.ts';
import type { CatchUp } from '../tabs/catchUp.ts';
import { isNewest } from '../tabs/isNewest.ts';
import type { Held, RenewTokens } from '../renewTokens.ts';
import type { Attempt } from './attempt.ts';
import { isOver as isPastItsEnd } from './isOver.ts';

const claimsIn = ({ idToken }: TokenSet): IdTokenClaims | undefined =>
  decodeJwt(idToken) as IdTokenClaims | undefined;

const whoIn = ({ idToken }: TokenSet): string => subjectIn(idToken) ?? '';

/**
 * The record is written ahead of the storage. Where it shows less than what is kept it was lost, or could not be written: a sign-in
 * after the last one that it knows of, or a renewal of this one.
 */
const isUnrecorded = (
  { epoch, generation, who }: SessionRecord,
  { tokens, lease }: KeptTokens,
  isAlone: boolean,
): boolean =>
  who === null
    ? lease.epoch > epoch
    : !isAlone && lease.epoch === epoch && whoIn(tokens) === who && lease.generation > generation;

/** A record that is behind what a storage has kept is made anew from that. */
const recordFor =
  (found: KeptTokens, isAlone: boolean) =>
  (known: SessionRecord): SessionRecord => {
    if (!isUnrecorded(known, found, isAlone)) return known;
    const { tokens, lease } = found;
    const { epoch, generation, sentAt } = lease;
    return {
      ...known,
      epoch,
      generation,
      mark: null,
      who: whoIn(tokens),
      endReason: null,
      // Renewals need somebody there; that the page was loaded does not show it.
      lastActivityWallMs: Math.max(known.lastActivityWallMs ?? 0, sentAt.wallMs),
    };
  };

/** What taking up works with. */
export interface TakeUpDeps {
  readonly renewTokens: RenewTokens;
  readonly stored: Pick<StoredTokensStore, 'save'> | undefined;
  /** The other tabs, which may have newer tokens. */
  readonly tabs: Pick<Tabs, 'ask'> | undefined;
  readonly catchUp: Pick<CatchUp, 'seekUnrecorded'> | undefined;
}

/** What a renewal left out goes on, unless it brought another user's tokens. */
const completed = (answer: TokenAnswer, kept: TokenSet): TokenAnswer =>
  isOtherUser(answer, kept)
    ? answer
    : {
        ...answer,
        claims: answer.claims ?? claimsIn(kept),
        tokens: {
          accessToken: answer.tokens.accessToken,
          refreshToken: answer.tokens.refreshToken ?? kept.refreshToken,
          idToken: answer.tokens.idToken ?? kept.idToken,
        },
      };

/** Takes up a session that a storage or another tab has kept, if the record knows it as the newest. */
export type TakeUp = (by: Attempt, found: KeptTokens) => Promise<Lease | undefined>;

/** Tokens of a storage, or of another tab, which knows itself how old they are: then `savedAtWallMs` is when they were asked for. */
type KeptTokens = Pick<StoredTokens, 'tokens' | 'lease' | 'savedAtWallMs'> & {
  readonly isDated?: true;
};

/** What takes up the session of a new page. */
export const createTakeUp = (deps: GrantDeps, { renewTokens, stored, tabs, catchUp }: TakeUpDeps): TakeUp => {
  const { record, clock } = deps;
  const isAlone = deps.options.tabs === false;

  const put = (
    { permit }: Attempt,
    { tokens, lease, isDated }: Held & Partial<KeptTokens>,
  ): Lease | undefined => {
    const taken = permit.commit(tokens, lease, whoIn(tokens));
    if (!taken) return undefined;
    // A storage of this tab alone has not heard of what another tab had.
    if (isDated) void stored?.save(tokens, taken);
    publishUser(deps, tokens, taken.epoch);
    return taken;
  };

  /** What a tab without others has kept is its own, however often those have renewed. */
  const isCurrent = (known: SessionRecord, { tokens, lease }: KeptTokens): boolean => {
    const { generation } = isAlone ? known : lease;
    return isNewest(known, { tokens, lease: { ...lease, generation } });
  };

  const renew = (by: Attempt, kept: { found: KeptTokens }): Promise<Outcome> => {
    const { found } = kept;
    const change = (changed: Partial<KeptTokens>): void => {
      kept.found = { ...kept.found, ...changed };
      void stored?.save(kept.found.tokens, kept.found.lease);
    };
    return renewTokens({
      held: () => (by.permit.isValid() ? kept.found : undefined),
      arrival: (answer) => ({
        by: 'storage',
        answer: completed(answer, found.tokens),
        permit: by.permit,
        stored: found.lease,
      }),
      async newer(than) {
        const known = await record.read();
        const newest = await (supersedes(known, than) ? tabs?.ask(known) : catchUp?.seekUnrecorded(known));
        return newest && supersedes(newest.lease, than) && isNewest(await record.read(), newest)
          ? put(by, { ...newest, isDated: true })
          : undefined;
      },
      keep(refreshToken) {
        if (!by.permit.isValid()) return false;
        change({ tokens: { ...found.tokens, refreshToken } });
        return true;
      },
      async advance() {
        const lease = { ...found.lease, generation: found.lease.generation + 1 };
        const known = await record.update((before) =>
          isCurrent(before, found) ? { ...before, generation: lease.generation, mark: null } : before,
        );
        if (isCurrent(known, { ...found, lease })) change({ lease });
      },
    });
  };

  const renewed = async (by: Attempt, found: KeptTokens): Promise<Lease | undefined> => {
    const kept = { found };
    try {
      const outcome = await renew(by, kept);
      return outcome.kind === 'taken' ? outcome.lease : undefined;
    } catch (thrown) {
      const error = toSessionError(thrown);
      deps.onError(error);
      // The network ate the try: the user is signed in, and the machine goes on trying. Spent tokens are none.
      const isOver = failureClassOf(error) === 'terminal' || error.code === 'tokens_elsewhere';
      return !isOver && isCurrent(await record.read(), kept.found) ? put(by, kept.found) : undefined;
    }
  };

  const takeUp: TakeUp = async (by, found) => {
    const known = await record.update(recordFor(found, isAlone));
    if (!isCurrent(known, found)) return undefined;
    const isDated = found.isDated ?? isTrustworthy(found, clock.wallMs(), known.highestWallMs);
    // Why it is over is for the machine to say; until then nothing is handed out, and nothing is sent.
    const over = isPastItsEnd(known, deps, found.lease);
    const entry = isDated && !over ? found : { ...found, lease: agedLease(found.lease, readInstant(clock)) };
    const isUsable = over || isFresh(entry.lease, readInstant(clock));
    return isUsable || entry.tokens.refreshToken === undefined ? put(by, entry) : renewed(by, entry);
  };

  return takeUp;
};

/** What takes up the session of the app's storage, if there is one. */
export const createFromStorage =
  (stored: StoredTokensStore | undefined, takeUp: TakeUp) =>
  async (by: Attempt): Promise<Lease | undefined> => {
    const found = await stored?.load();
    const lease = found && (await takeUp(by, found));
    // Whoever has signed out or in meanwhile has seen to the storage.
    if (found && !lease && by.permit.isValid()) await stored?.clear(found.lease);
    return lease;
  };
