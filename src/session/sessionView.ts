import type { ExpiredReason } from '../../machines/sessionContext.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { Milliseconds } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import type { SessionSnapshot } from './session.ts';

type Joined<Value> = Value extends string
  ? Value
  : { [Name in keyof Value & string]: `${Name}.${Value[Name] & string}` }[keyof Value & string];

/** The state of the chart as one string, such as `'authenticated'` or `'idle.warning'`. */
export type SessionState = Joined<SessionSnapshot['value']>;

/** Whether a user is signed in. It does not change when a token is renewed or the user becomes idle. */
export type SessionStatus = 'loading' | 'signedIn' | 'signedOut';

/** What a UI shows of a session: one immutable object, the same until a field changes. */
export interface SessionView<User> {
  readonly status: SessionStatus;
  readonly state: SessionState;
  /**
   * Who is signed in. It is also `null` while a page that was frozen checks whether they still are; `status` keeps its value
   * in the meantime.
   */
  readonly user: User | null;
  /** The last failure of a sign-in or a renewal, until one succeeds. */
  readonly error: SessionError | undefined;
  /** Whether a sign-in or a renewal is under way. */
  readonly busy: boolean;
  /** Whether a request that needs a token would be sent or wait for one, rather than fail at once. */
  readonly canRequest: boolean;
  /** Why the last session is over, until the next sign-in or sign-out. */
  readonly endReason: ExpiredReason | null;
  /** The idle warning that is to be shown now: the session ends at `deadline` unless the user stays. */
  readonly warning: { readonly deadline: Deadline } | null;
  /**
   * When the session would end if the user left now: milliseconds since the Unix epoch, `null` if no end is known. While
   * the user is present it is updated once a minute; while they are away it is exact.
   */
  readonly endsAt: Milliseconds | null;
}

/** The view of a session that is not running: a server renders it, and hydration begins with it. */
export const loadingView: SessionView<never> = {
  status: 'loading',
  state: 'anonymous.restoring',
  user: null,
  error: undefined,
  busy: false,
  canRequest: false,
  endReason: null,
  warning: null,
  endsAt: null,
};

/** The state of a snapshot as one string. */
export const stateOf = ({ value }: SessionSnapshot): SessionState =>
  (typeof value === 'string' ? value : Object.entries(value).flat().join('.')) as SessionState;
