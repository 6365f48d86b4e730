import { SessionError } from '../errors/sessionError.ts';
import { type Base, momentsOf, type Recorded } from './backlog.ts';
import { base, inspectEntry } from './entryShape.ts';
import type { InspectEntry } from './inspectEntry.ts';
import { isPossible } from './isPossible.ts';
import { isObject, nullable } from './shape.ts';

/** What was seen of a session, as a file keeps it. Plain JSON, without secrets. */
export interface Recording extends Recorded {
  readonly format: 'token-vigil-recording';
  /** Grows when an older inspector could not read it any more. */
  readonly version: 1;
}

const FORMAT = 'token-vigil-recording';
const VERSION = 1;

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

const isBase = (value: unknown): value is Base | null =>
  value === null || (base.fits(value) && isPossible(value as Base));

/** Where it stops to be whole: an entry is damaged or missing, or the machine cannot have known what it tells. */
const damageIn = (from: Base | null, entries: readonly unknown[]): number => {
  let machine = from;
  let expected: number | undefined;
  return entries.findIndex((value) => {
    if (!inspectEntry.fits(value)) return true;
    const entry = value as InspectEntry;
    if (expected !== undefined && entry.number !== expected) return true;
    expected = entry.number + 1;
    const moments = momentsOf(machine, entry);
    machine = moments.at(-1) ?? null;
    return !moments.every((moment) => moment === null || isPossible(moment));
  });
};

/** A recording as the text of a file. */
export const saveRecording = (recorded: Recorded): string => {
  const recording: Recording = {
    format: FORMAT,
    version: VERSION,
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
  const { version } = value;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return refuse('the recording is damaged: its version is missing', 'Save it again');
  if (version > VERSION)
    return refuse(
      `the recording has version ${version}, and this inspector reads up to ${VERSION}`,
      'Open it with a newer version of token-vigil',
    );
  if (!isBase(value['base']) || !Array.isArray(value['entries']))
    return refuse('the recording is damaged: its beginning is missing', 'Save it again');
  const entries: readonly unknown[] = value['entries'];
  const damaged = damageIn(value['base'], entries);
  if (damaged >= 0)
    return refuse(`the recording is damaged at entry ${damaged + 1} of ${entries.length}`, 'Save it again');
  return {
    format: FORMAT,
    version: VERSION,
    base: nullable(base).shown(value['base']) as Base | null,
    entries: entries.map(inspectEntry.shown) as InspectEntry[],
  };
};
