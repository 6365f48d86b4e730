import type { SessionRecord } from '../../record/sessionRecord.ts';
import type { GrantParts } from '../grantParts.ts';

/** Whether a session is over by the app's policy: nobody was there for longer than it allows. */
export const isOver = (
  { lastActivityWallMs }: SessionRecord,
  { clock, options }: Pick<GrantParts, 'clock' | 'options'>,
): boolean =>
  lastActivityWallMs !== null &&
  clock.wallMs() - lastActivityWallMs >= ((options.idle || {}).signOutAfter ?? Infinity);
