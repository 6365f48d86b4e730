import {
  useEnded,
  useIdleWarning,
  useRemaining,
  useSessionValue,
  useStatus,
  useUser,
} from '../../src/svelte/index.ts';
import type { FakeSession } from '../../src/testing/index.ts';
import type { Adapter, Part, Person } from './contract.ts';

export type Note = Parameters<Adapter['mount']>[3];

/** What a component is to show, and how it comes by it: called while the component is made. */
export interface Shown {
  readonly part: Part;
  readonly make: () => () => string;
}

/** What each part shows. */
export const shows: Record<Part, (session?: FakeSession<Person>) => () => string> = {
  status() {
    const status = useStatus();
    return () => status.current;
  },
  user(session) {
    const user = useUser({ session: session! });
    return () => user.current?.name ?? 'nobody';
  },
  state() {
    const state = useSessionValue(({ state: now }) => now);
    return () => state.current;
  },
  initials(session) {
    const initials = useSessionValue(
      ({ user }) => ({ first: user?.name[0] }),
      (a, b) => a.first === b.first,
      { session: session! },
    );
    return () => initials.current.first ?? '-';
  },
  token() {
    const left = useRemaining('token');
    return () => String(left.current);
  },
  session() {
    const left = useRemaining('session', 60_000);
    return () => String(left.current);
  },
  warning() {
    const warning = useIdleWarning();
    return () => (warning.open ? String(warning.left) : 'closed');
  },
  ended() {
    const ended = useEnded();
    return () => (ended.current ? `${ended.current.reason} at ${ended.current.returnTo}` : 'going on');
  },
  guarded(session) {
    const user = useUser({ session: session!, required: true });
    return () => user.current.name;
  },
  inside(session) {
    const user = useUser({ session: session!, required: true });
    return () => user.current.name;
  },
  trusting(session) {
    const name = useSessionValue(({ user }) => user!.name, undefined, { session: session! });
    return () => name.current;
  },
};
