import type { RecordStore, SessionRecord } from '../../record/sessionRecord.ts';

/** Whether other tabs have to look. A renewal alone is told with its tokens, once they are where they belong. */
const isNews = (before: SessionRecord, after: SessionRecord): boolean =>
  before.epoch !== after.epoch ||
  before.who !== after.who ||
  before.lastActivityWallMs !== after.lastActivityWallMs;

/** A record whose changes are told to the other tabs, and of which this tab notes whatever it reads, for whatever reason. */
export const announcingRecord = (
  record: RecordStore,
  tellChanged: () => void,
  onRead?: (found: SessionRecord) => void,
): RecordStore => ({
  get isOutdated() {
    return record.isOutdated ?? false;
  },
  hasLost: record.hasLost,
  async read() {
    const found = await record.read();
    onRead?.(found);
    return found;
  },
  async update(change) {
    let before: SessionRecord | undefined;
    const after = await record.update((known) => change((before = known)));
    if (before && isNews(before, after)) tellChanged();
    return after;
  },
});
