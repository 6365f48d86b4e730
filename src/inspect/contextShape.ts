import type { Lease } from '../../machines/lease.ts';
import type {
  ExpiredReason,
  Failure,
  FailureClass,
  IdleSettings,
  LoginKind,
  MachineSettings,
  SessionContext,
} from '../../machines/sessionContext.ts';
import type { SessionState } from '../session/sessionView.ts';
import type { Instant } from '../time/clock.ts';
import { type Fields, flag, nullable, number, objectOf, oneOf, type Shape, text } from './shape.ts';

type Words<Word extends string> = { readonly [Each in Word]: unknown };

const LATEST_WALL_MS = 8.64e15;

/** A time that a `Date` can show. */
const wallMs: Shape = {
  fits: (value) => number.fits(value) && Math.abs(value as number) <= LATEST_WALL_MS,
  shown: number.shown,
};

export const instant = objectOf<Instant>({ wallMs, monotonicMs: number });

const states: Words<SessionState> = {
  'anonymous.restoring': 0,
  'anonymous.settled': 0,
  'anonymous.signingIn': 0,
  authenticated: 0,
  'refreshing.granting': 0,
  'refreshing.backingOff': 0,
  'refreshing.rescuing': 0,
  'idle.quiet': 0,
  'idle.warning': 0,
  expired: 0,
};
export const state = oneOf(states);

export const reasons: Words<ExpiredReason> = {
  lapsed: 0,
  idle: 0,
  revoked: 0,
  rejected: 0,
  ended: 0,
  interaction: 0,
  switched: 0,
};
export const reason = oneOf(reasons);

const failureClasses: Words<FailureClass> = {
  terminal: 0,
  interaction: 0,
  configuration: 0,
  transient: 0,
  unknown: 0,
};

export const failure = objectOf<Failure>({
  class: oneOf(failureClasses),
  code: text,
  status: nullable(number),
  error: nullable(text),
  retryAfterMs: nullable(number),
});

export const lease = objectOf<Lease>({
  epoch: number,
  generation: number,
  sentAt: instant,
  lifeMs: number,
  accessDeadline: instant,
  freshUntil: instant,
  refreshDeadline: nullable(instant),
  renewAt: nullable(instant),
  scope: nullable(text),
});

const idleSettings = objectOf<IdleSettings>({
  afterMs: nullable(number),
  signOutAfterMs: nullable(number),
  warnBeforeMs: number,
  confirm: flag,
  renewOnRequest: flag,
});

const loginKinds: Words<LoginKind> = { restore: 0, interactive: 0, rescue: 0 };
export const loginKind = oneOf(loginKinds);

/** What is shown of all that the machine knows. */
export const contextFields: Fields<SessionContext> = {
  settings: objectOf<MachineSettings>({ idle: nullable(idleSettings), rescue: flag }),
  now: instant,
  lease: nullable(lease),
  firstLifeMs: number,
  firstRefreshLifeMs: nullable(number),
  lastActivity: nullable(instant),
  returning: nullable(instant),
  holds: number,
  lookedAt: nullable(instant),
  looking: nullable(instant),
  lookWanted: flag,
  login: nullable(
    objectOf<NonNullable<SessionContext['login']>>({
      kind: loginKind,
      attempt: number,
      ticket: nullable(number),
    }),
  ),
  loginFailure: nullable(failure),
  attempts: number,
  attemptsFrom: number,
  signInWanted: nullable(number),
  leaving: flag,
  over: nullable(oneOf({ ...reasons, lost: 0 })),
  foundElsewhere: flag,
  renewing: nullable(number),
  renewWanted: nullable(oneOf({ app: 0, gate: 0 })),
  failure: nullable(failure),
  failureAnnounced: flag,
  failures: number,
  retryAt: nullable(instant),
  notBefore: nullable(instant),
  waitBroken: flag,
  stranded: nullable(objectOf<NonNullable<SessionContext['stranded']>>({ since: instant, refusals: number })),
  requestedAt: nullable(instant),
  offline: flag,
  rescued: flag,
  stalls: number,
  ending: nullable(instant),
  endingAnnounced: flag,
  announced: nullable(
    objectOf<NonNullable<SessionContext['announced']>>({ epoch: number, generation: number }),
  ),
  away: flag,
  warned: flag,
  reason: nullable(reason),
};
