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
 * Watches over one user's token session: keeps it alive while they are there, ends it when they are gone, and lets no
 * request leave with an expired token.
 *
 * In a page, calls with the same name and options give the same session; elsewhere each call gives a session of its own,
 * since a server has one per user. With other options it replaces a session of the name that was stopped, and goes on with its
 * tokens; the stopped one does nothing any more.
 *
 * @throws {SessionError} `option_invalid`, `session_conflict`
 */
export const createSession = <User = IdTokenClaims>(options: SessionOptions<User>): Session<User> =>
  createSessionHere(options, refuse);
