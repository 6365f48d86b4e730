import { createContext, useContext } from 'solid-js';
import type { RegisteredUser, Session } from '../index.ts';
import { noSession } from '../ui/noSession.ts';

/** Which session is given to what lies below. */
export const SessionContext = createContext<Session<never>>();

/** Which session a hook is about. */
export interface OfSession<User> {
  /** @default the one that `SessionProvider` gives */
  readonly session?: Session<User>;
}

/**
 * The session that `SessionProvider` gives, with all its functions: `signIn`, `signOut`, `renew`, `stay`, `fetch`, … It is
 * not reactive: for what is shown there are the other hooks.
 *
 * @throws {SessionError} `option_invalid` where there is no provider above
 */
export const useSession = <User = RegisteredUser>({ session }: OfSession<User> = {}): Session<User> => {
  const found = session ?? useContext(SessionContext);
  if (!found) throw noSession('Render this within `<SessionProvider session={session}>`');
  return found;
};
