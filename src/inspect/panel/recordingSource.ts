import { openRecording } from '../recording.ts';
import type { InspectorSource } from './source.ts';

const nothing = (): void => undefined;

/**
 * A recording of a file.
 *
 * @throws {SessionError} what `openRecording` throws
 */
export const recordingSource = (name: string, text: string): InspectorSource => {
  const { base, entries } = openRecording(text);
  const at = entries.at(-1)?.at ?? base?.context.now ?? { wallMs: 0, monotonicMs: 0 };
  return { name, isLive: false, base, entries, now: () => at, subscribe: () => nothing, stop: nothing };
};
