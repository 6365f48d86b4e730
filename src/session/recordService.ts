import type { CallbackActorLogic } from 'xstate';
import { serviceFrom } from '../../machines/services.ts';
import type { RecordLooked, RecordRequested } from '../../machines/sessionEvents.ts';
import { type RecordStore, type SessionRecord, withWallSeen } from '../record/sessionRecord.ts';
import type { Clock } from '../time/clock.ts';

const withActivity = (record: SessionRecord, wallMs: number): SessionRecord =>
  wallMs > (record.lastActivityWallMs ?? 0) ? { ...record, lastActivityWallMs: wallMs } : record;

/** An end holds only against its own epoch. After one that the user did not see at the provider, the next sign-in asks. */
const ended = (record: SessionRecord, { epoch, reason }: Extract<RecordRequested, { type: 'record.end' }>): SessionRecord =>
  record.epoch === epoch
    ? { ...record, who: null, promptLogin: record.promptLogin || reason === 'idle' || reason === 'signedOut' }
    : record;

/** The machine's door to the record: looks, sparing notes of activity, and ends. */
export const recordService = (record: RecordStore, clock: Clock): CallbackActorLogic<RecordRequested> => {
  let notedAtMs = -Infinity;

  const note = async ({ lastActivity, everyMs }: Extract<RecordRequested, { type: 'record.note' }>): Promise<void> => {
    if (lastActivity.wallMs - notedAtMs < everyMs && lastActivity.wallMs >= notedAtMs) return;
    notedAtMs = lastActivity.wallMs;
    await record.update((known) => withWallSeen(withActivity(known, lastActivity.wallMs), clock.wallMs()));
  };

  return serviceFrom<RecordRequested, RecordLooked>(async (request) => {
    if (request.type === 'record.note') return void (await note(request));
    if (request.type === 'record.end') return void (await record.update((known) => ended(known, request)));
    const { lastActivityWallMs } = await record.read();
    return { type: 'record.looked', beganAt: request.at, lastActivityWallMs };
  });
};
