import type { IdTokenClaims } from '../claims/user.ts';
import { assembleSession } from './assembleSession.ts';
import { conflictOf } from './conflictOf.ts';
import { given } from './given.ts';
import { noSelf } from './noSelf.ts';
import { detectPlatform } from './platform.ts';
import { resolveOptions } from './resolveOptions.ts';
import type { Session } from './session.ts';
import type { SessionOptions } from './sessionOptions.ts';
import { type OnConflict, shareSession } from './sharedSessions.ts';

const refuse: OnConflict = (settings) => {
  throw conflictOf(settings);
};

/** A session on the platform that this runs on. */
export const createSessionHere = <User>(
  asked: SessionOptions<User>,
  onConflict: OnConflict,
): Session<User> => {
  const options = given(asked ?? {});
  const platform = detectPlatform(options);
  const settings = resolveOptions(options, platform);
  if (platform.window) return shareSession(options, settings, platform, onConflict);
  // A worker has a location as well.
  if (!globalThis.location && [options.tokenOrigins].flat().includes('self')) throw noSelf();
  return assembleSession(settings, platform);
};

/**
 * Creates the session of one user: it keeps the session alive while the user is present, ends it when the user is gone, and sends
 * no request with an expired token.
 *
 * In a page, calls with the same name and options return the same session. On a server each call creates a session, because a
 * server has one per user. With other options, it replaces a session of the same name that was stopped and takes over its
 * tokens; the stopped session does nothing any more.
 *
 * @throws {SessionError} `option_invalid`, `session_conflict`
 */
export const createSession = <User = IdTokenClaims>(options: SessionOptions<User>): Session<User> =>
  createSessionHere(options, refuse);
