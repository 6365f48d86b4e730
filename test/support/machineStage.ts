import { expect, onTestFinished } from 'vitest';
import { createActor, fromCallback } from 'xstate';
import {
  type Failure,
  type FailureClass,
  type IdleSettings,
  type LoginRequested,
  type RecordLoaded,
  type RecordRequested,
  type RefreshRequested,
  type SessionContext,
  type SessionEvent,
  type SessionFact,
  type TokenFacts,
  createSessionMachine,
  leaseFrom,
} from '../../machines/index.ts';
import { type Clock, readInstant } from '../../src/time/clock.ts';
import { createVirtualClock } from '../../src/testing/virtualClock.ts';

/** Tokens of five minutes that can be renewed for half an hour. */
export const usual: TokenFacts = { expires_in: 300, refresh_expires_in: 1800, renewable: true };
/** Tokens that outlive every idle time of these tests. */
export const long: TokenFacts = { expires_in: 36_000, refresh_expires_in: 72_000, renewable: true };

export const MINUTE = 60_000;

/** Away after ten minutes, never signed out by the app. */
const idleOfTests: IdleSettings = {
  afterMs: 10 * MINUTE,
  signOutAfterMs: null,
  warnBeforeMs: MINUTE,
  confirm: false,
  renewOnRequest: false,
};

export interface StageSetting {
  readonly idle?: Partial<IdleSettings> | null;
  readonly rescue?: boolean;
  readonly random?: () => number;
  /** Looks are answered by `tellLook` only. */
  readonly slowRecord?: boolean;
}

/** What a look finds, where it is not that all is as it was. */
type Shown = Partial<Pick<RecordLoaded, 'epoch' | 'generation' | 'who'>>;

interface Edge {
  readonly source: { readonly id: string };
  readonly guard?: unknown;
  readonly target?: ReadonlyArray<{ readonly id: string }>;
}

/** An edge of the always tables, by where it starts, what it concludes and where it leads. */
const edgeName = ({ source, guard, target }: Edge): string => {
  const name = (guard as { type?: string } | undefined)?.type ?? String(guard);
  const [to] = target ?? [];
  return `${source.id.replace('session.', '')}: ${name}${to ? ` -> ${to.id.replace('session.', '')}` : ''}`;
};

interface Node {
  readonly always?: readonly Edge[];
  readonly states: Readonly<Record<string, Node>>;
}

/** Every edge that the chart's always tables can take. */
export const edgeNames = (node: Node = createSessionMachine().root as unknown as Node): string[] => [
  ...(node.always ?? []).map(edgeName),
  ...Object.values(node.states).flatMap((child) => edgeNames(child)),
];

const flat = (value: object | string): string =>
  typeof value === 'string'
    ? value
    : Object.entries(value)
        .map(([key, inner]) => `${key}.${inner}`)
        .join();

/** What a context says of the tokens at hand. */
export const countsOf = ({ lease }: SessionContext) => ({
  epoch: lease?.epoch ?? 0,
  generation: lease?.generation ?? 0,
});

interface Told {
  readonly send: (event: SessionEvent) => void;
  readonly context: () => SessionContext;
  readonly clock: Clock;
}

