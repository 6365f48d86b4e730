import type { Clocks } from '../../model/clocks.ts';
import type { Life } from '../life.ts';
import type { TabSetting } from '../setting.ts';
import type { SessionRecord } from '../subject.ts';

/** What the oracle is told of the other tabs, and tells. */
export interface TabPresenceWatch {
  violate(what: string): void;
  /** Whether a tab that runs holds the tokens that this record shows as the newest, and the provider would still renew them. */
  isRenewable(record: SessionRecord): boolean;
}

/** No active user is signed out by a tab that slept: an end by absence holds only where the record shows nobody later. */
export const createTabPresence = (
  clocks: Clocks,
  { idle }: TabSetting,
  { violate, isRenewable }: TabPresenceWatch,
) => {
  const endsAfterMs = idle === false ? undefined : idle.signOutAfter;
  /** For how long whoever was there counts as present. */
  const presentForMs = idle === false ? Infinity : idle.after;
  /** When somebody was there last, as far as the record has it, or as anybody else may know. */
  let lastSignMs = -Infinity;
  /** When the last activity in the record was noted, in true time. */
  let notedAtMs = -Infinity;
  /** What a record that was lost, and written anew, shows instead of it: when the tokens were asked for, which is no activity. */
  let madeUpWallMs: number | null = null;
  /** A sign that is on its way to the record. It gets there no more where its document is gone, and no sooner than that runs. */
  const onItsWay = new Map<Life, { readonly ms: number; readonly wallMs: number }>();
  /** Where the app has signed out. */
  const signedOut = new Set<Life>();
  /** Of what: whoever has read of it may meet a record that was lost and written anew since. */
  const over = new Set<number>();
  /** What a tab has begun, and not told of: it is over as well where the tab ends what it had before. */
  const untold = new Map<Life, number>();

  const awayMs = (lastActivityWallMs: number | null): number =>
    clocks.clock.wallMs() - (lastActivityWallMs ?? -Infinity);

  const isSignOutKnown = (life: Life, { epoch }: SessionRecord): boolean =>
    signedOut.has(life) || over.has(epoch) || untold.get(life) === epoch;

  const lastKnownMs = (): number =>
    [...onItsWay]
      .filter(([life]) => life.isAlive && !life.isFrozen)
      .reduce((latest, [, { ms }]) => Math.max(latest, ms), lastSignMs);

  const onNoted = (life: Life, { lastActivityWallMs }: SessionRecord): void => {
    const sign = onItsWay.get(life);
    if (!sign || (lastActivityWallMs ?? -Infinity) < sign.wallMs) return;
    lastSignMs = Math.max(lastSignMs, sign.ms);
    onItsWay.delete(life);
  };

  /** The end of tokens that a tab has had ends nothing of whoever is there, and has newer ones in another. */
  const checkLapse = (life: Life, before: SessionRecord): void => {
    const knownMs = awayMs(before.lastActivityWallMs);
    if (knownMs < presentForMs && isRenewable(before))
      violate(`P: ${life.id} ends a session as lapsed that others can renew, ${knownMs} ms after activity`);
  };

  const checkIdleEnd = (life: Life, before: SessionRecord, afterMs: number): void => {
    const knownMs = awayMs(before.lastActivityWallMs);
    // A tab cannot compare what it knows from before the wall clock was moved with what another one notes in this very moment.
    if (clocks.hasJumped && notedAtMs === clocks.trueMs()) return;
    // What lies ahead was dated before the wall clock was set back, and written since.
    const isMadeUp = madeUpWallMs !== null && before.lastActivityWallMs === madeUpWallMs;
    if (knownMs >= 0 && knownMs < afterMs && !isMadeUp)
      violate(`P: ${life.id} ends an active user's session: ${knownMs} ms since the last activity noted`);
    // A sign may be on its way to the record.
    if (!clocks.hasJumped && clocks.trueMs() - lastKnownMs() < afterMs / 2)
      violate(`P: ${life.id} ends the session of somebody who was there a moment ago`);
  };

  return {
    signOut: (life: Life): void => void signedOut.add(life),
    /** The app has heard that somebody is signed in. */
    told: (life: Life): void => void untold.delete(life),
    /** Somebody is there, in a tab that runs and has somebody signed in. What comes after the end is too late. */
    sign(life: Life): void {
      const ms = clocks.trueMs();
      const isInTime = ms - lastKnownMs() < (endsAfterMs ?? Infinity);
      if (isInTime) onItsWay.set(life, { ms, wallMs: clocks.clock.wallMs() });
    },
    /** A sign-in has succeeded: somebody was there when it began. */
    signIn: (beganMs: number): void => void (lastSignMs = Math.max(lastSignMs, beganMs)),
    /** Site data were cleared, and with them who was there last. */
    onLost(): void {
      lastSignMs = -Infinity;
      onItsWay.clear();
    },
    /** Whether nobody has been there for as long as the app allows, as far as the record shows. */
    isOver: ({ lastActivityWallMs }: SessionRecord): boolean =>
      awayMs(lastActivityWallMs) >= (endsAfterMs ?? Infinity),
    onWrite(life: Life, before: SessionRecord, after: SessionRecord): void {
      onNoted(life, after);
      const { lastActivityWallMs } = before;
      if (lastActivityWallMs !== after.lastActivityWallMs) notedAtMs = clocks.trueMs();
      if (before.epoch === 0) madeUpWallMs = after.generation > 1 ? after.lastActivityWallMs : null;
      if (before.epoch !== after.epoch) untold.set(life, after.epoch);
      // A sign-in that was given up takes its epoch back.
      if (before.who === null || after.who !== null || before.epoch !== after.epoch) return;
      if (after.endReason === 'signedOut' && !isSignOutKnown(life, before))
        violate(`6: ${life.id} signs out whom nobody has signed out`);
      if (after.endReason === 'signedOut') over.add(before.epoch);
      // By a clock that was moved since nobody can tell how long ago that was.
      if (clocks.jumpedAtMs >= notedAtMs) return;
      if (after.endReason === 'lapsed') checkLapse(life, before);
      if (after.endReason === 'idle' && endsAfterMs !== undefined) checkIdleEnd(life, before, endsAfterMs);
    },
  };
};
