import { withoutArrowLog } from './arrowLog.ts';
import { withoutLineLog } from './lineLog.ts';
import { withoutWireLog } from './wireLog.ts';

/** What tells most comes first: a program may log the same request in several ways. */
const steps = [withoutWireLog, withoutArrowLog, withoutLineLog] as const;

/** A text in which what the log of a client of HTTP tells stands as it went over the wire. */
export const withoutLogs = (text: string): string => {
  for (const step of steps) {
    const read = step(text);
    if (read !== text) return read;
  }
  return text;
};
