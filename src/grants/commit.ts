import { isFresh } from '../../machines/freshness.ts';
import { type Lease, leaseFrom } from '../../machines/lease.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { OwnTokens } from '../record/ownTokens.ts';
import type { RecordJudge } from '../record/judgeRecord.ts';
import {
  type SessionRecord,
  withActivity,
  withEnd,
  withoutPrompt,
  withWallSeen,
} from '../record/sessionRecord.ts';
import { type Milliseconds, readInstant } from '../time/clock.ts';
import { inTurn } from '../time/inTurn.ts';
import type { TokenSet } from '../vault/vault.ts';
import type { Arrival, Outcome } from './arrival.ts';
import { arrivedStale } from './arrivedStale.ts';
import { ownGenerations, sharedGenerations } from './generations.ts';
import type { GrantDeps } from './grantDeps.ts';
import { isOtherUser } from './protocol/isOtherUser.ts';
import type { TokenAnswer } from './protocol/tokenAnswer.ts';
import { publishUser } from './publishUser.ts';
import type { Store } from './store.ts';
import type { Marks } from './tabs/marks.ts';

/**
 * The one way into the vault: judges whose tokens they are, their epoch and generation and what is left of their life,
 * and puts them where they belong: record, vault, storage, user.
 *
 * @throws {SessionError} `token_arrived_stale`, `id_token_invalid`; nothing has changed then
 */
export type Commit = (arrival: Arrival) => Promise<Outcome>;

/** What the commit works with, beside what the session lends. */
export interface CommitDeps {
  readonly judge: RecordJudge;
  readonly marks: Pick<Marks, 'isOurs'>;
  readonly stored: Store | undefined;
  /** Whether tokens without a refresh token can be renewed. */
  readonly isRenewableWithout: boolean;
  /** Whether other tabs share the epoch of these, and this one does not see what they do. */
  isUnseen(lease: Lease): boolean;
  /** Gives tokens back to the provider, whose session with us they are. */
  giveBack(tokens: TokenSet): void;
  /** New tokens are in the vault and the record; `saved` settles when they are in the storage. */
  announce(saved: Promise<unknown> | undefined): void;
}

const overtaken: Outcome = { kind: 'overtaken' };

const isOver = (known: SessionRecord, { epoch }: Pick<Lease, 'epoch'>, who: string): boolean =>
  known.epoch !== epoch || known.who !== who;

/** Whether somebody is still signed in in the epoch in which these were asked for: a restore can take long, or be frozen. */
const isOfEpoch = ({ epoch, who }: SessionRecord, { stored: kept, of = kept?.epoch }: Arrival): boolean =>
  who !== null && epoch === (of ?? epoch);

