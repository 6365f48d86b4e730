import type { Life } from '../life.ts';
import type { SessionRecord } from '../subject.ts';

/** Invariant 6, in the record: what is over stays over. */
export const createEpochs = (violate: (what: string) => void) => {
  const over = new Set<number>();
  const begunBy = new Map<number, Life>();
  return {
    /** Site data were cleared: a tab that has not heard of the last end may write its epoch anew. */
    onLost: (): void => over.clear(),
    onWrite(life: Life, before: SessionRecord, after: SessionRecord): void {
      const isOther = after.epoch !== before.epoch;
      // A sign-in that was given up between its record and its vault is taken back, with all that it has ended.
      const isTakenBack = isOther && begunBy.get(before.epoch) === life && after.epoch < before.epoch;
      if (isTakenBack && after.who !== null) over.delete(after.epoch);
      if (after.who !== null && over.has(after.epoch) && !isTakenBack)
        violate(`6: ${life.id} revives an epoch that is over`);
      // One that was taken back in the millisecond in which it began leaves its number: no tab has had its tokens.
      const isEnd = before.who !== null && (isOther || after.who === null) && !isTakenBack;
      if (isEnd) over.add(before.epoch);
      if (isOther && !isTakenBack) begunBy.set(after.epoch, life);
    },
  };
};
