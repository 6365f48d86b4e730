import { inject, type InjectionKey } from 'vue';
import type { RegisteredUser, Session } from '../index.ts';
import { noSession } from '../ui/noSession.ts';

/** Under which an app has its session. */
export const SESSION: InjectionKey<Session<never>> = Symbol('token-vigil');

/** Which session a composable is about. */
export interface OfSession<User> {
  /** @default the one that the app was given */
  readonly session?: Session<User>;
}

/**
 * The session that the app was given, with all its functions: `signIn`, `signOut`, `renew`, `stay`, `fetch`, …
 *
 * @throws {SessionError} `option_invalid` where the app was given none
 */
export const useSession = <User = RegisteredUser>({ session }: OfSession<User> = {}): Session<User> => {
  const found = session ?? inject(SESSION, undefined);
  if (!found) throw noSession('Call `app.use(tokenVigil(session))` before the app is mounted');
  return found;
};
