import { isFresh } from '../../../machines/freshness.ts';
import type { Lease } from '../../../machines/lease.ts';
import { decodeJwt, type IdTokenClaims } from '../../claims/user.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { isTrustworthy, type StoredTokens, type StoredTokensStore } from '../../storage/storedTokens.ts';
import { readInstant } from '../../time/clock.ts';
import type { TokenSet } from '../../vault/vault.ts';
import type { Outcome } from '../commit.ts';
import { failureClassOf } from '../failureClass.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { isOtherUser } from '../protocol/isOtherUser.ts';
import { toSessionError } from '../protocol/toSessionError.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import { publishUser } from '../publishUser.ts';
import type { RenewTokens } from '../renewTokens.ts';
import type { Attempt } from './attempt.ts';
import { isOver } from './isOver.ts';

const claimsIn = ({ idToken }: TokenSet): IdTokenClaims | undefined =>
  decodeJwt(idToken) as IdTokenClaims | undefined;

const whoIn = (tokens: TokenSet): string => {
  const sub: unknown = claimsIn(tokens)?.sub;
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
          who: whoIn(tokens),
          lastActivityWallMs: savedAtWallMs,
        };

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

/** What takes up the session of the app's storage, if there is one that the record knows as the newest. */
export const createStoredSession = (stored: StoredTokensStore, deps: GrantDeps, renewTokens: RenewTokens) => {
  const { record, clock } = deps;

  /** Nothing of it is handed out: it is renewed before it is used, or found to be over. */
  const aged = (lease: Lease): Lease => {
    const now = readInstant(clock);
    return { ...lease, freshUntil: now, accessDeadline: now, renewAt: lease.renewAt && now };
  };

  const put = ({ permit }: Attempt, { tokens, lease }: StoredTokens): Lease | undefined => {
    const taken = permit.commit(tokens, lease, whoIn(tokens));
    if (taken) publishUser(deps, tokens, taken.epoch);
    return taken;
  };

  const renew = (
    { permit }: Attempt,
    found: StoredTokens,
    onKept: (tokens: TokenSet) => void,
  ): Promise<Outcome> =>
    renewTokens({
      held: () => (permit.isValid() ? found : undefined),
      arrival: (answer) => ({
        by: 'storage',
        answer: completed(answer, found.tokens),
        permit,
        stored: found.lease,
      }),
      keep(refreshToken) {
        if (!permit.isValid()) return false;
        const tokens = { ...found.tokens, refreshToken };
        onKept(tokens);
        void stored.save(tokens, found.lease);
        return true;
      },
    });

  const renewed = async (by: Attempt, found: StoredTokens): Promise<Lease | undefined> => {
    let { tokens } = found;
    try {
      const outcome = await renew(by, found, (kept) => (tokens = kept));
      return outcome.kind === 'taken' ? outcome.lease : undefined;
    } catch (thrown) {
      const error = toSessionError(thrown);
      deps.onError(error);
      // The network ate the try: the user is signed in, and the machine goes on trying.
      return failureClassOf(error) === 'terminal' ? undefined : put(by, { ...found, tokens });
    }
  };

  const takeUp = async (by: Attempt, found: StoredTokens): Promise<Lease | undefined> => {
    const known = await record.update(recordFor(found));
    const isNewest = known.epoch === found.lease.epoch && known.generation === found.lease.generation;
    const named = whoIn(found.tokens);
    const isOthers = !!known.who && named !== '' && named !== known.who;
    if (known.who === null || isOthers || !isNewest) return undefined;
    const isDated = isTrustworthy(found, clock.wallMs(), known.highestWallMs);
    // Why it is over is for the machine to say; until then nothing is handed out, and nothing is sent.
    const over = isOver(known, deps, found.lease);
    const entry = isDated && !over ? found : { ...found, lease: aged(found.lease) };
    const isUsable = over || isFresh(entry.lease, readInstant(clock));
    return isUsable || entry.tokens.refreshToken === undefined ? put(by, entry) : renewed(by, entry);
  };

  return async (by: Attempt): Promise<Lease | undefined> => {
    const found = await stored.load();
    const lease = found && (await takeUp(by, found));
    // Whoever has signed out or in meanwhile has seen to the storage.
    if (found && !lease && by.permit.isValid()) await stored.clear();
    return lease;
  };
};