export const createCommit = (
  deps: GrantDeps,
  { judge, marks, stored, isRenewableWithout, isUnseen, giveBack, announce }: CommitDeps,
): Commit => {
  const { clock, record, flights, vault, options } = deps;
  const counting = options.tabs === false ? ownGenerations : sharedGenerations;
  const generations = counting({ vault, flights, marks });
  /** After the clock was set back, tabs whose records fail would come to the same number. */
  const apart = Math.floor(deps.random() * 1000);

  /** No epoch's number is used twice, not even after the record was lost. */
  const nextEpoch = (known: SessionRecord, nowWallMs: Milliseconds): number => {
    const next = Math.max(known.epoch, vault.lease()?.epoch ?? 0) + 1;
    return next > nowWallMs + 1000 ? next + apart : Math.max(next, Math.floor(nowWallMs));
  };

  const leaseOf = (
    { tokens, facts, sentAt }: TokenAnswer,
    counts: Pick<Lease, 'epoch' | 'generation'>,
    held?: Lease,
  ): Lease => {
    const keepsRefreshToken = tokens.refreshToken === undefined && !!held?.renewAt;
    return leaseFrom(
      {
        ...facts,
        renewable: tokens.refreshToken !== undefined || keepsRefreshToken || isRenewableWithout,
        keptRefreshDeadline: keepsRefreshToken ? held.refreshDeadline : null,
      },
      sentAt,
      counts,
      {
        defaultTokenLifetimeMs: options.defaultTokenLifetime,
        maxRenewAheadMs: options.maxRenewAhead,
        jitter: deps.random(),
      },
    );
  };

  /** Looked at before anything says that somebody is signed in: what is refused here must change nothing. */
  const requireFresh = (answer: TokenAnswer): void => {
    const lease = leaseOf(answer, { epoch: 0, generation: 0 });
    if (!isFresh(lease, readInstant(clock))) throw arrivedStale(lease);
  };

  /** A backend can have sent an access token alone: the refresh token is that of the generation before. */
  const ownTokens = (arrived: TokenSet, kept: TokenSet, { epoch, generation }: Lease): OwnTokens => {
    const isShared = arrived.refreshToken === undefined && kept.refreshToken !== undefined;
    const since = flights.own?.epoch === epoch ? flights.own.sharedSince : generation - 1;
    return { epoch, sharedSince: isShared ? since : null };
  };

  const keep = ({ by, answer: { tokens } }: Arrival, lease: Lease): Outcome => {
    // With what the answer left out. The permit that has put it there can be void by its own doing.
    const kept = vault.permitRenewal().read() ?? tokens;
    flights.last = lease;
    // The others wait for what has come of a refresh token that was marked before the record failed.
    const isRenewed = by === 'renewal' || by === 'storage';
    const isMarked = isRenewed && flights.spends && !flights.isMarkUnseen;
    if (isMarked) flights.own = undefined;
    else if (record.hasLost?.(lease.epoch)) flights.own = ownTokens(tokens, kept, lease);
    const own = flights.own?.epoch === lease.epoch && flights.own;
    // Whoever found them there would take the refresh token for that of their generation, which others count otherwise.
    const isOwn = own && (isUnseen(lease) || (own.sharedSince !== null && by === 'adoption'));
    // Ahead of the app's mapper, which can sign out.
    const saved = isOwn ? undefined : stored?.save(kept, lease, by === 'user' || by === 'provider');
    // Whoever finds them there has them as well.
    if (own && saved) flights.own = { ...own, sharedSince: lease.generation };
    announce(saved);
    publishUser(deps, kept, lease.epoch);
    return { kind: 'taken', lease };
  };

  /**
   * What nobody here wants any more. Whoever is signed in as the same user goes on with the provider's session, and so does an
   * epoch in which tokens were renewed, whether or not anybody is named in it.
   */
  const drop = async (
    { by, answer, permit, stored: kept }: Arrival,
    who: string | undefined,
  ): Promise<Outcome> => {
    const { who: signedIn, epoch } = judge.vouchFor(await record.read());
    const renewed = by === 'renewal' || by === 'storage' ? (kept ?? permit).epoch : undefined;
    const isOn = signedIn !== null && (renewed === epoch || (who !== '' && who === signedIn));
    const isOverHere = vault.lease()?.epoch !== epoch && permit.hasEnded(epoch);
    if (!isOn || isOverHere) giveBack(answer.tokens);
    return overtaken;
  };

  /** An answer to a renewal of what is not here any more. Somebody else's are none of those that were renewed. */
  const dropLate = async (arrival: Arrival): Promise<Outcome> => {
    const { answer, permit, from } = arrival;
    const { who } = permit;
    const named = answer.claims?.sub ?? who;
    const isOfOthers = (who && named !== who) || (from && isOtherUser(answer, from));
    return isOfOthers ? overtaken : drop(arrival, named);
  };

  /**
   * The same user again is a new generation; anybody else, and whoever has no name, begins a new epoch. What was kept of an epoch
   * without a name goes on in it, and names it where it can.
   */
  const signedInAs = (
    known: SessionRecord,
    who: string,
    { by, answer, wasAsked, stored: kept }: Arrival,
  ): SessionRecord => {
    const nowWallMs = clock.wallMs();
    const isInteractive = by === 'user';
    const isSame = known.who === '' ? kept?.epoch === known.epoch : known.who === who;
    const isNews = isInteractive || known.lastActivityWallMs === null;
    // The person was there when the request was sent, however long the answer took.
    const active = isNews ? withActivity(known, answer.sentAt.wallMs, nowWallMs) : known;
    const asked = isInteractive && (wasAsked?.(known) ?? true) ? withoutPrompt(active) : active;
    return {
      ...withWallSeen(asked, nowWallMs),
      epoch: isSame ? known.epoch : nextEpoch(known, nowWallMs),
      ...generations.afterSignIn(known, isSame),
      who,
      endReason: null,
      silentFails: false,
    };
  };

  /** Given up in between: it changes nothing for whoever was signed in before. A sign-out stays what it is. */
  const takeBack = (made: SessionRecord, who: string, before: SessionRecord): Promise<SessionRecord> =>
    record.update((known) =>
      isOver(known, made, who) || known.generation !== made.generation ? known : before,
    );

  const signIn = async (arrival: Arrival): Promise<Outcome> => {
    const { answer, permit } = arrival;
    const who = answer.claims?.sub ?? '';
    if (!permit.isValid()) return drop(arrival, who);
    if (who === '' && vault.who()) throw nameless();
    // What a renewal has brought is kept all the same: the tokens before it are spent.
    if (arrival.by !== 'storage') requireFresh(answer);
    // Else a page that is reloaded as soon as it shows somebody would lose them.
    await stored?.ready();
    const kept = await inTurn(flights, 'record', async () => {
      // Decided inside the transaction: a try that was overtaken must not end the session that overtook it.
      let before: SessionRecord | undefined;
      const signedIn = await record.update((known) => {
        // What was found without asking anybody gives way to a sign-out in another tab.
        const vouched = judge.vouchFor(known);
        const isWanted =
          permit.isValid() &&
          (arrival.by === 'user' || (isOfEpoch(vouched, arrival) && !generations.hasMoved(vouched, arrival)));
        before = isWanted ? known : undefined;
        if (!before) return known;
        const next = signedInAs(vouched, who, arrival);
        judge.begins(next.epoch);
        return next;
      });
      if (!before) {
        // Given up by now, though its note may have been written: this page begins nothing.
        judge.begins(undefined);
        return undefined;
      }
      const lease = permit.commit(
        answer.tokens,
        leaseOf(answer, generations.ofSignIn(signedIn), arrival.stored),
        who,
      );
      judge.begins(undefined);
      if (lease) return keep(arrival, lease);
      await takeBack(signedIn, who, before);
      return undefined;
    });
    return kept ?? drop(arrival, who);
  };

  /** The machine may be stopped by now: what outlives it is seen to here. */
  const switched = async (held: Lease): Promise<Outcome> => {
    const { epoch } = held;
    vault.wipe();
    deps.tell({ type: 'user.switched', epoch });
    void stored?.clear(held);
    await record.update((known) => (known.epoch === epoch ? withEnd(known, 'switched') : known));
    return { kind: 'switched' };
  };

  const renewed = (
    known: SessionRecord,
    held: Lease,
    { who, name }: { who: string; name: string },
    arrival: Arrival,
  ): SessionRecord =>
    isOver(known, held, who)
      ? known
      : {
          ...withWallSeen(known, clock.wallMs()),
          who: name,
          silentFails: false,
          ...generations.afterRenewal(known, arrival),
        };

  const renewal = async (arrival: Arrival): Promise<Outcome> => {
    const { by, answer, permit, from } = arrival;
    const [held, who] = [vault.lease(), vault.who()];
    const tokens = permit.read();
    if (!held || !tokens || who === undefined) return by === 'adoption' ? overtaken : dropLate(arrival);
    if (isOtherUser(answer, tokens)) return switched(held);
    // What can still be used is not given up for what cannot.
    if (by === 'adoption' || (from && isFresh(held, readInstant(clock)))) requireFresh(answer);
    // Whoever signed in without a name is named by the first answer that does.
    const name = who === '' ? (answer.claims?.sub ?? who) : who;
    const kept = await inTurn(flights, 'record', async () => {
      let before: SessionRecord | undefined;
      const known = await record.update((found) => {
        const vouched = judge.vouchFor(found);
        const isUsable =
          permit.isValid() &&
          !generations.hasMoved(vouched, arrival) &&
          generations.isInStep(vouched, held, arrival);
        before = isUsable ? found : undefined;
        return before ? renewed(vouched, held, { who, name }, arrival) : found;
      });
      const isGone = isOver(known, held, name);
      // The machine looks for itself, and finds that whoever is here is so no more, or what others have renewed.
      if (isGone) deps.tell({ type: 'page.awake', restored: false });
      else if (!before) deps.tell({ type: 'tab.changed' });
      const isWanted = before && !isGone;
      const lease = isWanted
        ? permit.commit(answer.tokens, leaseOf(answer, generations.ofRenewal(known), vault.lease()), name)
        : undefined;
      if (lease) return keep(arrival, lease);
      // The tokens are given back whether or not the record answers.
      if (isWanted) void inTurn(flights, 'record', () => takeBack(known, name, before!));
      return undefined;
    });
    return kept ?? (by === 'adoption' ? overtaken : drop(arrival, name));
  };

  return (arrival) =>
    arrival.by === 'renewal' || arrival.by === 'adoption' ? renewal(arrival) : signIn(arrival);
};

const nameless = (): SessionError =>
  new SessionError(
    'id_token_invalid',
    'The sign-in does not say who signed in, and somebody is signed in here. Ask for the scope `openid`',
  );
