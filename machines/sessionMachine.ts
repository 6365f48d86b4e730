import { assign, emit, enqueueActions, fromCallback, sendTo, setup } from 'xstate';
import { createAlarm } from '../src/time/alarm.ts';
import { type Clock, readInstant, systemClock } from '../src/time/clock.ts';
import { deadlineAfter } from '../src/time/deadline.ts';
import { conclusions, endOf, untilNextConclusionMs } from './conclusions.ts';
import { notes } from './notes.ts';
import { idleAfterMs, idleEndsAt, needsLook } from './presence.ts';
import {
  type LoginKind,
  type MachineSettings,
  type SessionContext,
  defaultMachineSettings,
  initialContext,
  nobody,
} from './sessionContext.ts';
import type {
  AlarmSet,
  LoginRequested,
  RecordRequested,
  RefreshRequested,
  SessionEvent,
  SessionFact,
} from './sessionEvents.ts';

/** What a session machine cannot know by itself. */
export interface MachineSeams {
  readonly clock: Clock;
  /** From 0 to 1, for the jitter of the back-off. */
  readonly random: () => number;
}

/** The most an announcement to the record may lag behind the activity: a twentieth of the idle time. */
const announceEveryMs = (context: SessionContext): number =>
  Math.min((idleAfterMs(context) ?? 60_000) / 20, 15_000);

type Judge = (context: SessionContext) => boolean;
type Guard = (args: { context: SessionContext }) => boolean;

/** Each conclusion as the guard of its name. */
const guardsFrom = <Name extends string>(judges: Readonly<Record<Name, Judge>>): Record<Name, Guard> => {
  const guards = Object.entries<Judge>(judges).map(([name, judge]) => [
    name,
    ({ context }: { context: SessionContext }) => judge(context),
  ]);
  return Object.fromEntries(guards) as Record<Name, Guard>;
};

/** Every event is noted before the states draw their conclusions. */
const heard = Object.fromEntries(
  Object.keys(notes).map((type) => [type, { actions: ['note', 'look', 'setAlarm'] }]),
) as Record<SessionEvent['type'], { actions: ['note', 'look', 'setAlarm'] }>;

const leaves = { guard: 'leaves', target: '#session.anonymous.settled', actions: 'leave' } as const;
const over = { guard: 'over', target: '#session.expired', actions: 'end' } as const;
const signsIn = { guard: 'isSignedIn', target: '#session.authenticated', actions: 'tellTokens' } as const;
const replaced = { guard: 'replaced', actions: 'tellTokens' } as const;
const idles = { guard: 'away', target: '#session.idle', actions: 'goIdle' } as const;
const asked = { guard: 'asked', target: '#session.refreshing', actions: 'startRefresh' } as const;

