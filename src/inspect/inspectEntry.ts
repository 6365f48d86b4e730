import type { Failure, LoginKind, SessionContext } from '../../machines/sessionContext.ts';
import type { SessionEvent, SessionFact } from '../../machines/sessionEvents.ts';
import type { RequestEvent } from '../gate/requestEvent.ts';
import type { SessionState } from '../session/sessionView.ts';
import type { TabMessageEvent } from '../tabs/tabMessageEvent.ts';
import type { Instant, Milliseconds } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';

/** What the machine was told: an event of the session, or XState's own at its start. */
export type MachineEvent = SessionEvent | { readonly type: 'xstate.init' };

/** One microstep of the machine: what the event changed at once, and then each edge that was taken because of it. */
export interface MicroStep {
  /** The edge, such as `authenticated--due`: the state that it leaves, and its guard. `null`: the event itself. */
  readonly edge: string | null;
  /** The state afterwards. */
  readonly state: SessionState;
  /** What is known otherwise than before, by its name in the machine's context. */
  readonly changed: Partial<SessionContext>;
}

/** What an entry reports. */
export type InspectNews =
  /** A machine runs: from now on, or already when the inspection began. */
  | { readonly kind: 'started'; readonly state: SessionState; readonly context: SessionContext }
  | { readonly kind: 'stopped' }
  /** The machine handled an event. */
  | { readonly kind: 'step'; readonly event: MachineEvent; readonly micro: readonly MicroStep[] }
  /** The app was told a fact. */
  | { readonly kind: 'fact'; readonly fact: SessionFact }
  /** A renewal of this generation was begun, or has ended after so many milliseconds: with a new token, or with a failure. */
  | { readonly kind: 'renewal'; readonly outcome: 'begun'; readonly generation: number }
  | {
      readonly kind: 'renewal';
      readonly outcome: 'granted' | 'failed' | 'abandoned';
      readonly generation: number;
      readonly durationMs: Milliseconds;
      readonly failure: Failure | null;
    }
  /** The same for a sign-in: a restore, one by a person, or a silent one that rescues the session. */
  | { readonly kind: 'signIn'; readonly outcome: 'begun'; readonly by: LoginKind; readonly attempt: number }
  | {
      readonly kind: 'signIn';
      readonly outcome: 'granted' | 'failed' | 'abandoned';
      readonly by: LoginKind;
      readonly attempt: number;
      readonly durationMs: Milliseconds;
      readonly failure: Failure | null;
    }
  /** The deadlines have moved. */
  | { readonly kind: 'deadlines'; readonly deadlines: Deadlines }
  /** There was a sign of presence, or the user's presence has ended by time. */
  | { readonly kind: 'presence'; readonly present: boolean; readonly holds: number }
  /** Something happened to a request to a token origin. */
  | { readonly kind: 'request'; readonly request: RequestEvent }
  /** A message went to the other tabs, or came from one. */
  | { readonly kind: 'tab'; readonly message: TabMessageEvent };

/** One entry of the stream. */
export type InspectEntry = InspectNews & {
  /** Counts up from 1, without a gap. */
  readonly number: number;
  readonly at: Instant;
};

/** One life that is running down. */
export interface Life {
  readonly from: Instant;
  readonly until: Deadline;
}

/** All deadlines of a session at one moment; `null` where there is none. */
export interface Deadlines {
  readonly accessToken:
    | (Life & {
        /** When it is to be renewed. */
        readonly renewAt: Deadline | null;
        /** From then on it is not handed out any more. */
        readonly freshUntil: Deadline;
      })
    | null;
  readonly refreshToken: Life | null;
  /** From the last activity until the user counts as away. */
  readonly idle: Life | null;
  /** From the last activity until the idle session ends, with the beginning of the warning. */
  readonly idleSession: (Life & { readonly warnAt: Deadline }) | null;
}
