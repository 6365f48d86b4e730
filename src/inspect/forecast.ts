import { untilNextChangeMs } from '../../machines/guards.ts';
import type { SessionContext } from '../../machines/sessionContext.ts';
import type { SessionEvent } from '../../machines/sessionEvents.ts';
import type { Instant } from '../time/clock.ts';
import { type Deadline, deadlineAfter } from '../time/deadline.ts';
import type { Base } from './backlog.ts';
import { edgesIn, type Taken } from './edgesIn.ts';
import { type Asked, simulate } from './simulate.ts';

/** Something that will happen by itself. */
export interface Foreseen extends Taken {
  /** Whether it happens only if the provider renews until then. */
  readonly ifRenewed: boolean;
}

/** More than any session needs to its third instant: looks and quiet alarms come between. */
const MOST_STEPS = 100;

const later = (deadline: Deadline | null, byMs: number): Deadline | null =>
  deadline && deadlineAfter(deadline, byMs);

/** What a provider would answer that renews as it did before. */
const grantedLike = ({ lease, now }: SessionContext): SessionEvent | undefined => {
  if (!lease) return undefined;
  const byMs = now.monotonicMs - lease.sentAt.monotonicMs;
  return {
    type: 'refresh.granted',
    epoch: lease.epoch,
    generation: lease.generation,
    lease: {
      ...lease,
      generation: lease.generation + 1,
      sentAt: now,
      accessDeadline: later(lease.accessDeadline, byMs)!,
      freshUntil: later(lease.freshUntil, byMs)!,
      refreshDeadline: later(lease.refreshDeadline, byMs),
      renewAt: later(lease.renewAt, byMs),
    },
  };
};

/** What a service would answer if nothing happens elsewhere. */
const answerTo = (asked: Asked, context: SessionContext): SessionEvent | undefined => {
  if (asked.type === 'refresh.requested') return grantedLike(context);
  if (asked.type !== 'record.read' || !context.lease) return undefined;
  return {
    type: 'record.loaded',
    beganAt: context.now,
    lastActivityWallMs: context.lastActivity?.wallMs ?? null,
    epoch: context.lease.epoch,
    generation: context.lease.generation,
    who: 'same',
  };
};

/**
 * What will happen by itself if the user does nothing, and each renewal is granted like the one before. It is found by the real
 * machine, to which time is told.
 */
export const forecast = (from: Base, count = 3): readonly Foreseen[] => {
  const foreseen: Foreseen[] = [];
  let current = from;
  let ifRenewed = false;

  const happen = (event: SessionEvent, at: Instant): void => {
    const { micro, asked, after } = simulate(current, event, at);
    // That a granted renewal ends is no news: it is what was assumed.
    if (event.type === 'refresh.granted') ifRenewed = true;
    else for (const taken of edgesIn(current, micro, at)) foreseen.push({ ...taken, ifRenewed });
    current = after;
    for (const each of asked) {
      const answer = answerTo(each, current.context);
      if (answer) happen(answer, at);
    }
  };

  if (current.context.renewing !== null) happen(grantedLike(current.context)!, current.context.now);
  for (let steps = 0; steps < MOST_STEPS && foreseen.length < count; steps++) {
    const { context } = current;
    const afterMs = untilNextChangeMs(context);
    if (afterMs === null) break;
    happen({ type: 'alarm.rang' }, deadlineAfter(context.now, afterMs));
  }
  return foreseen.slice(0, count);
};
