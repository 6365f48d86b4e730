import { SessionError } from '../errors/sessionError.ts';
import type { Base, Recorded } from './backlog.ts';
import { base, inspectEntry } from './entryShape.ts';
import { ENTRIES_VERSION, type Flaw, flawIn } from './flawIn.ts';
import type { InspectEntry } from './inspectEntry.ts';
import { isObject, nullable } from './shape.ts';

/** What was seen of a session, as a file keeps it. Plain JSON, without secrets. */
export interface Recording extends Recorded {
  readonly format: 'token-vigil-recording';
  /** Grows when an older inspector could not read it any more. */
  readonly version: 1;
}

const FORMAT = 'token-vigil-recording';

const refuse = (what: string, remedy: string): never => {
  throw new SessionError('option_invalid', `openRecording: ${what}. ${remedy}`);
};

const parsed = (text: unknown): unknown => {
  if (typeof text !== 'string') return refuse('it takes the text of a file', 'Read the file first');
  try {
    return JSON.parse(text);
  } catch {
    return refuse('the file is not JSON', 'Choose a file that the inspector has saved');
  }
};

const refuseFlaw = (flaw: Flaw): never => {
  if (flaw.kind === 'version')
    return refuse('the recording is damaged: its version is missing', 'Save it again');
  if (flaw.kind === 'newer')
    return refuse(
      `the recording has version ${flaw.version}, and this inspector reads up to ${ENTRIES_VERSION}`,
      'Open it with a newer version of token-vigil',
    );
  if (flaw.kind === 'beginning')
    return refuse('the recording is damaged: its beginning is missing', 'Save it again');
  return refuse(`the recording is damaged at entry ${flaw.place} of ${flaw.count}`, 'Save it again');
};

/** A recording as the text of a file. */
export const saveRecording = (recorded: Recorded): string => {
  const recording: Recording = {
    format: FORMAT,
    version: ENTRIES_VERSION,
    base: recorded.base,
    entries: recorded.entries,
  };
  return JSON.stringify(recording);
};

/**
 * Reads what `saveRecording` has written.
 *
 * @throws {SessionError} `option_invalid`: it is no recording, a newer version has written it, or it is damaged
 */
export const openRecording = (text: string): Recording => {
  const value = parsed(text);
  if (!isObject(value) || value['format'] !== FORMAT)
    return refuse('this is not a recording of token-vigil', 'Choose a file that the inspector has saved');
  const flaw = flawIn(value);
  if (flaw) return refuseFlaw(flaw);
  const entries = value['entries'] as readonly unknown[];
  return {
    format: FORMAT,
    version: ENTRIES_VERSION,
    base: nullable(base).shown(value['base']) as Base | null,
    entries: entries.map(inspectEntry.shown) as InspectEntry[],
  };
};