/** The statechart of a token session, bare: nobody has given it services yet, and its states are not described. */
export const createSessionMachine = ({
  clock = systemClock,
  random = Math.random,
}: Partial<MachineSeams> = {}) =>
  setup({
    types: {} as {
      context: SessionContext;
      events: SessionEvent;
      emitted: SessionFact;
      input: Partial<MachineSettings> | undefined;
      tags: 'signedIn' | 'away' | 'loading';
      children: {
        login: 'login';
        refresh: 'refresh';
        activity: 'activity';
        environment: 'environment';
        record: 'record';
        alarm: 'alarm';
      };
    },
    actors: {
      login: fromCallback<LoginRequested>(() => {}),
      refresh: fromCallback<RefreshRequested>(() => {}),
      record: fromCallback<RecordRequested>(() => {}),
      activity: fromCallback(() => {}),
      environment: fromCallback(() => {}),
      alarm: fromCallback<AlarmSet>(({ receive, sendBack }) => {
        const alarm = createAlarm(clock, () => sendBack({ type: 'alarm.rang' }));
        receive(({ afterMs }) =>
          alarm.set(afterMs === null ? null : deadlineAfter(readInstant(clock), afterMs)),
        );
        return () => alarm.set(null);
      }),
    },
    guards: {
      ...guardsFrom(conclusions),
      onlyConfirmed: ({ context }) => context.settings.idle?.confirm === true,
    },
    actions: {
      noteTime: assign({ now: () => readInstant(clock) }),
      note: enqueueActions(({ context, event, enqueue }) => {
        const now = readInstant(clock);
        const news = notes[event.type]({ ...context, now }, event as never, random());
        const known = { ...context, now, ...news };
        enqueue.assign({ now, ...news });
        if (!news.lastActivity || !known.lease || known.returning) return;
        const everyMs = announceEveryMs(known);
        enqueue.sendTo('record', { type: 'record.note', lastActivity: news.lastActivity, everyMs });
      }),
      look: enqueueActions(({ context, enqueue }) => {
        if (!needsLook(context)) return;
        enqueue.assign({ looking: context.now });
        enqueue.sendTo('record', { type: 'record.look', at: context.now });
      }),
      setAlarm: sendTo('alarm', ({ context }): AlarmSet => ({
        type: 'alarm.set',
        afterMs: untilNextConclusionMs(context),
      })),

      startLogin: enqueueActions(({ context, enqueue }, kind: LoginKind) => {
        const login = { kind, attempt: context.attempts + 1, request: context.signInWanted };
        const rescued = context.rescued || kind === 'rescue';
        enqueue.assign({ login, attempts: login.attempt, signInWanted: null, rescued });
        enqueue.sendTo('login', { type: 'login.requested', ...login });
      }),
      startRefresh: enqueueActions(({ context: { lease }, enqueue }) => {
        if (!lease) return;
        const { epoch, generation } = lease;
        enqueue.assign({ renewing: generation, renewWanted: null, failure: null });
        enqueue.sendTo('refresh', { type: 'refresh.requested', epoch, generation });
      }),
      forgetSignIn: assign({ signInWanted: null }),

      tellTokens: enqueueActions(({ context: { lease, announced }, enqueue }) => {
        enqueue.emit({ type: announced?.epoch === lease?.epoch ? 'renewed' : 'signedIn' });
        enqueue.assign({ announced: lease });
      }),
      tellRenewalFailed: enqueueActions(({ context: { failure }, enqueue }) => {
        if (failure) enqueue.emit({ type: 'renewalFailed', failure });
      }),
      tellEnding: enqueueActions(({ context: { ending }, enqueue }) => {
        if (ending) enqueue.emit({ type: 'ending', deadline: ending });
        enqueue.assign({ endingAnnounced: true });
      }),
      tellWarned: emit(({ context }): SessionFact => ({ type: 'warned', deadline: idleEndsAt(context) })),

      goIdle: enqueueActions(({ context, enqueue }) => {
        if (!context.away) enqueue.emit({ type: 'idled' });
        enqueue.assign({ away: true, renewWanted: null, failure: null });
      }),
      comeBack: enqueueActions(({ enqueue }) => {
        enqueue.emit({ type: 'resumed' });
        enqueue.assign({ away: false, renewWanted: null });
      }),
      end: enqueueActions(({ context, enqueue }) => {
        const reason = endOf(context);
        if (!reason || !context.lease) return;
        enqueue.sendTo('record', { type: 'record.end', epoch: context.lease.epoch, reason });
        enqueue.assign({ ...nobody, attemptsFrom: context.attempts + 1, reason });
        enqueue.emit({ type: 'expired', reason });
      }),
      leave: enqueueActions(({ context: { lease, attempts }, enqueue }) => {
        enqueue.assign({ ...nobody, attemptsFrom: attempts + 1, reason: null });
        if (!lease) return;
        enqueue.sendTo('record', { type: 'record.end', epoch: lease.epoch, reason: 'signedOut' });
        enqueue.emit({ type: 'signedOut' });
      }),
    },
  }).createMachine({
    id: 'session',
    context: ({ input }) => initialContext({ ...defaultMachineSettings, ...input }, readInstant(clock)),
    options: { maxIterations: 100 },
    invoke: [
      { id: 'alarm', src: 'alarm' },
      { id: 'record', src: 'record' },
      { id: 'login', src: 'login' },
      { id: 'refresh', src: 'refresh' },
      { id: 'activity', src: 'activity' },
      { id: 'environment', src: 'environment' },
    ],
    on: {
      ...heard,
      'session.signIn': [
        {
          guard: 'isSignedIn',
          actions: ['note', { type: 'startLogin', params: 'interactive' }, 'look', 'setAlarm'],
        },
        heard['session.signIn'],
      ],
    },
    initial: 'anonymous',
    states: {
      anonymous: {
        initial: 'restoring',
        states: {
          restoring: {
            tags: 'loading',
            entry: { type: 'startLogin', params: 'restore' },
            always: [
              leaves,
              over,
              {
                guard: 'restored',
                target: '#session.authenticated',
                actions: ['forgetSignIn', 'tellTokens'],
              },
              { guard: 'nobody', target: 'settled' },
            ],
          },
          settled: {
            always: [signsIn, { guard: 'signInWanted', target: 'signingIn' }],
          },
          signingIn: {
            tags: 'loading',
            entry: { type: 'startLogin', params: 'interactive' },
            always: [
              leaves,
              { guard: 'signInWanted', target: 'signingIn', reenter: true },
              signsIn,
              { guard: 'nobodyAgain', target: '#session.expired' },
              { guard: 'nobody', target: 'settled' },
            ],
          },
        },
      },
      authenticated: {
        tags: 'signedIn',
        always: [
          leaves,
          over,
          replaced,
          idles,
          { guard: 'resumed', actions: 'comeBack' },
          { guard: 'endsSoon', actions: 'tellEnding' },
          asked,
          { guard: 'due', target: 'refreshing', actions: 'startRefresh' },
        ],
      },
      refreshing: {
        tags: 'signedIn',
        initial: 'granting',
        always: [leaves, over, { guard: 'renewed', target: 'authenticated', actions: 'tellTokens' }],
        states: {
          granting: {
            always: [
              {
                guard: 'rescuable',
                target: 'rescuing',
                actions: { type: 'startLogin', params: 'rescue' },
              },
              { guard: 'faltered', target: 'backingOff', actions: 'tellRenewalFailed' },
            ],
          },
          backingOff: {
            always: [idles, { guard: 'retries', target: 'granting', actions: 'startRefresh' }],
          },
          rescuing: {},
        },
      },
      idle: {
        tags: ['signedIn', 'away'],
        initial: 'quiet',
        always: [leaves, over, replaced, { guard: 'back', target: 'authenticated' }, asked],
        states: {
          quiet: {
            always: { guard: 'warns', target: 'warning', actions: 'tellWarned' },
          },
          warning: {
            always: { guard: 'calms', target: 'quiet' },
            on: { 'user.active': { guard: 'onlyConfirmed', actions: ['noteTime', 'look', 'setAlarm'] } },
          },
        },
      },
      expired: {
        always: [leaves, signsIn, { guard: 'signInWanted', target: 'anonymous.signingIn' }],
      },
    },
  });
