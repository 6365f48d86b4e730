import { type Session, SessionError, type Stop } from '../../index.ts';
import { inBrowser } from '../../ui/inBrowser.ts';
import type { Admit } from './createAdmissions.ts';

/** What a guard needs of the event that Kit passes to `load`. */
export interface GuardedEvent {
  readonly url: URL;
  depends(...dependencies: `${string}:${string}`[]): void;
}

/** What guards depend on. A `load` of the app that calls `depends` with it is also run again when the session is over. */
export const SESSION_DEPENDENCY = 'token-vigil:session';

const admits = new WeakMap<Session<unknown>, Admit>();

/** Sets what the guards of a session use. Returns a function that undoes it. */
export const admitWith = (session: Session<unknown>, admit: Admit): Stop => {
  admits.set(session, admit);
  return () => {
    if (admits.get(session) === admit) admits.delete(session);
  };
};

const admitOf = (session: Session<unknown>): Admit => {
  const admit = admits.get(session);
  if (admit) return admit;
  throw new SessionError(
    'option_invalid',
    'sessionGuard: the session is not connected with the router. Call `connectRouter(session, …)` in src/hooks.client.ts',
  );
};

/**
 * A universal `load` for a page, or a layout of pages, that needs a session: it waits until it is known whether there is one. If
 * there is none, the user signs in and comes back to the page, with its query and fragment. It signs nobody in for a page that is
 * only preloaded.
 *
 * On a server every page passes, because nothing is known there: the guard does not protect what a server renders. If the page
 * cannot be rendered without a user, add `export const ssr = false` beside it.
 *
 * @throws {SessionError} `option_invalid` without `connectRouter`; what `session.require` throws
 * @example
 * export const load = sessionGuard(session); // in src/routes/(private)/+layout.ts
 */
export const sessionGuard =
  (session: Session<unknown>) =>
  async ({ url, depends }: GuardedEvent): Promise<void> => {
    depends(SESSION_DEPENDENCY);
    // Kit does not let `load` read `url.hash`, but it does not hide it in the whole address.
    if (inBrowser) await admitOf(session)(new URL(url.href));
  };
