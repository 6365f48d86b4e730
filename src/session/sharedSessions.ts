import { assembleSession } from './assembleSession.ts';
import { hasSameOptions } from './hasSameOptions.ts';
import { type Inheritance, inheritNothing } from './inheritance.ts';
import type { Platform } from './platform.ts';
import type { Settings } from './resolveOptions.ts';
import type { Session } from './session.ts';
import type { SessionOptions } from './sessionOptions.ts';

/** A session that this page has. */
interface SharedSession extends Pick<Inheritance, 'vault'> {
  readonly session: Session<unknown>;
  readonly options: object;
}

/** What becomes of a session that exists with other options: what the new one gets from it, if it does not throw. */
export type OnConflict = (known: SharedSession, settings: Settings, options: object) => Inheritance;

const sessions = new Map<string, SharedSession>();

const isStopped = ({ session }: SharedSession): boolean => session.actor.getSnapshot().status === 'stopped';

/** One session per name in a page: React StrictMode and careless modules create it twice. */
export const shareSession = <User>(
  options: SessionOptions<User>,
  settings: Settings,
  platform: Platform,
  onConflict: OnConflict,
): Session<User> => {
  const known = sessions.get(settings.name);
  if (known && hasSameOptions(known.options, options)) return known.session as Session<User>;
  const from = known && !isStopped(known) ? onConflict(known, settings, options) : inheritNothing();
  const session = assembleSession<User>(settings, platform, from);
  sessions.set(settings.name, { session, options, vault: from.vault });
  return session;
};
