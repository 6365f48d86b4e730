import { onTestFinished } from 'vitest';
import type {
  LoginRequested,
  RecordRequested,
  RefreshRequested,
  SessionEvent,
} from '../../machines/sessionEvents.ts';
import type { IdleSettings, SessionContext } from '../../machines/sessionContext.ts';
import type { Grants } from '../../src/grants/createGrants.ts';
import { assembleSession } from '../../src/session/assembleSession.ts';
import { lateParts } from '../../src/session/lateParts.ts';
import type { Platform } from '../../src/session/platform.ts';
import { createSeat } from '../../src/session/seat.ts';
import { resolveOptions } from '../../src/session/resolveOptions.ts';
import { createVirtualClock } from '../../src/testing/virtualClock.ts';
import { countsOf, createCommands, MINUTE, type StageSetting } from './machineStage.ts';

const idleOfTests: IdleSettings = {
  afterMs: 10 * MINUTE,
  signOutAfterMs: null,
  warnBeforeMs: MINUTE,
  confirm: false,
  renewOnRequest: false,
};

interface Parts {
  readonly fetch?: typeof globalThis.fetch;
  /** Sees the session before it is started. */
  readonly onSession?: (session: SessionOfStage, clock: ReturnType<typeof createVirtualClock>) => void;
}

type SessionOfStage = ReturnType<typeof assembleSession<unknown>>;

const never = (): Promise<never> => new Promise(() => {});

/** A real session on a virtual clock, whose services answer only when told to; the record answers looks by itself. */
export const createSessionStage = (
  { idle = {}, rescue = false, random = () => 0.5 }: StageSetting = {},
  { fetch = async () => Response.json({}), onSession }: Parts = {},
) => {
  const clock = createVirtualClock();
  const record: { lastActivityWallMs: number | null; shows: object } = {
    lastActivityWallMs: null,
    shows: {},
  };
  const asked: (LoginRequested | RefreshRequested | RecordRequested)[] = [];
  const facts: string[] = [];
  const seat = createSeat();

  const grants = {
    login: (request: LoginRequested) => (asked.push(request), never()),
    refresh: (request: RefreshRequested) => (asked.push(request), never()),
    async record(request: RecordRequested) {
      asked.push(request);
      if (request.type === 'record.note')
        record.lastActivityWallMs = Math.max(record.lastActivityWallMs ?? 0, request.lastActivity.wallMs);
      if (request.type !== 'record.read') return undefined;
      const { lastActivityWallMs, shows } = record;
      return {
        type: 'record.loaded',
        beganAt: request.at,
        lastActivityWallMs,
        ...countsOf(context()),
        who: 'same',
        ...shows,
      } as const;
    },
    forget: async () => {},
    listen: () => () => {},
    signOut: async () => {},
  } as unknown as Grants;

  const platform: Platform = {
    clock,
    random,
    window: undefined,
    fetch,
    loadGrants: async () => ({ ...grants, ...lateParts }),
  };
  const settings = {
    ...resolveOptions(
      { name: 'stage', issuer: 'https://id.test', clientId: 'web', tokenOrigins: 'https://api.test' },
      platform,
    ),
    machine: { idle: idle && { ...idleOfTests, ...idle }, rescue },
  };
  const session: SessionOfStage = assembleSession<unknown>(settings, platform, seat);
  const context = (): SessionContext => session.actor.getSnapshot().context;
  /** As its services do. */
  const send = (event: SessionEvent): void => (seat.send as (told: SessionEvent) => void)(event);
  session.on('*', (fact) => facts.push(fact.type === 'expired' ? `expired: ${fact.reason}` : fact.type));
  onSession?.(session, clock);
  onTestFinished(() => session.stop());
  void session.start();

  return {
    ...createCommands({ send, context, clock }),
    /** With a ticket, and so by the call of an app. */
    signIn: () => void session.signIn({ acr_values: 'any' }).catch(() => undefined),
    session,
    clock,
    record,
    context,
    send,
    get at() {
      return session.state;
    },
    told: () => facts.splice(0),
    askedFor: (type: string) => {
      const found = asked.filter((request) => request.type === type);
      for (const request of found) asked.splice(asked.indexOf(request), 1);
      return found as never[];
    },
    settle: () => clock.advance(0),
  };
};

export type SessionStage = ReturnType<typeof createSessionStage>;
