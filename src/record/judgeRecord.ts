import type { RecordLoaded } from '../../machines/sessionEvents.ts';
import type { Clock, Instant, Milliseconds } from '../time/clock.ts';
import { readInstant } from '../time/clock.ts';
import type { Vault } from '../vault/vault.ts';
import type { SessionRecord } from './sessionRecord.ts';

/** Whether this page has run, and seen what happened, since it last read its own epoch in the record. */
export interface Continuity {
  /** Not if the page may have been frozen since, or the session was stopped. */
  canVouch(now: Instant): boolean;
  /** The stretch between two interruptions that runs now. */
  readonly stretch: number;
  /** A read that began in this stretch has found the page's own epoch. */
  mend(stretch: number): void;
  /** From now on it is unknown what happened, until it is read. */
  interrupt(): void;
}

/** What other tabs have told, where this page hears them. */
interface OtherTabs {
  /** Whether one that this page has asked, and given up, has answered after all. */
  readonly isAnsweredLate: boolean;
  /** How often they have told that they have a session. */
  told(): number;
}

/** What the record is judged by. */
export interface JudgeDeps {
  readonly vault: Pick<Vault, 'lease' | 'who'>;
  readonly clock: Clock;
  readonly continuity: Continuity;
  /** `tabs: false`: the generations in the record are those of other tabs, and not of the tokens here. */
  readonly options: { readonly tabs?: boolean };
  readonly others?: OtherTabs | undefined;
}

/** How the record stands to the tokens of this page. */
export interface RecordJudge {
  /** What the machine is told of it. */
  reading(record: SessionRecord, beganAt: Instant): RecordLoaded;
  /** The epoch of this page, where the record shows it to be over. */
  overIn(record: SessionRecord): number | undefined;
  /** A record that was lost under a living session, written anew or put right; only by a page that nothing has interrupted. */
  vouchFor(record: SessionRecord): SessionRecord;
  /** Whether this page may write anew what was lost: not while another tab has changed what it has not seen yet, which may be the end. */
  canVouch(): boolean;
  /** Another tab has told of a change. */
  hearsOfChange(): void;
  /** A reading begins. Returns what notes that it has found the page's own epoch. */
  reads(): () => void;
  /** This page begins an epoch: the record shows it a moment before the vault does; with `undefined` that has happened. */
  begins(epoch: number | undefined): void;
  /** This epoch is over in this page alone. */
  endsHere(epoch: number): void;
  /**
   * This page begins to look for the tokens of whoever is signed in. Returns what notes that nothing has brought them: they are
   * sought again once other tabs have told anything since, or after so long.
   */
  seeks(): (record: SessionRecord, againAfterMs: Milliseconds) => void;
  /** Whether this page is about to begin it. */
  isBegun(epoch: number): boolean;
  /** This page was active. */
  noteActivity(wallMs: Milliseconds): void;
}

export const createRecordJudge = ({ vault, clock, continuity, options, others }: JudgeDeps): RecordJudge => {
  let begun: number | undefined;
  let overHere: number | undefined;
  let notedWallMs: Milliseconds | null = null;
  let heard = 0;
  let seen = 0;
  let vain:
    | { epoch: number; generation: number; told: number | undefined; stretch: number; untilMs: Milliseconds }
    | undefined;

  /** Else a page without tokens would look for them whenever it is seen. */
  const isVain = ({ epoch, generation }: SessionRecord): boolean =>
    vain?.epoch === epoch &&
    vain.generation === generation &&
    vain.told === others?.told() &&
    vain.stretch === continuity.stretch &&
    clock.monotonicMs() < vain.untilMs;

  const whoIn = (record: SessionRecord): RecordLoaded['who'] => {
    const { epoch, who, silentFails } = record;
    const lease = vault.lease();
    // What this page has begun the vault shows a moment later.
    if (epoch === begun) return 'same';
    // Where nothing can bring them to this page they are nobody to it, until a tab that has them tells more.
    const isOutOfReach = epoch === overHere || (silentFails && !others?.isAnsweredLate) || isVain(record);
    if (!lease) return who === null || isOutOfReach ? 'nobody' : 'other';
    // An epoch that began without a name is named by the first answer that has one, and in the record first.
    if (epoch === lease.epoch && who !== null && (who === vault.who() || vault.who() === '')) return 'same';
    if (who === null) return 'nobody';
    return who === vault.who() && who !== '' ? 'same' : 'other';
  };

  const canVouch = (): boolean => continuity.canVouch(readInstant(clock)) && seen === heard;

  return {
    canVouch,
    hearsOfChange() {
      // Whoever takes up a session reads of it afterwards.
      if (vault.lease()) heard++;
    },
    reads() {
      const before = heard;
      return () => void (seen = Math.max(seen, before));
    },
    reading: (record, beganAt) => ({
      type: 'record.loaded',
      beganAt,
      lastActivityWallMs: record.lastActivityWallMs,
      epoch: record.epoch,
      generation: record.generation,
      who: whoIn(record),
      endReason: record.endReason,
    }),
    overIn({ epoch, who }) {
      const held = vault.lease()?.epoch;
      // One that was lost says nothing, and what this page has begun the vault shows a moment later.
      const isUnclear = epoch === 0 || epoch === begun;
      return isUnclear || (epoch === held && who !== null) ? undefined : held;
    },
    vouchFor(record) {
      const [lease, who] = [vault.lease(), vault.who()];
      if (!lease || who === undefined || !continuity.canVouch(readInstant(clock))) return record;
      const { epoch, generation } = lease;
      if (record.epoch === 0)
        return canVouch() ? { ...record, epoch, generation, who, lastActivityWallMs: notedWallMs } : record;
      // Written anew by a tab that had older tokens; what was marked since is lost.
      const isTooLow = options.tabs !== false && record.epoch === epoch && record.generation < generation;
      return isTooLow ? { ...record, generation, mark: '' } : record;
    },
    begins: (epoch) => void (begun = epoch),
    endsHere: (epoch) => void (overHere = epoch),
    seeks() {
      const before = { told: others?.told(), stretch: continuity.stretch };
      return ({ epoch, generation }, againAfterMs) => {
        vain = { epoch, generation, ...before, untilMs: clock.monotonicMs() + againAfterMs };
      };
    },
    isBegun: (epoch) => epoch === begun,
    noteActivity: (wallMs) => void (notedWallMs = wallMs),
  };
};
