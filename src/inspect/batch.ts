import type { Instant } from '../time/clock.ts';
import { instant } from './contextShape.ts';
import { inspectEntry } from './entryShape.ts';
import { ENTRIES_VERSION, type Flaw, flawIn } from './flawIn.ts';
import type { InspectEntry } from './inspectEntry.ts';
import { isObject } from './shape.ts';

/** Entries of one session on their way to an inspector in another process. */
export interface Batch {
  readonly format: 'token-vigil-batch';
  /** Grows when an older inspector could not read it any more. */
  readonly version: 1;
  /** The sender's own id: two senders can have sessions of one name. */
  readonly sender: string;
  /** The session's name. */
  readonly name: string;
  /** The time there. */
  readonly now: Instant;
  /** Whether time goes on there by itself, which that of a fake session does not. */
  readonly isRunning: boolean;
  /** Whether it is the last one. */
  readonly isLast: boolean;
  /** Numbered from 1, without a gap over all batches of a sender. */
  readonly entries: readonly InspectEntry[];
}

const FORMAT = 'token-vigil-batch';

/** A batch, as it is sent. */
export const writeBatch = (batch: Omit<Batch, 'format' | 'version'>): string => {
  const whole: Batch = { format: FORMAT, version: ENTRIES_VERSION, ...batch };
  return JSON.stringify(whole);
};

const flawWords = (flaw: Flaw): string => {
  if (flaw.kind === 'newer')
    return `The entries have version ${flaw.version}, and this inspector reads up to ${ENTRIES_VERSION}. Run a newer token-vigil`;
  if (flaw.kind === 'version') return 'The batch does not say its version';
  if (flaw.kind === 'beginning') return 'There are no entries in it';
  return `Entry ${flaw.place} of ${flaw.count} is damaged`;
};

const isText = (value: unknown, most: number): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

const isEnvelope = ({ sender, name, now, isRunning, isLast }: Record<string, unknown>): boolean =>
  isText(sender, 64) &&
  isText(name, 200) &&
  instant.fits(now) &&
  typeof isRunning === 'boolean' &&
  typeof isLast === 'boolean';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What has arrived as a batch, or in words why it is none. */
export const readBatch = (text: string): Batch | string => {
  const value = parsed(text);
  if (!isObject(value) || value['format'] !== FORMAT) return 'This is not a batch of token-vigil';
  const flaw = flawIn({ ...value, base: null });
  if (flaw) return flawWords(flaw);
  if (!isEnvelope(value)) return 'The batch does not say what it is of';
  const entries = (value['entries'] as readonly unknown[]).map(inspectEntry.shown);
  return { ...value, entries } as unknown as Batch;
};
