import type { Milliseconds } from '../src/time/clock.ts';
import { endOf, untilNextChangeMs, haveChanged } from './guards.ts';
import { idleAfterMs } from './idleAfter.ts';
import { idleEndsAt, needsLook } from './presence.ts';
import { type ExpiredReason, type LoginKind, type SessionContext, nobody } from './sessionContext.ts';
import type {
  AlarmSet,
  LoginRequested,
  RecordRequested,
  RefreshRequested,
  SessionFact,
} from './sessionEvents.ts';

/** What is done on the way along an edge: what is known from then on, what a service is asked, what is told. */
export interface Effect {
  readonly known?: Partial<SessionContext>;
  readonly login?: LoginRequested;
  readonly refresh?: RefreshRequested;
  readonly record?: RecordRequested;
  readonly alarm?: AlarmSet;
  readonly fact?: SessionFact | null | false;
}

const startLogin = ({ attempts, signInWanted, rescued }: SessionContext, kind: LoginKind): Effect => {
  const login = { kind, attempt: attempts + 1, ticket: signInWanted };
  return {
    known: {
      login,
      loginFailure: null,
      attempts: login.attempt,
      signInWanted: null,
      rescued: rescued || kind === 'rescue',
      foundElsewhere: false,
    },
    login: { type: 'login.requested', ...login },
  };
};

/** The most an announcement to the record may lag behind the activity: a twentieth of the idle time. */
const announceEveryMs = (context: SessionContext): Milliseconds =>
  Math.min((idleAfterMs(context) ?? 60_000) / 20, 15_000);

/** What an event has changed is known from then on, and activity is told to the other tabs. */
export const learn = (context: SessionContext, news: Partial<SessionContext>): Effect => {
  const known = { ...context, ...news };
  const { lastActivity } = news;
  if (!lastActivity || !known.lease || known.returning) return { known: news };
  return { known: news, record: { type: 'record.note', lastActivity, everyMs: announceEveryMs(known) } };
};

const recordEnd = (
  { lease, lastActivity }: SessionContext,
  reason: ExpiredReason | 'signedOut',
): RecordRequested => ({
  type: 'record.end',
  epoch: lease!.epoch,
  generation: lease!.generation,
  reason,
  lastActivityWallMs: lastActivity && lastActivity.wallMs,
});

/** The named actions of the chart. Pure, as the reducers and the guards are. */
export const actions = {
  look: (context: SessionContext): Effect => {
    if (!needsLook(context)) return {};
    return {
      known: { looking: context.now, lookWanted: false },
      record: { type: 'record.read', at: context.now },
    };
  },
  setAlarm: (context: SessionContext): Effect => ({
    alarm: { type: 'alarm.set', afterMs: untilNextChangeMs(context) },
  }),

  startRestore: (context: SessionContext) => startLogin(context, 'restore'),
  startSignIn: (context: SessionContext) => startLogin(context, 'interactive'),
  startRescue: (context: SessionContext) => startLogin(context, 'rescue'),
  forgetSignIn: (): Effect => ({ known: { signInWanted: null } }),

  startRefresh: ({ lease }: SessionContext): Effect => {
    const { epoch, generation } = lease!;
    return {
      known: {
        renewing: generation,
        renewWanted: null,
        failure: null,
        failureAnnounced: false,
      },
      refresh: { type: 'refresh.requested', epoch, generation },
    };
  },

  tellTokens: (context: SessionContext): Effect => {
    const { lease, announced } = context;
    if (!haveChanged(context)) return {};
    const { epoch, generation } = lease!;
    return {
      known: { announced: { epoch, generation } },
      fact: { type: announced?.epoch === epoch ? 'renewed' : 'signedIn' },
    };
  },
  tellRenewalFailed: ({ failure, failureAnnounced }: SessionContext): Effect => ({
    known: { failureAnnounced: true },
    fact: !failureAnnounced && failure && { type: 'renewalFailed', failure },
  }),
  tellWarned: (context: SessionContext): Effect => ({
    known: { warned: true },
    fact: { type: 'warned', deadline: idleEndsAt(context) },
  }),
  endWarning: (): Effect => ({ known: { warned: false } }),
  tellEnding: ({ ending }: SessionContext): Effect => ({
    known: { endingAnnounced: true },
    fact: ending && { type: 'ending', deadline: ending },
  }),

  goIdle: ({ away }: SessionContext): Effect => ({
    known: { away: true, warned: false, renewWanted: null, failure: null, stranded: null },
    fact: away ? null : { type: 'idled' },
  }),
  comeBack: (): Effect => ({
    known: { away: false, warned: false, renewWanted: null },
    fact: { type: 'resumed' },
  }),

  end: (context: SessionContext): Effect => {
    const reason = endOf(context)!;
    return {
      known: { ...nobody, attemptsFrom: context.attempts + 1, reason },
      record: recordEnd(context, reason),
      fact: { type: 'expired', reason },
    };
  },
  forget: ({ attempts }: SessionContext): Effect => ({
    known: { ...nobody, attemptsFrom: attempts + 1 },
    fact: { type: 'signedOut' },
  }),
  leave: (context: SessionContext): Effect => ({
    known: { ...nobody, attemptsFrom: context.attempts + 1, reason: null },
    ...(context.lease && {
      record: recordEnd(context, 'signedOut'),
      fact: { type: 'signedOut' },
    }),
  }),
};
