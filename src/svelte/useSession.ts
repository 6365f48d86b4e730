import type { RegisteredUser, Session } from '../index.ts';
import { noSession } from '../ui/noSession.ts';
import { rootHere } from './root.ts';

/** Which session a function uses. */
export interface OfSession<User> {
  /** Required outside of components. @default the session that `setSession` was given in a component above */
  readonly session?: Session<User>;
}

/**
 * The session of the app, with all its functions: `signIn`, `signOut`, `renew`, `stay`, `fetch`, …
 *
 * @throws {SessionError} `option_invalid` if no component above has called `setSession`
 */
export const useSession = <User = RegisteredUser>({ session }: OfSession<User> = {}): Session<User> => {
  const found = session ?? rootHere()?.session;
  if (!found) throw noSession('Call `setSession(session)` in a component above, such as the root layout');
  return found;
};
