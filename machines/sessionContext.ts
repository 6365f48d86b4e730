import type { Instant, Milliseconds } from '../src/time/clock.ts';
import type { Deadline } from '../src/time/deadline.ts';
import type { Lease } from './lease.ts';

/** Why a session is over. */
export type ExpiredReason =
  /** The last token expired. */
  | 'lapsed'
  /** The user was away longer than the app allows. */
  | 'idle'
  /** The provider no longer accepts the tokens. */
  | 'revoked'
  /** The provider no longer accepts the client. */
  | 'rejected'
  /** The provider's absolute limit was reached. */
  | 'ended'
  /** The provider must ask the user. */
  | 'interaction'
  /** Another user signed in elsewhere, or tokens of another user arrived. */
  | 'switched';

/** What a failed grant means for the session. */
export type FailureClass =
  /** The provider's refusal is final. */
  | 'terminal'
  /** The provider must ask the user first. */
  | 'interaction'
  /** Only a person can fix it. */
  | 'configuration'
  /** The problem can pass. */
  | 'transient'
  /** The request was sent and got no answer. */
  | 'unknown';

/** A failed grant as the machine sees it: no secrets, no error object. */
export interface Failure {
  readonly class: FailureClass;
  /** A `SessionErrorCode`, or the code that a service of your own set. */
  readonly code: string;
  /** HTTP status; `null` with the class `unknown`: no answer came (a network error). */
  readonly status: number | null;
  /** OAuth `error`; `null` with the class `configuration`: it was not the provider that spoke. */
  readonly error: string | null;
  /** `Retry-After` of the provider, if it sent one. */
  readonly retryAfterMs: Milliseconds | null;
}

/** How the machine treats a user who is away. */
export interface IdleSettings {
  /** Time without activity after which the user counts as away; `null`: 15 minutes, or half the refresh token's life if shorter. */
  readonly afterMs: Milliseconds | null;
  /** Time without activity after which the session is ended; `null`: never by the app. */
  readonly signOutAfterMs: Milliseconds | null;
  /** How long before the end of an idle session the user is warned. */
  readonly warnBeforeMs: Milliseconds;
  /** During the warning, only `session.stay` counts as staying. */
  readonly confirm: boolean;
  /** Whether requests may renew while the user is away. */
  readonly renewOnRequest: boolean;
}

/** Everything about the machine that an app can set. Plain JSON. */
export interface MachineSettings {
  /** `null`: the user never counts as away. */
  readonly idle: IdleSettings | null;
  /** Whether a silent sign-in without navigation can be tried before a session is over. */
  readonly rescue: boolean;
}

/** The default settings. */
export const defaultMachineSettings: MachineSettings = {
  idle: { afterMs: null, signOutAfterMs: null, warnBeforeMs: 60_000, confirm: false, renewOnRequest: false },
  rescue: false,
};

/** What a login service has to do. */
export type LoginKind = 'restore' | 'interactive' | 'rescue';

