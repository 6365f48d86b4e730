import { inject, type InjectionKey } from 'vue';
import type { RegisteredUser, Session } from '../index.ts';
import { noSession } from '../ui/noSession.ts';

/** Under which an app has its session. */
export const SESSION: InjectionKey<Session<never>> = Symbol('token-vigil');

/** Which session a composable uses. */
export interface OfSession<User> {
  /** @default the session of the app */
  readonly session?: Session<User>;
}

/**
 * The session of the app, with all its functions: `signIn`, `signOut`, `renew`, `stay`, `fetch`, …
 *
 * @throws {SessionError} `option_invalid` if the app has no session
 */
export const useSession = <User = RegisteredUser>({ session }: OfSession<User> = {}): Session<User> => {
  const found = session ?? inject(SESSION, undefined);
  if (!found) throw noSession('Call `app.use(tokenVigil(session))` before the app is mounted');
  return found;
};
