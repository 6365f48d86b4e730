import type { Instant, Milliseconds } from '../src/time/clock.ts';
import type { Deadline } from '../src/time/deadline.ts';
import type { Lease } from './lease.ts';

/** Why a session is over. */
export type ExpiredReason =
  /** The last token's time ran out. */
  | 'lapsed'
  /** The user was away longer than the app allows. */
  | 'idle'
  /** The provider does not honour the tokens any more. */
  | 'revoked'
  /** The provider does not accept the client any more. */
  | 'rejected'
  /** The provider's absolute limit was reached. */
  | 'ended'
  /** The provider must see the user. */
  | 'interaction'
  /** Another user signed in elsewhere. */
  | 'switched';

/** What a failed grant means for the session. */
export type FailureClass =
  /** The provider refused for good. */
  | 'terminal'
  /** The provider must see the user first. */
  | 'interaction'
  /** Only a person can mend it. */
  | 'configuration'
  /** It can pass. */
  | 'transient'
  /** Nobody knows: sent, and no answer. */
  | 'unknown';

/** A failed grant as the machine sees it: no secrets, no error object. */
export interface Failure {
  readonly class: FailureClass;
  /** A `SessionErrorCode`, or whatever code a service of your own has. */
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
  /** Without activity for this long the user is away; `null`: 15 minutes, or half the refresh token's life if shorter. */
  readonly afterMs: Milliseconds | null;
  /** Without activity for this long the session is ended; `null`: never by the app. */
  readonly signOutAfterMs: Milliseconds | null;
  /** How long before the end of an idle session the user is warned. */
  readonly warnBeforeMs: Milliseconds;
  /** While warning, only `session.stay` counts as staying. */
  readonly confirm: boolean;
  /** Whether requests may renew while the user is away. */
  readonly renewOnRequest: boolean;
}

/** Everything about the machine that an app can set. Plain JSON. */
export interface MachineSettings {
  /** `null`: nobody is ever away. */
  readonly idle: IdleSettings | null;
  /** Whether a silent sign-in without navigation can be tried before a session is declared over. */
  readonly rescue: boolean;
}

/** Settings where the app says nothing. */
export const defaultMachineSettings: MachineSettings = {
  idle: { afterMs: null, signOutAfterMs: null, warnBeforeMs: 60_000, confirm: false, renewOnRequest: false },
  rescue: false,
};

/** What a login service is asked for. */
export type LoginKind = 'restore' | 'interactive' | 'rescue';

/** What the machine knows. Plain JSON: every inspector can show it, and it holds no secret. */
export interface SessionContext {
  readonly settings: MachineSettings;
  /** When the last event was handled; every guard judges by this instant. */
  readonly now: Instant;
  readonly lease: Lease | null;
  /** Token lives as the sign-in of this epoch stated them: later ones shrink towards an absolute limit. */
  readonly firstLifeMs: Milliseconds;
  readonly firstRefreshLifeMs: Milliseconds | null;
  readonly lastActivity: Instant | null;
  /** A sign of presence that came after an end had passed: it counts only if a look finds the session alive. */
  readonly returning: Instant | null;
  /** How many holds keep the session awake. */
  readonly holds: number;
  /** When the last look at the record began, and the one under way. */
  readonly lookedAt: Instant | null;
  readonly looking: Instant | null;
  /** A look is needed, whatever presence says: the page slept, or a renewal failed. */
  readonly lookWanted: boolean;
  /** The sign-in under way. Answers to any other attempt are late. */
  readonly login: {
    readonly kind: LoginKind;
    readonly attempt: number;
    readonly ticket: number | null;
  } | null;
  /** Why the last sign-in came to nothing; `null` where nothing went wrong, another began, or tokens came. */
  readonly loginFailure: Failure | null;
  readonly attempts: number;
  /** The first attempt that can still bring news: what an earlier one brings is late. */
  readonly attemptsFrom: number;
  /** A sign-in that was asked for and has not begun. */
  readonly signInWanted: number | null;
  /** The app asked to sign out, here or in another tab. */
  readonly leaving: boolean;
  /** The epoch is over, and not by the app's wish: another user is signed in, or the record knows nothing of it any more. */
  readonly over: 'switched' | 'lost' | null;
  /** The generation whose renewal is under way. */
  readonly renewing: number | null;
  /** A renewal was asked for, whatever the schedule says. */
  readonly renewWanted: 'app' | 'gate' | null;
  readonly failure: Failure | null;
  /** Whether `renewalFailed` has told of it. */
  readonly failureAnnounced: boolean;
  readonly failures: number;
  readonly retryAt: Deadline | null;
  /** The provider asked for nothing before this (`Retry-After`). */
  readonly notBefore: Deadline | null;
  /** A wake-up has broken a `Retry-After` since the last tokens: the next one holds. */
  readonly waitBroken: boolean;
  /** Tries that only a person could have mended, since the access token is gone: since when, and how many the provider refused. */
  readonly stranded: { readonly since: Instant; readonly refusals: number } | null;
  /** When a request last asked for a token and there was none; `null` since the network went: the next one tries it. */
  readonly requestedAt: Instant | null;
  readonly offline: boolean;
  /** The rescue of this refusal was tried. */
  readonly rescued: boolean;
  /** Renewals in a row that did not move the refresh deadline. */
  readonly stalls: number;
  /** The absolute limit in sight. */
  readonly ending: Deadline | null;
  readonly endingAnnounced: boolean;
  /** The token set that `signedIn` or `renewed` has told of last. */
  readonly announced: { readonly epoch: number; readonly generation: number } | null;
  /** Whether `idled` was told and `resumed` was not yet. */
  readonly away: boolean;
  /** Whether `warned` was told, and nobody has answered. */
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
