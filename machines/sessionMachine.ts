import { type AnyActorRef, enqueueActions, fromCallback, setup } from 'xstate';
import { createAlarm } from '../src/time/alarm.ts';
import { type Clock, type Instant, readInstant, systemClock } from '../src/time/clock.ts';
import { deadlineAfter } from '../src/time/deadline.ts';
import { guards } from './guards.ts';
import { type Effect, actions, learn } from './actions.ts';
import { reducers } from './reducers.ts';
import {
  type MachineSettings,
  type SessionContext,
  defaultMachineSettings,
  initialContext,
} from './sessionContext.ts';
import type {
  AlarmSet,
  LoginRequested,
  RecordRequested,
  RefreshRequested,
  SessionEvent,
  SessionFact,
} from './sessionEvents.ts';

/** What a session machine needs from outside. */
export interface MachineSeams {
  readonly clock: Clock;
  /** From 0 to 1, for the jitter of the back-off. */
  readonly random: () => number;
}

/** The actor system of one session: by it, what belongs to that session is found. */
export type System = AnyActorRef['system'];

const types = {} as {
  context: SessionContext;
  events: SessionEvent;
  emitted: SessionFact;
  /** `now`: when the actor was made. @default the clock's time */
  input: (Partial<MachineSettings> & { readonly now?: Instant }) | undefined;
  tags: 'signedIn' | 'away' | 'loading';
  children: {
    login: 'login';
    refresh: 'refresh';
    activity: 'activity';
    environment: 'environment';
    record: 'record';
    alarm: 'alarm';
  };
};

const mapped = <Name extends string, From, To>(
  table: Readonly<Record<Name, From>>,
  make: (entry: From) => To,
): Record<Name, To> =>
  Object.fromEntries(Object.entries<From>(table).map(([name, entry]) => [name, make(entry)])) as Record<
    Name,
    To
  >;

/** A judgement of the context as a guard. */
const judging =
  (judge: (context: SessionContext) => boolean) =>
  ({ context }: { context: SessionContext }): boolean =>
    judge(context);

/** A decision as an action. */
const doing = (decide: (context: SessionContext, event: SessionEvent, system: System) => Effect) =>
  enqueueActions<
    SessionContext,
    SessionEvent,
    undefined,
    SessionEvent,
    never,
    never,
    never,
    never,
    SessionFact
  >(({ context, event, enqueue, system }) => {
    const { known, fact, ...requests } = decide(context, event, system);
    if (known) enqueue.assign(known);
    for (const [service, request] of Object.entries(requests)) enqueue.sendTo(service, request);
    if (fact) enqueue.emit(fact);
  });

/** Every event is noted before the states judge it. */
const heard = mapped(reducers, () => ({ actions: ['note', 'look', 'setAlarm'] }) as const);

const signOutRequested = {
  guard: 'signOutRequested',
  target: '#session.anonymous.settled',
  actions: 'leave',
} as const;
const ended = { guard: 'ended', target: '#session.expired', actions: 'end' } as const;
const recordLost = {
  guard: 'recordLost',
  target: '#session.anonymous.restoring',
  actions: 'forget',
} as const;
const foundElsewhere = { guard: 'foundElsewhere', target: '#session.anonymous.restoring' } as const;
const signsIn = { guard: 'isSignedIn', target: '#session.authenticated', actions: 'tellTokens' } as const;
const tokensChanged = { guard: 'tokensChanged', actions: 'tellTokens' } as const;
const idles = { guard: 'away', target: '#session.idle', actions: 'goIdle' } as const;
const renewalRequested = {
  guard: 'renewalRequested',
  target: '#session.refreshing',
  actions: 'startRefresh',
} as const;

const rescuable = {
  guard: 'rescuable',
  target: '#session.refreshing.rescuing',
  actions: 'startRescue',
} as const;
const failed = {
  guard: 'failedTransiently',
  target: '#session.refreshing.backingOff',
  actions: 'tellRenewalFailed',
} as const;

/**
 * The statechart of a token session, bare: nobody has given it services yet, and its states are not described.
 * One definition serves any number of sessions, where `seamsOf` tells them apart.
 */
