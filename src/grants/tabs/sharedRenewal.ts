import { SessionError } from '../../errors/sessionError.ts';
import type { RecordJudge } from '../../record/judgeRecord.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { readInstant } from '../../time/clock.ts';
import { elapsedMs } from '../../time/deadline.ts';
import type { Lease } from '../../../machines/lease.ts';
import type { Outcome } from '../arrival.ts';
import { failureClassOf } from '../failureClass.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { toSessionError } from '../protocol/toSessionError.ts';
import type { Held, RenewalRequest, RenewalWays } from '../renewTokens.ts';
import { tokensElsewhere } from '../tokensElsewhere.ts';
import { MARK_LIFE_MS, type Marks, REFUSED } from './marks.ts';
import type { InTabTurn, TabTurn } from './turns.ts';

/** What a renewal that all tabs share works with. */
export interface SharedRenewalDeps extends RenewalWays {
  readonly judge: RecordJudge;
  readonly marks: Marks;
  readonly inTabTurn: InTabTurn;
  /** Settles when the last tokens were told to the other tabs. */
  announced(): Promise<unknown>;
}

const overtaken: Outcome = { kind: 'overtaken' };

const refusedElsewhere = (): SessionError =>
  new SessionError(
    'grant_refused',
    'The provider has refused the refresh token in another tab. Sign in again',
  );

/** How the record stands to a renewal that is about to begin. */
type Standing = 'ours' | 'behind' | 'refused' | 'over';

/**
 * Renews for all tabs of the session: one at a time, and never with a refresh token that another tab may have spent, unless
 * nothing else is left. The steps are those of the design, which were model-checked: leave none out.
 */
export const createSharedRenewal = (
  { record, clock, flights }: GrantDeps,
  { judge, marks, inTabTurn, renewBy, isSpent, sourceFor, sparingSourceFor, announced }: SharedRenewalDeps,
) => {
  const standingOf = ({ epoch, generation, who, mark }: SessionRecord, lease: Lease): Standing => {
    if (epoch !== lease.epoch || who === null) return 'over';
    if (generation === lease.generation && mark === REFUSED) return 'refused';
    return generation > lease.generation || (mark !== null && !marks.isOurs(mark)) ? 'behind' : 'ours';
  };

  /** One transaction: marks these tokens as being spent, unless they must not be. */
  const claim = ({ lease }: Held): Promise<SessionRecord> =>
    record.update((found) => {
      const vouched = judge.vouchFor(found);
      return standingOf(vouched, lease) === 'ours' ? { ...vouched, mark: marks.next() } : vouched;
    });

  const taken = async (
    outcome: Outcome,
    request: RenewalRequest,
    { lease: than }: Held,
  ): Promise<Outcome> => {
    if (outcome.kind === 'taken') await announced();
    if (outcome.kind !== 'overtaken') return outcome;
    const lease = await request.newer?.(than);
    return lease ? { kind: 'taken', lease } : overtaken;
  };

  /** An error answer: the token was not spent. Whether somebody else has renewed meanwhile, the record knows. */
  const refused = async (
    thrown: unknown,
    request: RenewalRequest,
    { tokens, lease }: Held,
  ): Promise<Outcome> => {
    const hasNewerToken = request.held()?.tokens.refreshToken !== tokens.refreshToken;
    if (hasNewerToken && request.advance) {
      await request.advance();
      throw thrown;
    }
    // No answer was heard: it may be spent.
    const failureClass = failureClassOf(toSessionError(thrown));
    if (isSpent(lease) || failureClass === 'unknown') throw thrown;
    // The next in turn must not ask again: the end of the epoch is written a moment later.
    const mark = failureClass === 'terminal' ? REFUSED : null;
    const known = await record.update((found) =>
      found.mark !== null && marks.isOurs(found.mark) ? { ...found, mark } : found,
    );
    if (standingOf(known, lease) === 'over') return overtaken;
    if (known.generation <= lease.generation) throw thrown;
    const newer = await request.newer?.(lease);
    if (newer) return { kind: 'taken', lease: newer };
    throw tokensElsewhere();
  };

  const spend = async (
    request: RenewalRequest,
    held: Held,
    turn: TabTurn,
    isLastResort: boolean,
  ): Promise<Outcome> => {
    // Whoever has taken the lock may be spending it by now.
    if (turn.isLost()) return renew(request);
    const beganAt = readInstant(clock);
    const known = await claim(held);
    flights.isMarkUnseen = record.hasLost?.() === true;
    if (turn.isVoid?.()) return renew(request);
    const standing = standingOf(known, held.lease);
    if (standing === 'over') return overtaken;
    if (standing === 'refused') throw refusedElsewhere();
    if (standing === 'behind') {
      // Newer tokens that nobody has; or this mark is not the one found and dated: another tab has lost its patience meanwhile.
      if (isLastResort) throw tokensElsewhere();
      return behind(request, held, turn);
    }
    // The session can have ended here since these tokens were taken: what is sent for it nobody keeps.
    if (!request.held()) return overtaken;
    // This tab may have been frozen since, and another one may have lost its patience.
    if (elapsedMs(beganAt, readInstant(clock)) >= MARK_LIFE_MS) return step(request, turn);
    try {
      const outcome = await renewBy(sourceFor(held), request, held, known.generation);
      return await taken(outcome, request, held);
    } catch (thrown) {
      return refused(thrown, request, held);
    }
  };

  /** Another tab has renewed, or may have: its tokens, else new ones of another grant, else the last resort. */
  const behind = async (request: RenewalRequest, held: Held, turn: TabTurn): Promise<Outcome> => {
    // Whoever waits for the lock sees that somebody goes on.
    const known = await record.update((found) =>
      standingOf(found, held.lease) === 'behind' && found.mark !== null && !turn.isLost()
        ? { ...found, mark: marks.next() }
        : found,
    );
    const newer = await request.newer?.(held.lease);
    if (newer) return { kind: 'taken', lease: newer };
    const sparing = sparingSourceFor(held);
    if (sparing) {
      const renewed = await renewBy(sparing, request, held, known.generation).catch(() => overtaken);
      if (renewed.kind !== 'overtaken') return taken(renewed, request, held);
    }
    return spend(request, held, turn, true);
  };

  const step = async (request: RenewalRequest, turn: TabTurn): Promise<Outcome> => {
    const held = request.held();
    if (!held) return overtaken;
    return turn.isStolen ? behind(request, held, turn) : spend(request, held, turn, false);
  };

  const renew = (request: RenewalRequest): Promise<Outcome> => inTabTurn((turn) => step(request, turn));
  return renew;
};
