import type { Lease } from '../../machines/lease.ts';
import type { RecordLoaded, RecordRequested } from '../../machines/sessionEvents.ts';
import type { Clock } from '../time/clock.ts';
import { type RecordStore, type SessionRecord, withActivity, withWallSeen } from './sessionRecord.ts';

/** An end holds only against its own epoch. After one that the user did not see at the provider, the next sign-in asks. */
const ended = (
  record: SessionRecord,
  { epoch, reason }: Extract<RecordRequested, { type: 'record.end' }>,
): SessionRecord =>
  record.epoch === epoch && record.who !== null
    ? { ...record, who: null, promptLogin: record.promptLogin || reason === 'idle' || reason === 'signedOut' }
    : record;

/** The machine's door to the record: looks, sparing notes of activity, and ends. */
export const createRecordService = (record: RecordStore, clock: Clock, held: () => Lease | undefined) => {
  const judged = ({ epoch, who }: SessionRecord): RecordLoaded['who'] => {
    if (who === null) return 'nobody';
    return epoch === held()?.epoch ? 'same' : 'other';
  };

  let notedAtMs = -Infinity;

  const note = async ({
    lastActivity,
    everyMs,
  }: Extract<RecordRequested, { type: 'record.note' }>): Promise<void> => {
    if (lastActivity.wallMs - notedAtMs < everyMs && lastActivity.wallMs >= notedAtMs) return;
    notedAtMs = lastActivity.wallMs;
    await record.update((known) => {
      // Read inside the transaction: a page can be frozen before it.
      const nowWallMs = clock.wallMs();
      return withWallSeen(withActivity(known, lastActivity.wallMs, nowWallMs), nowWallMs);
    });
  };

  return async (request: RecordRequested): Promise<RecordLoaded | undefined> => {
    if (request.type === 'record.read') {
      const known = await record.read();
      const { lastActivityWallMs, epoch, generation } = known;
      const who = judged(known);
      return { type: 'record.loaded', beganAt: request.at, lastActivityWallMs, epoch, generation, who };
    }
    if (request.type === 'record.note') await note(request);
    else await record.update((known) => ended(known, request));
    return undefined;
  };
};
