import type { IdTokenClaims } from '../claims/user.ts';
import { SessionError } from '../errors/sessionError.ts';
import { assembleSession } from './assembleSession.ts';
import type { Session } from './session.ts';
import { detectPlatform, type Platform } from './platform.ts';
import { resolveOptions, type Settings } from './resolveOptions.ts';
import type { SessionOptions } from './sessionOptions.ts';

interface Shared {
  readonly session: Session<unknown>;
  readonly options: SessionOptions<never>;
  users: number;
}

const shared = new Map<string, Shared>();

const textOf = (options: object): string => JSON.stringify(options, (_, value: unknown) => value ?? null);

const hasSame = (a: object, b: object): boolean => textOf(a) === textOf(b);

/** One session per name in a page: React StrictMode and careless modules create it twice. */
const share = <User>(
  options: SessionOptions<User>,
  settings: Settings,
  platform: Platform,
): Session<User> => {
  const { name } = settings;
  const known = shared.get(name);
  const mayReplace = !known || known.users === 0;
  if (known && hasSame(known.options, options)) known.users++;
  else if (mayReplace) shared.set(name, sharedFrom(options, assembleSession<User>(settings, platform)));
  else {
    const message = `createSession: a session named '${name}' exists with other options. Give one of them a \`name\`, or stop the first`;
    throw new SessionError('session_conflict', message);
  }
  return shared.get(name)!.session as Session<User>;
};

const sharedFrom = <User>(options: SessionOptions<User>, session: Session<User>): Shared => {
  const { stop } = session;
  const entry: Shared = {
    session: Object.defineProperty(session, 'stop', {
      value: () => {
        entry.users = Math.max(0, entry.users - 1);
        if (entry.users === 0) stop();
      },
    }),
    options: options as unknown as SessionOptions<never>,
    users: 1,
  };
  return entry;
};

/**
 * Watches over one user's token session: keeps it alive while they are there, ends it when they are gone, and lets no
 * request leave with an expired token.
 *
 * In a page, calls with the same name and options give the same session, and the last `stop` stops it; elsewhere each
 * call gives a session of its own, since a server has one per user.
 *
 * @throws {SessionError} `option_invalid`, `session_conflict`
 */
export const createSession = <User = IdTokenClaims>(options: SessionOptions<User>): Session<User> => {
  const platform = detectPlatform(options);
  const settings = resolveOptions(options, platform);
  return platform.window ? share(options, settings, platform) : assembleSession(settings, platform);
};