export const defineSessionMachine = (seamsOf: (system: System) => MachineSeams) =>
  setup({
    types,
    actors: {
      login: fromCallback<LoginRequested>(() => {}),
      refresh: fromCallback<RefreshRequested>(() => {}),
      record: fromCallback<RecordRequested>(() => {}),
      activity: fromCallback(() => {}),
      environment: fromCallback(() => {}),
      alarm: fromCallback<AlarmSet>(({ receive, sendBack, system }) => {
        const { clock } = seamsOf(system);
        const alarm = createAlarm(clock, () => sendBack({ type: 'alarm.rang' }));
        receive(({ afterMs }) =>
          alarm.set(afterMs === null ? null : deadlineAfter(readInstant(clock), afterMs)),
        );
        return () => alarm.set(null);
      }),
    },
    guards: mapped(guards, judging),
    actions: {
      ...mapped(actions, doing),
      note: doing((context, event, system) => {
        const { clock, random } = seamsOf(system);
        const now = readInstant(clock);
        const news = reducers[event.type]({ ...context, now }, event as never, random());
        return learn(context, { now, ...news });
      }),
    },
  }).createMachine({
    id: 'session',
    context: ({ input, self }) => {
      const { now = readInstant(seamsOf(self.system).clock), ...settings } = input ?? {};
      return initialContext({ ...defaultMachineSettings, ...settings }, now);
    },
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
          actions: ['note', 'startSignIn', 'look', 'setAlarm'],
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
            entry: 'startRestore',
            always: [
              signOutRequested,
              ended,
              {
                guard: 'restored',
                target: '#session.authenticated',
                actions: ['forgetSignIn', 'tellTokens'],
              },
              { guard: 'signInFailed', target: '#session.expired' },
              { guard: 'notSignedIn', target: 'settled' },
            ],
          },
          settled: {
            always: [signsIn, { guard: 'signInWanted', target: 'signingIn' }, foundElsewhere],
          },
          signingIn: {
            tags: 'loading',
            entry: 'startSignIn',
            always: [
              signOutRequested,
              { guard: 'signInWanted', target: 'signingIn', reenter: true },
              signsIn,
              { guard: 'signInFailed', target: '#session.expired' },
              { guard: 'notSignedIn', target: 'settled' },
            ],
          },
        },
      },
      authenticated: {
        tags: 'signedIn',
        always: [
          signOutRequested,
          ended,
          recordLost,
          tokensChanged,
          idles,
          { guard: 'resumed', actions: 'comeBack' },
          { guard: 'endsSoon', actions: 'tellEnding' },
          renewalRequested,
          { guard: 'due', target: 'refreshing', actions: 'startRefresh' },
        ],
      },
      refreshing: {
        tags: 'signedIn',
        initial: 'granting',
        always: [
          signOutRequested,
          ended,
          recordLost,
          { guard: 'renewed', target: 'authenticated', actions: 'tellTokens' },
        ],
        states: {
          granting: {
            always: [rescuable, { guard: 'answerLost', target: 'rescuing', actions: 'startRescue' }, failed],
          },
          backingOff: {
            always: [idles, rescuable, { guard: 'retries', target: 'granting', actions: 'startRefresh' }],
          },
          rescuing: {
            always: { ...failed, guard: 'rescueFailed' },
          },
        },
      },
      idle: {
        tags: ['signedIn', 'away'],
        initial: 'quiet',
        always: [
          signOutRequested,
          ended,
          recordLost,
          tokensChanged,
          { guard: 'back', target: 'authenticated' },
          renewalRequested,
        ],
        states: {
          quiet: {
            always: { guard: 'warns', target: 'warning', actions: 'tellWarned' },
          },
          warning: {
            always: { guard: 'endReceded', target: 'quiet', actions: 'endWarning' },
          },
        },
      },
      expired: {
        always: [
          signOutRequested,
          signsIn,
          { guard: 'signInWanted', target: 'anonymous.signingIn' },
          foundElsewhere,
        ],
      },
    },
  });

/** The statechart with a clock and a source of chance of its own. */
export const createSessionMachine = ({
  clock = systemClock,
  random = Math.random,
}: Partial<MachineSeams> = {}) => defineSessionMachine(() => ({ clock, random }));
