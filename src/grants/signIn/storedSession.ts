import { isFresh } from '../../../machines/freshness.ts';
import type { Lease } from '../../../machines/lease.ts';
import { decodeJwt } from '../../claims/user.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { isTrustworthy, type StoredTokens, type StoredTokensStore } from '../../storage/storedTokens.ts';
import { readInstant } from '../../time/clock.ts';
import type { TokenSet } from '../../vault/vault.ts';
import type { Commit } from '../commit.ts';
import { failureClassOf } from '../failureClass.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { toSessionError } from '../protocol/toSessionError.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import { publishUser } from '../publishUser.ts';
import type { Attempt } from './attempt.ts';
import { isOver } from './isOver.ts';

const subOf = ({ idToken }: TokenSet): string => {
  const sub = decodeJwt(idToken)?.['sub'];
  return typeof sub === 'string' ? sub : '';
};

/** A record that was lost while the storage was not is made anew from what the storage says. */
const recordFor =
  ({ tokens, lease, savedAtWallMs }: StoredTokens) =>
  (known: SessionRecord): SessionRecord =>
    known.epoch > 0
      ? known
      : {
          ...known,
          epoch: lease.epoch,
          generation: lease.generation,
          who: subOf(tokens),
          lastActivityWallMs: savedAtWallMs,
        };

/** What takes up the session of the app's storage, if there is one that the record knows as the newest. */
export const createStoredSession = (
  stored: StoredTokensStore | undefined,
  parts: GrantDeps,
  { commit, renew }: { commit: Commit; renew(tokens: TokenSet): Promise<TokenAnswer> },
) => {
  const { vault, record, clock } = parts;

  /** Wall times that cannot be believed make a lease stale: then it is renewed before it is used. */
  const aged = (lease: Lease): Lease => {
    const now = readInstant(clock);
    return { ...lease, freshUntil: now, accessDeadline: now, renewAt: lease.renewAt && now };
  };

  const renewed = async (by: Attempt, { tokens, lease }: StoredTokens): Promise<Lease | undefined> => {
    try {
      return await commit.renewal(await renew(tokens), by.permit, lease);
    } catch (thrown) {
      const error = toSessionError(thrown);
      parts.onError(error);
      // The network ate the try: the user is signed in, and the machine goes on trying.
      if (failureClassOf(error) !== 'terminal') return lease;
      if (!by.permit.stands) return undefined;
      vault.wipe();
      by.permit = vault.permit();
      return undefined;
    }
  };

  const takeUp = async (by: Attempt, found: StoredTokens): Promise<Lease | undefined> => {
    const known = await record.update(recordFor(found));
    const isNewest = known.epoch === found.lease.epoch && known.generation === found.lease.generation;
    if (known.who === null || !isNewest) return undefined;
    const isDated = isTrustworthy(found, clock.wallMs(), known.highestWallMs);
    const entry = isDated ? found : { ...found, lease: aged(found.lease) };
    if (!by.permit.commit(entry.tokens, entry.lease)) return undefined;
    by.permit = vault.permit();
    publishUser(parts, entry.tokens);
    const isUsable = isFresh(entry.lease, readInstant(clock)) || isOver(known, parts);
    return isUsable || entry.tokens.refreshToken === undefined ? entry.lease : renewed(by, entry);
  };

  return async (by: Attempt): Promise<Lease | undefined> => {
    const found = await stored?.load();
    const lease = found && (await takeUp(by, found));
    // Whoever has signed out or in meanwhile has seen to the storage.
    if (!by.permit.stands) return undefined;
    if (found && !lease) await stored?.clear();
    return lease;
  };
};