/** What can be told to a machine, by what it knows. */
export const createCommands = ({ send, context, clock }: Told) => {
  const now = () => readInstant(clock);
  const counts = () => countsOf(context());
  return {
    act: (type: 'user.active' | 'user.held' | 'user.released' | 'session.stay' | 'session.signOut') =>
      send({ type }),
    signIn: (ticket = 1) => send({ type: 'session.signIn', ticket }),
    renew: (by: 'app' | 'gate', refused?: number) =>
      send({ type: 'session.renew', by, ...(refused !== undefined && { refused }) }),
    awake: (restored = false) => send({ type: 'page.awake', restored }),
    /** A login is granted: the one that is awaited, in an epoch of its own, unless told otherwise. */
    login(
      tokens: Partial<TokenFacts> = {},
      answer: Partial<{
        attempt: number;
        epoch: number;
        generation: number;
        lastActivityWallMs: number;
      }> = {},
    ) {
      const {
        attempt = context().attempts,
        epoch = counts().epoch + 1,
        generation = 1,
        lastActivityWallMs,
      } = answer;
      const lease = leaseFrom({ ...usual, ...tokens }, now(), { epoch, generation });
      const wallMs = lastActivityWallMs;
      const lastActivity =
        wallMs === undefined
          ? null
          : { wallMs, monotonicMs: clock.monotonicMs() - (clock.wallMs() - wallMs) };
      send({ type: 'login.granted', attempt, lease, lastActivity });
    },
    failLogin: (attempt = context().attempts, failure: Failure | null = null) =>
      send({ type: 'login.failed', attempt, failure }),
    /** A renewal is granted: the one that is awaited, unless told otherwise. */
    grant(tokens: Partial<TokenFacts> = {}, answer: Partial<{ epoch: number; generation: number }> = {}) {
      const { epoch, generation } = { ...counts(), ...answer };
      const lease = leaseFrom({ ...usual, ...tokens }, now(), { epoch, generation: generation + 1 });
      send({ type: 'refresh.granted', epoch, generation, lease });
    },
    /** A renewal fails: the one that is awaited, unless told otherwise. */
    fail(of: FailureClass, more: Partial<Failure> & { epoch?: number; generation?: number } = {}) {
      const { epoch, generation, ...failure } = { ...counts(), ...more };
      send({
        type: 'refresh.failed',
        epoch,
        generation,
        failure: { class: of, code: 'test', status: null, error: null, retryAfterMs: null, ...failure },
      });
    },
  };
};

/**
 * The session machine on a virtual clock. Its services remember what they were asked and answer only when told to;
 * the record answers looks by itself. At the end of each test what holds of every run is checked.
 */
export const createStage = ({
  idle = {},
  rescue = false,
  random = () => 0.5,
  slowRecord = false,
}: StageSetting = {}) => {
  const clock = createVirtualClock();
  const asked: Array<LoginRequested | RefreshRequested | RecordRequested> = [];
  const unanswered: number[] = [];
  const looks: Array<Extract<RecordRequested, { type: 'record.read' }>> = [];
  const facts: SessionFact[] = [];
  const edges: string[] = [];
  const contexts: unknown[] = [];
  const errors: unknown[] = [];
  const record: { lastActivityWallMs: number | null; shows: Shown } = {
    lastActivityWallMs: null,
    shows: {},
  };
  const note = (wallMs: number): void => {
    record.lastActivityWallMs = Math.max(record.lastActivityWallMs ?? 0, wallMs);
  };

  const machine = createSessionMachine({ clock, random }).provide({
    actors: {
      login: fromCallback<LoginRequested>(({ receive }) =>
        receive((request) => {
          asked.push(request);
          unanswered.push(request.attempt);
        }),
      ),
      refresh: fromCallback<RefreshRequested>(({ receive }) => receive((request) => asked.push(request))),
      record: fromCallback<RecordRequested>(({ receive }) =>
        receive((request) => {
          asked.push(request);
          if (request.type === 'record.note') note(request.lastActivity.wallMs);
          if (request.type !== 'record.read') return;
          looks.push(request);
          if (!slowRecord) void Promise.resolve().then(() => tellLook());
        }),
      ),
    },
  });
  const actor = createActor(machine, {
    input: { idle: idle && { ...idleOfTests, ...idle }, rescue },
    inspect(event) {
      if (event.type !== '@xstate.microstep') return;
      const { _transitions } = event as unknown as { _transitions: Edge[] };
      edges.push(..._transitions.map(edgeName));
    },
  });
  actor.on('*', (fact) => facts.push(fact));
  actor.subscribe({ next: ({ context }) => contexts.push(context), error: (error) => errors.push(error) });

  const { send } = actor;
  const context = () => actor.getSnapshot().context;
  const now = () => readInstant(clock);
  const counts = () => countsOf(context());

  const commands = createCommands({ send, context, clock });

  /** Answers the oldest look that is open, with what the record tells now or with what is given. */
  const tellLook = (lastActivityWallMs = record.lastActivityWallMs, shown = record.shows): void => {
    const look = looks.shift();
    if (!look) return;
    const told = { lastActivityWallMs, ...counts(), who: 'same', ...shown } as const;
    send({ type: 'record.loaded', beganAt: look.at, ...told });
  };

  const finish = (): void => {
    actor.stop();
    expect(errors).toEqual([]);
    for (const each of contexts.splice(0)) expect(JSON.parse(JSON.stringify(each))).toStrictEqual(each);
    expect(clock.pendingTimers).toBe(0);
  };
  onTestFinished(finish);

  actor.start();
  return {
    clock,
    actor,
    machine,
    record,
    facts,
    edges,
    send,
    context,
    now,
    tellLook,
    /** Sign-ins that were asked for, to be answered by whoever takes one out. */
    unanswered,
    /** Stops the machine and checks what holds of every run; done by itself when the test ends. */
    finish,
    /** The state, as a path. */
    get at() {
      return flat(actor.getSnapshot().value);
    },
    /** What was told since this was asked last. */
    told: () =>
      facts.splice(0).map((fact) => (fact.type === 'expired' ? `expired: ${fact.reason}` : fact.type)),
    /** What services were asked since this was asked last, by type. */
    askedFor: <Type extends (typeof asked)[number]['type']>(type: Type) => {
      type Request = Extract<(typeof asked)[number], { type: Type }>;
      const found = asked.filter((request): request is Request => request.type === type);
      for (const request of found) asked.splice(asked.indexOf(request), 1);
      return found;
    },
    settle: () => clock.advance(0),
    ...commands,
  };
};

