import type { IdTokenClaims } from '../claims/user.ts';
import { SessionError } from '../errors/sessionError.ts';
import { type createSession as CreateSession, createSessionHere } from './createSession.ts';
import type { Session } from './session.ts';
import type { SessionOptions } from './sessionOptions.ts';
import type { OnConflict } from './sharedSessions.ts';
import { warn } from './warn.ts';

const told = new Set<string>();

/** After an edit a page that is reloaded in part goes on with the new options, and with whom it had signed in. */
const tellOnce: OnConflict = (settings) => {
  const { name } = settings;
  if (told.has(name)) return;
  told.add(name);
  const message = `createSession: '${name}' was made anew with other options, as after an edit; it has replaced the session before it. In production this is an error`;
  warn(settings, new SessionError('session_conflict', message));
};

/** As in production, except that a session of a known name with other options takes over from the one before it. */
export const createSession: typeof CreateSession = <User = IdTokenClaims>(
  options: SessionOptions<User>,
): Session<User> => createSessionHere(options, tellOnce);
