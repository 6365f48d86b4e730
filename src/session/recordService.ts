import type { CallbackActorLogic } from 'xstate';
import { serviceFrom } from '../../machines/serviceFrom.ts';
import type { RecordLooked, RecordRequested } from '../../machines/sessionEvents.ts';
import { type RecordStore, type SessionRecord, withActivity, withWallSeen } from '../record/sessionRecord.ts';
import type { Clock } from '../time/clock.ts';

/** An end holds only against its own epoch. After one that the user did not see at the provider, the next sign-in asks. */
const ended = (
  record: SessionRecord,
  { epoch, reason }: Extract<RecordRequested, { type: 'record.end' }>,
): SessionRecord =>
  record.epoch === epoch && record.who !== null
    ? { ...record, who: null, promptLogin: record.promptLogin || reason === 'idle' || reason === 'signedOut' }
    : record;

/** The machine's door to the record: looks, sparing notes of activity, and ends. */
export const recordService = (record: RecordStore, clock: Clock): CallbackActorLogic<RecordRequested> => {
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

  return serviceFrom<RecordRequested, RecordLooked>(async (request) => {
    if (request.type !== 'record.look') {
      await (request.type === 'record.note'
        ? note(request)
        : record.update((known) => ended(known, request)));
      return undefined;
    }
    const { lastActivityWallMs } = await record.read();
    return { type: 'record.looked', beganAt: request.at, lastActivityWallMs };
  });
};