export type Stage = ReturnType<typeof createStage>;

/** As much of a stage as stories need. */
export type StoryStage = Omit<
  Stage,
  'actor' | 'machine' | 'facts' | 'edges' | 'send' | 'now' | 'tellLook' | 'unanswered' | 'finish'
>;

/** Stages on which something has happened already. */
export const stageKit = <S extends StoryStage>(create: (setting?: StageSetting) => S) => {
  /** Somebody is signed in, and what was told and asked so far is forgotten. */
  const signedIn = (setting: StageSetting = {}, tokens: Partial<TokenFacts> = {}): S => {
    const stage = create(setting);
    stage.login(tokens);
    stage.told();
    stage.askedFor('login.requested');
    return stage;
  };

  /** Somebody has been away for exactly the idle time. */
  const idled = async (setting: StageSetting = {}, tokens: Partial<TokenFacts> = long): Promise<S> => {
    const stage = signedIn(setting, tokens);
    await stage.clock.advance((setting.idle ?? {}).afterMs ?? 10 * MINUTE);
    await stage.settle();
    stage.told();
    return stage;
  };

  /** A renewal is due and under way. */
  const refreshing = async (setting: StageSetting = {}): Promise<S> => {
    const stage = signedIn(setting);
    await stage.clock.advance(239_000);
    stage.told();
    return stage;
  };

  /** A renewal has failed and will be tried again. */
  const backingOff = async (setting: StageSetting = {}, failure: Partial<Failure> = {}): Promise<S> => {
    const stage = await refreshing(setting);
    stage.fail(failure.class ?? 'transient', failure);
    stage.told();
    stage.askedFor('refresh.requested');
    return stage;
  };

  /** The session has ended: the provider refused to renew it. */
  const expired = async (setting: StageSetting = {}): Promise<S> => {
    const stage = await refreshing(setting);
    stage.fail('terminal');
    stage.told();
    return stage;
  };

  return { createStage: create, signedIn, idled, refreshing, backingOff, expired };
};

export type StageKit<S extends StoryStage> = ReturnType<typeof stageKit<S>>;

export const { signedIn, idled, refreshing, backingOff, expired } = stageKit(createStage);
