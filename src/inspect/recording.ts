import { SessionError } from '../errors/sessionError.ts';
import type { Recorded } from './backlog.ts';
import type { InspectEntry } from './inspectEntry.ts';

/** What was seen of a session, as a file keeps it. Plain JSON, without secrets. */
export interface Recording extends Recorded {
  readonly format: 'token-vigil-recording';
  /** Grows when an older inspector could not read it any more. */
  readonly version: 1;
}

const FORMAT = 'token-vigil-recording';
const VERSION = 1;

const kinds: ReadonlySet<unknown> = new Set<InspectEntry['kind']>([
  'started',
  'stopped',
  'step',
  'fact',
  'renewal',
  'signIn',
  'deadlines',
  'presence',
  'request',
]);

const refuse = (what: string, remedy: string): never => {
  throw new SessionError('option_invalid', `openRecording: ${what}. ${remedy}`);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('the file is not JSON', 'Choose a file that the inspector has saved');
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isInstant = (value: unknown): boolean =>
  isObject(value) && Number.isFinite(value['wallMs']) && Number.isFinite(value['monotonicMs']);

const isMicroStep = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['state'] === 'string' &&
  isObject(value['changed']) &&
  (value['edge'] === null || typeof value['edge'] === 'string');

/** What the kinds of entries cannot be shown without. */
const holds: { readonly [Kind in InspectEntry['kind']]: (entry: Record<string, unknown>) => boolean } = {
  started: ({ state, context }) => typeof state === 'string' && isObject(context),
  stopped: () => true,
  step: ({ event, micro }) =>
    isObject(event) && typeof event['type'] === 'string' && Array.isArray(micro) && micro.every(isMicroStep),
  fact: ({ fact }) => isObject(fact) && typeof fact['type'] === 'string',
  renewal: ({ outcome, generation }) => typeof outcome === 'string' && Number.isFinite(generation),
  signIn: ({ outcome, attempt }) => typeof outcome === 'string' && Number.isFinite(attempt),
  deadlines: ({ deadlines }) => isObject(deadlines),
  presence: ({ present }) => typeof present === 'boolean',
  request: ({ request }) => isObject(request) && typeof request['type'] === 'string',
};

const isEntry = (value: unknown): value is InspectEntry =>
  isObject(value) &&
  Number.isInteger(value['number']) &&
  isInstant(value['at']) &&
  kinds.has(value['kind']) &&
  holds[value['kind'] as InspectEntry['kind']](value);

const isBase = (value: unknown): boolean =>
  value === null || (isObject(value) && typeof value['state'] === 'string' && isObject(value['context']));

/** A recording as the text of a file. */
export const saveRecording = ({ base, entries }: Recorded): string => {
  const recording: Recording = { format: FORMAT, version: VERSION, base, entries };
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
  const { version, base, entries } = value;
  if (!Number.isInteger(version) || (version as number) > VERSION)
    return refuse(
      `the recording has version ${Number(version)}, and this inspector reads up to ${VERSION}`,
      'Open it with a newer version of token-vigil',
    );
  if (!isBase(base) || !Array.isArray(entries))
    return refuse('the recording is damaged: its beginning is missing', 'Save it again');
  const damaged = entries.findIndex((entry) => !isEntry(entry));
  if (damaged >= 0)
    return refuse(`the recording is damaged at entry ${damaged + 1} of ${entries.length}`, 'Save it again');
  return { format: FORMAT, version: VERSION, base: base as Recorded['base'], entries };
};
