import type { Cookie } from './cookies.ts';
import type { Provider } from './provider.ts';
import type { UserSessions } from './userSessions.ts';

/** What the routes share. */
export interface ServerParts {
  /** Where browsers reach this server. */
  readonly origin: string;
  readonly provider: Provider;
  readonly sessions: UserSessions;
  /** Holds the id of a user's session. */
  readonly sessionCookie: Cookie;
}