/** What the machine knows. Plain JSON: every inspector can show it, and it holds no secret. */
export interface SessionContext {
  readonly settings: MachineSettings;
  /** When the last event was handled; every guard uses this instant. */
  readonly now: Instant;
  readonly lease: Lease | null;
  /** Token lives as the sign-in of this epoch stated them: later ones shrink towards an absolute limit. */
  readonly firstLifeMs: Milliseconds;
  readonly firstRefreshLifeMs: Milliseconds | null;
  readonly lastActivity: Instant | null;
  /** A sign of presence after an end had passed: it counts only if a look finds the session alive. */
  readonly returning: Instant | null;
  /** How many holds keep the session awake. */
  readonly holds: number;
  /** When the last look at the record began, and the one under way. */
  readonly lookedAt: Instant | null;
  readonly looking: Instant | null;
  /** A look is needed regardless of presence: the page slept, or a renewal failed. */
  readonly lookWanted: boolean;
  /** The sign-in under way. Answers to any other attempt are late. */
  readonly login: {
    readonly kind: LoginKind;
    readonly attempt: number;
    readonly ticket: number | null;
  } | null;
  /** Why the last sign-in failed; `null` if nothing went wrong, another one began, or tokens arrived. */
  readonly loginFailure: Failure | null;
  readonly attempts: number;
  /** The first attempt whose answer still counts: the answer to an earlier one is late. */
  readonly attemptsFrom: number;
  /** A sign-in that was requested and has not begun. */
  readonly signInWanted: number | null;
  /** The app asked to sign out, here or in another tab. */
  readonly leaving: boolean;
  /** The epoch has ended elsewhere, for this reason; `lost`: the record no longer contains it, or its tokens are out of reach. */
  readonly over: ExpiredReason | 'lost' | null;
  /** Nobody is signed in here, and the record shows somebody. */
  readonly foundElsewhere: boolean;
  /** The generation whose renewal is under way. */
  readonly renewing: number | null;
  /** A renewal was requested, regardless of the schedule. */
  readonly renewWanted: 'app' | 'gate' | null;
  readonly failure: Failure | null;
  /** Whether `renewalFailed` has announced it. */
  readonly failureAnnounced: boolean;
  readonly failures: number;
  readonly retryAt: Deadline | null;
  /** The provider asked to wait until then (`Retry-After`). */
  readonly notBefore: Deadline | null;
  /** A wake-up has ended a `Retry-After` early since the last tokens; the next one is not ended early. */
  readonly waitBroken: boolean;
  /** Attempts without an access token that failed in a way only a person can fix: since when, and how many the provider refused. */
  readonly stranded: { readonly since: Instant; readonly refusals: number } | null;
  /** When a request last asked for a token and there was none; `null` after the network was lost, so that the next request tries once. */
  readonly requestedAt: Instant | null;
  readonly offline: boolean;
  /** The rescue of this refusal was tried. */
  readonly rescued: boolean;
  /** Renewals in a row that did not move the refresh deadline. */
  readonly stalls: number;
  /** The provider's absolute limit, once it is near. */
  readonly ending: Deadline | null;
  readonly endingAnnounced: boolean;
  /** The token set that `signedIn` or `renewed` announced last. */
  readonly announced: { readonly epoch: number; readonly generation: number } | null;
  /** Whether `idled` was emitted and `resumed` was not yet. */
  readonly away: boolean;
  /** Whether `warned` was emitted and not answered. */
  readonly warned: boolean;
  readonly reason: ExpiredReason | null;
}

/** How it stands with renewing where new tokens have just come, or none are held. */
export const nothingFailed = {
  loginFailure: null,
  renewing: null,
  renewWanted: null,
  failure: null,
  failureAnnounced: false,
  failures: 0,
  retryAt: null,
  notBefore: null,
  waitBroken: false,
  stranded: null,
  requestedAt: null,
  rescued: false,
} satisfies Partial<SessionContext>;

/** Tokens that did not come by a renewal say nothing about how far those reach. */
export const noEnding = {
  stalls: 0,
  ending: null,
  endingAnnounced: false,
} satisfies Partial<SessionContext>;

/** Facts that belong to one sign-in and go with it. */
export const nobody = {
  ...nothingFailed,
  ...noEnding,
  lease: null,
  firstLifeMs: 0,
  firstRefreshLifeMs: null,
  lastActivity: null,
  returning: null,
  lookedAt: null,
  looking: null,
  lookWanted: false,
  login: null,
  leaving: false,
  over: null,
  foundElsewhere: false,
  announced: null,
  away: false,
  warned: false,
} satisfies Partial<SessionContext>;

/** What is known before anything happened. */
export const initialContext = (settings: MachineSettings, now: Instant): SessionContext => ({
  ...nobody,
  settings,
  now,
  holds: 0,
  attempts: 0,
  attemptsFrom: 1,
  signInWanted: null,
  offline: false,
  reason: null,
});
