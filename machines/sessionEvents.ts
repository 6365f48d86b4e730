import type { Instant, Milliseconds } from '../src/time/clock.ts';
import type { Deadline } from '../src/time/deadline.ts';
import type { Lease } from './lease.ts';
import type { ExpiredReason, Failure, LoginKind } from './sessionContext.ts';

/** The login service's answer: a user is signed in. */
export interface LoginGranted {
  readonly type: 'login.granted';
  readonly attempt: number;
  readonly lease: Lease;
  /** The last activity according to the record; `null`: the person has just signed in. */
  readonly lastActivity: Instant | null;
}

/** The login service's answer: no user is signed in; `failure` is `null` if nothing went wrong. */
export interface LoginFailed {
  readonly type: 'login.failed';
  readonly attempt: number;
  readonly failure: Failure | null;
}

/** The refresh service's answer: new tokens. */
export interface RefreshGranted {
  readonly type: 'refresh.granted';
  readonly epoch: number;
  /** The generation that was to be renewed. */
  readonly generation: number;
  readonly lease: Lease;
}

/** The refresh service's answer: no new tokens. */
export interface RefreshFailed {
  readonly type: 'refresh.failed';
  readonly epoch: number;
  /** The generation that was to be renewed. */
  readonly generation: number;
  readonly failure: Failure;
  /** Nothing was sent, because another renewal was under way: the machine decides again whether a renewal is needed. */
  readonly isUntried?: true;
  /** New tokens arrived but cannot be used, because they are stale. */
  readonly lease?: Lease;
}

/** The record service's answer to a look: one reading of the record, compared with the tokens that are held when it ends. */
export interface RecordLoaded {
  readonly type: 'record.loaded';
  /** The `at` of the request: the record's contents are valid as of then. */
  readonly beganAt: Instant;
  readonly lastActivityWallMs: Milliseconds | null;
  /** The record's epoch; 0 if it has none, because it was lost or no record is kept. */
  readonly epoch: number;
  readonly generation: number;
  /** Whether the user that the record names is still ours; `other` if nobody is signed in here, and somebody is elsewhere. */
  readonly who: 'same' | 'other' | 'nobody';
  /** Why the record's epoch is over; `null` while it is not. @default no reason: the user signed out */
  readonly endReason?: ExpiredReason | 'signedOut' | null;
}

/** Every event that the machine receives. */
export type SessionEvent =
  /** Sign in. By the `ticket` the login service finds the options and reports the outcome. */
  | { readonly type: 'session.signIn'; readonly ticket: number }
  | { readonly type: 'session.signOut' }
  /** Renew now. From the gate: with the generation that an API refused, if one did. */
  | { readonly type: 'session.renew'; readonly by: 'app' | 'gate'; readonly refused?: number }
  /** Tokens that a backend sent with an answer are in the vault. */
  | { readonly type: 'session.adopt'; readonly lease: Lease }
  | { readonly type: 'session.stay' }
  | { readonly type: 'user.active' }
  | { readonly type: 'user.held' }
  | { readonly type: 'user.released' }
  /** Tokens of another user arrived: this epoch is over, and its tokens are gone. */
  | { readonly type: 'user.switched'; readonly epoch: number }
  /** Another tab changed the record: look at it. */
  | { readonly type: 'tab.changed' }
  /** Newer tokens of this epoch, which another tab has renewed, are in the vault. */
  | { readonly type: 'tab.renewed'; readonly lease: Lease }
  /** The page woke up; `restored` from the back/forward cache. */
  | { readonly type: 'page.awake'; readonly restored: boolean }
  | { readonly type: 'network.online' }
  | { readonly type: 'network.offline' }
  | { readonly type: 'alarm.rang' }
  | LoginGranted
  | LoginFailed
  | RefreshGranted
  | RefreshFailed
  | RecordLoaded;

/** Every fact that the machine emits. */
export type SessionFact =
  | { readonly type: 'signedIn' }
  | { readonly type: 'renewed' }
  | { readonly type: 'renewalFailed'; readonly failure: Failure }
  | { readonly type: 'idled' }
  /** The session ends at `deadline` unless the user stays. */
  | { readonly type: 'warned'; readonly deadline: Deadline }
  | { readonly type: 'resumed' }
  /** The provider's absolute limit is near; activity cannot move it. */
  | { readonly type: 'ending'; readonly deadline: Deadline }
  | { readonly type: 'expired'; readonly reason: ExpiredReason }
  | { readonly type: 'signedOut' };

/** What the login service is asked. */
export interface LoginRequested {
  readonly type: 'login.requested';
  readonly kind: LoginKind;
  readonly attempt: number;
  /** The sign-in that the app requested; `null` if it requested none. */
  readonly ticket: number | null;
}

/** What the refresh service is asked: renew the tokens of this epoch and generation. */
export interface RefreshRequested {
  readonly type: 'refresh.requested';
  readonly epoch: number;
  readonly generation: number;
}

/** What the record service is asked. */
export type RecordRequested =
  | { readonly type: 'record.read'; readonly at: Instant }
  | { readonly type: 'record.note'; readonly lastActivity: Instant; readonly everyMs: Milliseconds }
  | {
      readonly type: 'record.end';
      readonly epoch: number;
      /** Of the tokens that were the last here: their end is none of newer ones. */
      readonly generation: number;
      readonly reason: ExpiredReason | 'signedOut';
      /** The last activity by which it was judged; a later one in the record holds an end by absence off. */
      readonly lastActivityWallMs: Milliseconds | null;
    };

/** What the alarm service is asked: ring after this time instead of any earlier one. */
export interface AlarmSet {
  readonly type: 'alarm.set';
  readonly afterMs: Milliseconds | null;
}
