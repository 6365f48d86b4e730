import { idleAfterMs } from '../../machines/idleAfter.ts';
import { idleEndsAt } from '../../machines/presence.ts';
import type { SessionContext } from '../../machines/sessionContext.ts';
import { deadlineAfter } from '../time/deadline.ts';
import type { Deadlines } from './inspectEntry.ts';

const none: Deadlines = { accessToken: null, refreshToken: null, idle: null, idleSession: null };

const SHORTEST_WARNING_MS = 20_000;

/** The deadlines that the machine goes by. */
export const deadlinesOf = (context: SessionContext): Deadlines => {
  const { lease, lastActivity, settings } = context;
  if (!lease || !lastActivity) return none;
  const { sentAt, accessDeadline, freshUntil, renewAt, refreshDeadline } = lease;
  const afterMs = idleAfterMs(context);
  const end = afterMs === null ? null : idleEndsAt(context);
  const warnBeforeMs = Math.max(settings.idle?.warnBeforeMs ?? 0, SHORTEST_WARNING_MS);
  return {
    accessToken: { from: sentAt, until: accessDeadline, renewAt, freshUntil },
    refreshToken: refreshDeadline && { from: sentAt, until: refreshDeadline },
    idle: afterMs === null ? null : { from: lastActivity, until: deadlineAfter(lastActivity, afterMs) },
    idleSession:
      end && end.wallMs < Infinity
        ? { from: lastActivity, until: end, warnAt: deadlineAfter(end, -warnBeforeMs) }
        : null,
  };
};
