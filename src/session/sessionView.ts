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

/** The commonest question, answered in one word. It does not flicker when a token is renewed or the user is idle. */
export type SessionStatus = 'loading' | 'signedIn' | 'signedOut';

/** What a UI shows of a session: one immutable object, the same until a field changes. */
export interface SessionView<User> {
  readonly status: SessionStatus;
  readonly state: SessionState;
  /**
   * Who is signed in. `null` also while a page that was frozen looks whether they still are; `status` keeps its value
   * meanwhile.
   */
  readonly user: User | null;
  /** The last failure of a grant, until one succeeds. */
  readonly error: SessionError | undefined;
  /** Whether a sign-in or a renewal is under way. */
  readonly busy: boolean;
  /** Whether a request that needs a token would be sent, or would wait for one, rather than be refused at once. */
  readonly canRequest: boolean;
  /** Why the last session is over, until somebody signs in or out. */
  readonly endReason: ExpiredReason | null;
  /** The idle warning that is to be shown now: the session ends at `deadline` unless the user stays. */
  readonly warning: { readonly deadline: Deadline } | null;
  /**
   * When the session would end if the user left now; milliseconds since the Unix epoch, `null` where no end is known. While
   * the user is there it follows them by the minute, while they are away it is exact.
   */
  readonly endsAt: Milliseconds | null;
}

/** What there is to see of a session that does not run: what a server renders, and what hydration begins with. */
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
