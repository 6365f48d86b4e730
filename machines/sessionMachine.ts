import { enqueueActions, fromCallback, setup } from 'xstate';
import { createAlarm } from '../src/time/alarm.ts';
import { type Clock, readInstant, systemClock } from '../src/time/clock.ts';
import { deadlineAfter } from '../src/time/deadline.ts';
import { conclusions } from './conclusions.ts';
import { type Deed, deeds, learn } from './deeds.ts';
import { notes } from './notes.ts';
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

/** What a session machine cannot know by itself. */
export interface MachineSeams {
  readonly clock: Clock;
  /** From 0 to 1, for the jitter of the back-off. */
  readonly random: () => number;
}

const types = {} as {
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
};

const mapped = <Name extends string, From, To>(
  table: Readonly<Record<Name, From>>,
  make: (entry: From) => To,
): Record<Name, To> =>
  Object.fromEntries(Object.entries<From>(table).map(([name, entry]) => [name, make(entry)])) as Record<
    Name,
    To
  >;

/** A conclusion as a guard. */
const judging =
  (judge: (context: SessionContext) => boolean) =>
  ({ context }: { context: SessionContext }): boolean =>
    judge(context);

/** A deed as an action. */
const doing = (decide: (context: SessionContext, event: SessionEvent) => Deed) =>
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
  >(({ context, event, enqueue }) => {
    const { known, fact, ...requests } = decide(context, event);
    if (known) enqueue.assign(known);
    for (const [service, request] of Object.entries(requests)) enqueue.sendTo(service, request);
    if (fact) enqueue.emit(fact);
  });

/** Every event is noted before the states draw their conclusions. */
const heard = mapped(notes, () => ({ actions: ['note', 'look', 'setAlarm'] }) as const);

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
    types,
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
    guards: mapped(conclusions, judging),
    actions: {
      ...mapped(deeds, doing),
      noteTime: doing(() => ({ known: { now: readInstant(clock) } })),
      note: doing((context, event) => {
        const now = readInstant(clock);
        const news = notes[event.type]({ ...context, now }, event as never, random());
        return learn(context, { now, ...news });
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
            entry: 'startSignIn',
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
                actions: 'startRescue',
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
