import { assign, emit, enqueueActions, fromCallback, sendTo, setup } from 'xstate';
import { createAlarm } from '../src/time/alarm.ts';
import { type Clock, readInstant, systemClock } from '../src/time/clock.ts';
import { deadlineAfter } from '../src/time/deadline.ts';
import {
  conclusions,
  endOf,
  isAwaited,
  isNewer,
  isNextGeneration,
  untilNextConclusionMs,
} from './conclusions.ts';
import { descriptions } from './descriptions.ts';
import { notes } from './notes.ts';
import { idleAfterMs, idleEndsAt, needsLook } from './presence.ts';
import { serviceFrom } from './services.ts';
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
  LoginFailed,
  LoginRequested,
  RecordLooked,
  RecordRequested,
  RefreshFailed,
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

type EventOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>;

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

/**
 * The statechart of a token session.
 *
 * Events change what is known; the `always` tables draw the conclusions. Interpret it with `createActor`, after
 * `provide` has given it a login and a refresh service (`loginFrom`, `refreshFrom`).
 */
export const createSessionMachine = ({
  clock = systemClock,
  random = Math.random,
}: Partial<MachineSeams> = {}) =>
  setup({
    types: {
      context: {} as SessionContext,
      events: {} as SessionEvent,
      emitted: {} as SessionFact,
      input: undefined as Partial<MachineSettings> | undefined,
      tags: {} as 'signedIn' | 'away' | 'loading',
      children: {} as {
        login: 'login';
        refresh: 'refresh';
        activity: 'activity';
        environment: 'environment';
        record: 'record';
        alarm: 'alarm';
      },
    },
    actors: {
      login: serviceFrom<LoginRequested, LoginFailed>(async ({ attempt }) => ({
        type: 'login.failed',
        attempt,
        failure: null,
      })),
      refresh: serviceFrom<RefreshRequested, RefreshFailed>(async ({ epoch, generation }) => ({
        type: 'refresh.failed',
        epoch,
        generation,
        failure: {
          class: 'configuration',
          code: 'option_invalid',
          status: null,
          error: null,
          retryAfterMs: null,
        },
      })),
      activity: fromCallback(() => {}),
      environment: fromCallback(() => {}),
      record: serviceFrom<RecordRequested, RecordLooked>(async (request) =>
        request.type === 'record.look'
          ? { type: 'record.looked', beganAt: request.at, lastActivityWallMs: null }
          : undefined,
      ),
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
      ofThisAttempt: ({ context, event }) =>
        context.login?.attempt === (event as EventOf<'login.failed'>).attempt,
      ofThisSession: ({ context, event }) => isNewer(context, event as EventOf<'login.granted'>),
      ofThisEpoch: ({ context, event }) => isNextGeneration(context, event as EventOf<'session.adopt'>),
      ofThisRenewal: ({ context, event }) => isAwaited(context, event as EventOf<'refresh.failed'>),
      onlyConfirmed: ({ context }) => context.settings.idle?.confirm === true,
    },
    actions: {
      noteTime: assign({ now: () => readInstant(clock) }),
      noteSignIn: assign(({ context, event }) => notes.signIn(context, event as EventOf<'session.signIn'>)),
      noteSignOut: assign(({ context }) => notes.signOut(context)),
      noteRenewal: assign(({ context, event }) => notes.renewal(context, event as EventOf<'session.renew'>)),
      noteAdoption: assign(({ context, event }) =>
        notes.adoption(context, event as EventOf<'session.adopt'>),
      ),
      noteActivity: assign(({ context }) => notes.activity(context)),
      noteHold: assign(({ context }) => notes.hold(context)),
      noteRelease: assign(({ context }) => notes.release(context)),
      noteLook: assign(({ context, event }) => notes.look(context, event as EventOf<'record.looked'>)),
      noteLogin: assign(({ context, event }) => notes.login(context, event as EventOf<'login.granted'>)),
      noteLoginFailure: assign({ login: null }),
      noteGrant: assign(({ context, event }) => notes.grant(context, event as EventOf<'refresh.granted'>)),
      noteFailure: assign(({ context, event }) =>
        notes.failure(context, event as EventOf<'refresh.failed'>, random()),
      ),
      noteWaking: assign(({ context, event }) => notes.waking(context, event as EventOf<'page.awake'>)),
      noteOnline: assign(({ context }) => notes.online(context)),
      noteOffline: assign(({ context }) => notes.offline(context)),

      startLogin: enqueueActions(({ context, enqueue }, kind: LoginKind) => {
        const login = { kind, attempt: context.attempts + 1, request: context.signInWanted };
        enqueue.assign({ login, attempts: login.attempt, signInWanted: null });
        enqueue.sendTo('login', { type: 'login.requested', ...login });
      }),
      startRefresh: enqueueActions(({ context: { lease }, enqueue }) => {
        if (!lease) return;
        enqueue.assign({ renewing: lease.generation, renewWanted: null, failure: null });
        enqueue.sendTo('refresh', {
          type: 'refresh.requested',
          epoch: lease.epoch,
          generation: lease.generation,
        });
      }),
      startRescue: assign({ rescued: true }),
      look: enqueueActions(({ context, enqueue }) => {
        if (!needsLook(context)) return;
        enqueue.assign({ looking: context.now });
        enqueue.sendTo('record', { type: 'record.look', at: context.now });
      }),
      lookAgain: assign({ lookedAt: null }),
      announceActivity: enqueueActions(({ context, enqueue }) => {
        if (!context.lease || !context.lastActivity || context.returning) return;
        const { lastActivity } = context;
        enqueue.sendTo('record', { type: 'record.note', lastActivity, everyMs: announceEveryMs(context) });
      }),
      setAlarm: sendTo('alarm', ({ context }): AlarmSet => ({
        type: 'alarm.set',
        afterMs: untilNextConclusionMs(context),
      })),

      end: enqueueActions(({ context, enqueue }) => {
        const reason = endOf(context);
        if (!reason || !context.lease) return;
        enqueue.sendTo('record', { type: 'record.end', epoch: context.lease.epoch, reason });
        enqueue.assign({ ...nobody, attemptsFrom: context.attempts + 1, reason });
        enqueue.emit({ type: 'expired', reason });
      }),
      leave: enqueueActions(({ context: { lease, attempts }, enqueue }) => {
        if (lease) enqueue.sendTo('record', { type: 'record.end', epoch: lease.epoch, reason: 'signedOut' });
        enqueue.assign({ ...nobody, attemptsFrom: attempts + 1, reason: null });
      }),
      forgetSignIn: assign({ signInWanted: null }),
      goIdle: assign({ away: true, renewWanted: null, failure: null }),
      comeBack: assign({ away: false, renewWanted: null }),
      announceTokens: assign(({ context: { lease } }) => ({
        announced: lease && { epoch: lease.epoch, generation: lease.generation },
      })),
      announceEnding: assign({ endingAnnounced: true }),

      tellSignedIn: emit({ type: 'signedIn' }),
      tellReplaced: emit(({ context }): SessionFact => ({
        type: context.announced?.epoch === context.lease?.epoch ? 'renewed' : 'signedIn',
      })),
      tellRenewalFailed: enqueueActions(({ context: { failure }, enqueue }) => {
        if (failure) enqueue.emit({ type: 'renewalFailed', failure });
      }),
      tellIdled: enqueueActions(({ context, enqueue }) => {
        if (!context.away) enqueue.emit({ type: 'idled' });
      }),
      tellWarned: emit(({ context }): SessionFact => ({ type: 'warned', deadline: idleEndsAt(context) })),
      tellResumed: emit({ type: 'resumed' }),
      tellEnding: enqueueActions(({ context: { ending }, enqueue }) => {
        if (ending) enqueue.emit({ type: 'ending', deadline: ending });
      }),
      tellSignedOut: emit({ type: 'signedOut' }),
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
      'session.signIn': [
        {
          guard: 'isSignedIn',
          actions: [
            'noteTime',
            'noteSignIn',
            { type: 'startLogin', params: 'interactive' },
            'look',
            'setAlarm',
          ],
        },
        { actions: ['noteTime', 'noteSignIn'] },
      ],
      'session.signOut': { actions: ['noteTime', 'noteSignOut', 'setAlarm'] },
      'session.renew': { actions: ['noteTime', 'noteRenewal', 'look', 'setAlarm'] },
      'session.adopt': { guard: 'ofThisEpoch', actions: ['noteTime', 'noteAdoption', 'look', 'setAlarm'] },
      'session.stay': { actions: ['noteTime', 'noteActivity', 'announceActivity', 'look', 'setAlarm'] },
      'user.active': { actions: ['noteTime', 'noteActivity', 'announceActivity', 'look', 'setAlarm'] },
      'user.held': { actions: ['noteTime', 'noteHold', 'announceActivity', 'look', 'setAlarm'] },
      'user.released': { actions: ['noteTime', 'noteRelease', 'announceActivity', 'look', 'setAlarm'] },
      'page.awake': { actions: ['noteTime', 'noteWaking', 'lookAgain', 'look', 'setAlarm'] },
      'network.online': { actions: ['noteTime', 'noteOnline', 'look', 'setAlarm'] },
      'network.offline': { actions: ['noteTime', 'noteOffline', 'look', 'setAlarm'] },
      'alarm.rang': { actions: ['noteTime', 'look', 'setAlarm'] },
      'record.looked': { actions: ['noteTime', 'noteLook', 'announceActivity', 'look', 'setAlarm'] },
      'login.granted': [
        {
          guard: 'ofThisSession',
          actions: ['noteTime', 'noteLogin', 'announceActivity', 'look', 'setAlarm'],
        },
        { actions: ['noteTime', 'look', 'setAlarm'] },
      ],
      'login.failed': [
        { guard: 'ofThisAttempt', actions: ['noteTime', 'noteLoginFailure', 'look', 'setAlarm'] },
        { actions: ['noteTime', 'look', 'setAlarm'] },
      ],
      'refresh.granted': [
        { guard: 'ofThisRenewal', actions: ['noteTime', 'noteGrant', 'look', 'setAlarm'] },
        { actions: ['noteTime', 'look', 'setAlarm'] },
      ],
      'refresh.failed': [
        { guard: 'ofThisRenewal', actions: ['noteTime', 'noteFailure', 'look', 'setAlarm'] },
        { actions: ['noteTime', 'look', 'setAlarm'] },
      ],
    },
    initial: 'anonymous',
    states: {
      anonymous: {
        description: descriptions.anonymous,
        initial: 'restoring',
        states: {
          restoring: {
            description: descriptions.restoring,
            tags: 'loading',
            entry: { type: 'startLogin', params: 'restore' },
            always: [
              { guard: 'leaves', target: 'settled', actions: 'leave' },
              { guard: 'over', target: '#session.expired', actions: 'end' },
              {
                guard: 'restored',
                target: '#session.authenticated',
                actions: ['forgetSignIn', 'announceTokens', 'tellSignedIn'],
              },
              { guard: 'nobody', target: 'settled' },
            ],
          },
          settled: {
            description: descriptions.settled,
            always: [
              {
                guard: 'isSignedIn',
                target: '#session.authenticated',
                actions: ['announceTokens', 'tellSignedIn'],
              },
              { guard: 'signInWanted', target: 'signingIn' },
            ],
          },
          signingIn: {
            description: descriptions.signingIn,
            tags: 'loading',
            entry: { type: 'startLogin', params: 'interactive' },
            always: [
              { guard: 'leaves', target: 'settled', actions: 'leave' },
              { guard: 'signInWanted', target: 'signingIn', reenter: true },
              {
                guard: 'isSignedIn',
                target: '#session.authenticated',
                actions: ['announceTokens', 'tellSignedIn'],
              },
              { guard: 'nobodyAgain', target: '#session.expired' },
              { guard: 'nobody', target: 'settled' },
            ],
          },
        },
      },
      authenticated: {
        description: descriptions.authenticated,
        tags: 'signedIn',
        always: [
          { guard: 'leaves', target: 'anonymous.settled', actions: ['leave', 'tellSignedOut'] },
          { guard: 'over', target: 'expired', actions: 'end' },
          { guard: 'replaced', actions: ['tellReplaced', 'announceTokens'] },
          { guard: 'away', target: 'idle', actions: ['tellIdled', 'goIdle'] },
          { guard: 'resumed', actions: ['tellResumed', 'comeBack'] },
          { guard: 'endsSoon', actions: ['tellEnding', 'announceEnding'] },
          { guard: 'asked', target: 'refreshing', actions: 'startRefresh' },
          { guard: 'due', target: 'refreshing', actions: 'startRefresh' },
        ],
      },
      refreshing: {
        description: descriptions.refreshing,
        tags: 'signedIn',
        initial: 'granting',
        always: [
          { guard: 'leaves', target: 'anonymous.settled', actions: ['leave', 'tellSignedOut'] },
          { guard: 'over', target: 'expired', actions: 'end' },
          { guard: 'renewed', target: 'authenticated', actions: ['tellReplaced', 'announceTokens'] },
        ],
        states: {
          granting: {
            description: descriptions.granting,
            always: [
              {
                guard: 'rescuable',
                target: 'rescuing',
                actions: ['startRescue', { type: 'startLogin', params: 'rescue' }],
              },
              { guard: 'faltered', target: 'backingOff', actions: 'tellRenewalFailed' },
            ],
          },
          backingOff: {
            description: descriptions.backingOff,
            always: [
              { guard: 'away', target: '#session.idle', actions: ['tellIdled', 'goIdle'] },
              { guard: 'retries', target: 'granting', actions: 'startRefresh' },
            ],
          },
          rescuing: { description: descriptions.rescuing },
        },
      },
      idle: {
        description: descriptions.idle,
        tags: ['signedIn', 'away'],
        initial: 'quiet',
        always: [
          { guard: 'leaves', target: 'anonymous.settled', actions: ['leave', 'tellSignedOut'] },
          { guard: 'over', target: 'expired', actions: 'end' },
          { guard: 'replaced', actions: ['tellReplaced', 'announceTokens'] },
          { guard: 'back', target: 'authenticated' },
          { guard: 'asked', target: 'refreshing', actions: 'startRefresh' },
        ],
        states: {
          quiet: {
            description: descriptions.quiet,
            always: { guard: 'warns', target: 'warning', actions: 'tellWarned' },
          },
          warning: {
            description: descriptions.warning,
            always: { guard: 'calms', target: 'quiet' },
            on: { 'user.active': { guard: 'onlyConfirmed', actions: ['noteTime', 'look', 'setAlarm'] } },
          },
        },
      },
      expired: {
        description: descriptions.expired,
        always: [
          { guard: 'leaves', target: 'anonymous.settled', actions: 'leave' },
          { guard: 'isSignedIn', target: 'authenticated', actions: ['announceTokens', 'tellSignedIn'] },
          { guard: 'signInWanted', target: 'anonymous.signingIn' },
        ],
      },
    },
  });
