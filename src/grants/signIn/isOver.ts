import type { SessionRecord } from '../../record/sessionRecord.ts';
import type { GrantDeps } from '../grantDeps.ts';

/** Whether a session is over by the app's policy: nobody was there for longer than it allows. */
export const isOver = (
  { lastActivityWallMs }: SessionRecord,
  { clock, options }: Pick<GrantDeps, 'clock' | 'options'>,
): boolean =>
  lastActivityWallMs !== null &&
  clock.wallMs() - lastActivityWallMs >= (options.idle.signOutAfter ?? Infinity);
