import type { Session, Stop } from '../index.ts';
import { noteEnds } from './ended.ts';
import { inBrowser } from './inBrowser.ts';

/** Runs a session for one root of a UI, until that root is gone. On a server it starts nothing. */
export const runSession = (session: Session<unknown>): Stop => {
  if (!inBrowser) return () => undefined;
  const stops = [noteEnds(session), session.run()];
  return () => stops.forEach((stop) => stop());
};
