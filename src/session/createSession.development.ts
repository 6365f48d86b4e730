import type { IdTokenClaims } from '../claims/user.ts';
import { SessionError } from '../errors/sessionError.ts';
import { publishUser } from '../grants/publishUser.ts';
import { checkOptions } from './checkOptions.development.ts';
import { type createSession as CreateSession, createSessionHere } from './createSession.ts';
import type { Settings } from './resolveOptions.ts';
import type { Session } from './session.ts';
import type { SessionOptions } from './sessionOptions.ts';
import type { OnConflict } from './sharedSessions.ts';
import { takenOver } from './takenOver.development.ts';
import { warn } from './warn.ts';

const told = new Set<string>();

const tellOnce = (settings: Settings, before: object, after: object): void => {
  const { name } = settings;
  if (told.has(name)) return;
  told.add(name);
  warn(settings, new SessionError('session_conflict', takenOver(name, before, after)));
};

/** After an edit a page that is reloaded in part goes on with the new options, and with whom it had signed in. */
const takeOver: OnConflict = ({ session, vault, options }, settings, after) => {
  session.stop();
  tellOnce(settings, options, after);
  const tokens = vault.permitRenewal().read();
  let user: unknown = null;
  const onUser = (theirs: unknown): void => void (user = theirs);
  const onWarning = (warning: SessionError): void => warn(settings, warning);
  if (tokens && vault.lease) publishUser({ options: settings, onUser, onWarning }, tokens, vault.lease.epoch);
  return { vault, user };
};

/** As in production, except that a session of a known name with other options takes over from the one before it. */
export const createSession: typeof CreateSession = <User = IdTokenClaims>(
  options: SessionOptions<User>,
): Session<User> => {
  checkOptions(options);
  return createSessionHere(options, takeOver);
};
