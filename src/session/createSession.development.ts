import type { IdTokenClaims } from '../claims/user.ts';
import { SessionError } from '../errors/sessionError.ts';
import { checkedSelect } from './checkedSelect.development.ts';
import { checkOptions } from './checkOptions.development.ts';
import { type createSession as CreateSession, createSessionHere } from './createSession.ts';
import type { Session } from './session.ts';
import type { SessionOptions } from './sessionOptions.ts';
import type { OnConflict } from './sharedSessions.ts';
import { takenOver } from './takenOver.development.ts';
import { warn } from './warn.ts';
import type { Writable } from './writable.ts';

const told = new Set<string>();

/** After an edit a page that is reloaded in part goes on with the new options, and with whom it had signed in. */
const tellOnce: OnConflict = (settings, before, after) => {
  const { name } = settings;
  if (told.has(name)) return;
  told.add(name);
  warn(settings, new SessionError('session_conflict', takenOver(name, before, after)));
};

const checked = new WeakSet<object>();

const withChecks = <User>(session: Writable<Session<User>>): Session<User> => {
  if (!checked.has(session)) session.select = checkedSelect(session.select);
  checked.add(session);
  return session;
};

/**
 * As in production, except that a session of a known name with other options takes over from the one before it, and that
 * options and selectors are looked at more closely.
 */
export const createSession: typeof CreateSession = <User = IdTokenClaims>(
  options: SessionOptions<User>,
): Session<User> => {
  checkOptions(options);
  return withChecks(createSessionHere(options, tellOnce));
};
