import { useEffect, useMemo, useRef } from 'react';
import { loadingView, type RegisteredUser, type SessionView } from '../index.ts';
import { useFollowed } from './useFollowed.ts';
import { type OfSession, useSession } from './useSession.ts';

/**
 * One value of the session's view. The component renders again only when this value is another. The selector may be written
 * inline, and may use props.
 *
 * @param isSame `Object.is` by default. Where it says so, the value stays the same object over renders
 * @example
 * const name = useSessionValue(({ user }) => user?.name)
 */
export const useSessionValue = <T, User = RegisteredUser>(
  pick: (view: SessionView<User>) => T,
  isSame: (a: T, b: T) => boolean = Object.is,
  of?: OfSession<User>,
): T => {
  const session = useSession(of);
  /** What is on the screen. A render that React gives up never gets here. */
  const shown = useRef<{ readonly value: T }>(undefined);

  const [get, getAtFirst] = useMemo(() => {
    const selection = session.select(pick, isSame);
    let atFirst: { readonly value: T } | undefined;
    return [
      () => {
        const value = selection.get();
        return shown.current && isSame(shown.current.value, value) ? shown.current.value : value;
      },
      () => (atFirst ??= { value: pick(loadingView) }).value,
    ];
  }, [session, pick, isSame]);

  // An inline selector is another at each render. It is asked anew, but nothing is subscribed anew.
  const value = useFollowed(session.subscribe, get, getAtFirst);
  useEffect(() => void (shown.current = { value }));
  return value;
};
