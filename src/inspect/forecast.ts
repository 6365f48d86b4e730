import { untilNextChangeMs } from '../../machines/guards.ts';
import type { SessionContext } from '../../machines/sessionContext.ts';
import type { SessionEvent } from '../../machines/sessionEvents.ts';
import type { Instant } from '../time/clock.ts';
import { type Deadline, deadlineAfter, earlierOf } from '../time/deadline.ts';
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

/** As long after one instant as a deadline is after another: each clock counts for itself, for the wall clock can be set. */
const moved = (deadline: Deadline, from: Instant, to: Instant): Deadline =>
  deadlineAfter(to, deadline.monotonicMs - from.monotonicMs);

/** What a provider would answer that renews as it did before. Where it moved no end, it will move none. */
const grantedLike = ({ lease, now, renewing, stalls }: SessionContext): SessionEvent | undefined => {
  if (!lease) return undefined;
  const { epoch, sentAt, refreshDeadline: heldDeadline, renewAt } = lease;
  const like = (deadline: Deadline): Deadline => moved(deadline, sentAt, now);
  const generation = renewing ?? lease.generation;
  const refreshDeadline = heldDeadline && (stalls > 0 ? heldDeadline : like(heldDeadline));
  return {
    type: 'refresh.granted',
    epoch,
    generation,
    lease: {
      ...lease,
      generation: generation + 1,
      sentAt: now,
      accessDeadline: like(lease.accessDeadline),
      freshUntil: like(lease.freshUntil),
      refreshDeadline,
      renewAt: renewAt && earlierOf(like(renewAt), refreshDeadline),
    },
  };
};

/** What the record would answer to a look if nothing happens elsewhere. */
const lookLike = ({ lease, lastActivity, looking }: SessionContext): SessionEvent | undefined =>
  lease && looking
    ? {
        type: 'record.loaded',
        beganAt: looking,
        lastActivityWallMs: lastActivity?.wallMs ?? null,
        epoch: lease.epoch,
        generation: lease.generation,
        who: 'same',
      }
    : undefined;

/** What a service would answer if nothing happens elsewhere. */
const answerTo = ({ type }: Asked, context: SessionContext): SessionEvent | undefined => {
  if (type === 'refresh.requested') return grantedLike(context);
  return type === 'record.read' ? lookLike(context) : undefined;
};

/**
 * What will happen by itself if the user does nothing, and each renewal is granted like the one before. It is found by the real
 * machine, to which time is told.
 */
export const forecast = (from: Base, count = 3): readonly Foreseen[] => {
  const foreseen: Foreseen[] = [];
  let current = from;
  let ifRenewed = false;
  const steps = { left: MOST_STEPS };

  const happen = (event: SessionEvent | undefined, at: Instant): void => {
    if (!event || steps.left-- <= 0) return;
    const { micro, asked, after } = simulate(current, event, at);
    // That a granted renewal ends is no news: it is what was assumed.
    if (event.type === 'refresh.granted') ifRenewed = true;
    else for (const taken of edgesIn(current, micro, at)) foreseen.push({ ...taken, ifRenewed });
    current = after;
    for (const each of asked) happen(answerTo(each, current.context), at);
  };

  // What was asked already is answered first.
  if (from.context.looking) happen(lookLike(from.context), from.context.now);
  if (current.context.renewing !== null) happen(grantedLike(current.context), current.context.now);
  while (steps.left > 0 && foreseen.length < count) {
    const { context } = current;
    const afterMs = untilNextChangeMs(context);
    if (afterMs === null) break;
    happen({ type: 'alarm.rang' }, deadlineAfter(context.now, afterMs));
  }
  return foreseen.slice(0, count);
};
