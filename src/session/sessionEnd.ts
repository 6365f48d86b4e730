import { idleAfterMs } from '../../machines/idleAfter.ts';
import { idleEndsAt } from '../../machines/presence.ts';
import type { SessionContext } from '../../machines/sessionContext.ts';
import { type Deadline, earlierOf } from '../time/deadline.ts';

const knownIdleEnd = (context: SessionContext): Deadline | null => {
  // Who is never away is renewed for ever.
  if (idleAfterMs(context) === null || context.holds > 0) return null;
  const end = idleEndsAt(context);
  return end.wallMs < Infinity ? end : null;
};

/** When the session of this context ends if the user does nothing from now on; `null` where no end is known. */
export const sessionEnd = (context: SessionContext): Deadline | null => {
  const { lease, ending } = context;
  if (!lease) return null;
  const ofTokens = lease.renewAt ? ending : lease.accessDeadline;
  return earlierOf(ofTokens, knownIdleEnd(context));
};
