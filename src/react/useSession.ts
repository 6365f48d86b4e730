import { createContext, useContext } from 'react';
import type { RegisteredUser, Session } from '../index.ts';
import { noSession } from '../ui/noSession.ts';

/** Which session is given to what lies below. */
export const SessionContext = createContext<Session<never> | undefined>(undefined);

/** Which session a hook is about. */
export interface OfSession<User> {
  /** @default the one that `SessionProvider` gives */
  readonly session?: Session<User>;
}

/**
 * The session that `SessionProvider` gives, with all its functions: `signIn`, `signOut`, `renew`, `stay`, `fetch`, … It
 * renders nothing again by itself.
 *
 * @throws {SessionError} `option_invalid` where there is no provider above
 */
export const useSession = <User = RegisteredUser>({ session }: OfSession<User> = {}): Session<User> => {
  const given = useContext(SessionContext);
  const found = session ?? given;
  if (!found) throw noSession('Render `<SessionProvider session={session}>` above the component');
  return found;
};
