import { createVault } from '../vault/vault.ts';
import { assembleSession } from './assembleSession.ts';
import { hasSameOptions } from './hasSameOptions.ts';
import type { Platform } from './platform.ts';
import type { Settings } from './resolveOptions.ts';
import { createSeat, type Seat } from './seat.ts';
import type { Session } from './session.ts';
import type { SessionOptions } from './sessionOptions.ts';

/** A session that this page has. */
interface SharedSession {
  readonly session: Session<unknown>;
  readonly options: object;
  readonly settings: Settings;
  readonly seat: Seat;
}

/** Called where a session that was not stopped exists with other options: the new one replaces it, if this does not throw. */
export type OnConflict = (settings: Settings, before: object, after: object) => void;

const sessions = new Map<string, SharedSession>();

const isStopped = ({ session }: SharedSession): boolean => session.actor.getSnapshot().status === 'stopped';

/** One session per name in a page: React StrictMode and careless modules create it twice. */
export const shareSession = <User>(
  options: SessionOptions<User>,
  settings: Settings,
  platform: Platform,
  onConflict: OnConflict,
): Session<User> => {
  const { name, issuer, clientId } = settings;
  const known = sessions.get(name);
  if (known && hasSameOptions(known.options, options)) return known.session as Session<User>;
  if (known && !isStopped(known)) onConflict(settings, known.options, options);
  const { seat, settings: before } = known ?? { seat: createSeat(), settings };
  // What one provider has issued is nothing to show to another.
  if (before.issuer !== issuer || before.clientId !== clientId) seat.vault = createVault();
  const session = assembleSession<User>(settings, platform, seat);
  sessions.set(name, { session, options, settings, seat });
  return session;
};
