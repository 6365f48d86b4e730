import { type Actor, createActor, fromCallback } from 'xstate';
import { failureOf } from '../../machines/failureOf.ts';
import { serviceFrom } from '../../machines/serviceFrom.ts';
import type { Failure, MachineSettings } from '../../machines/sessionContext.ts';
import type {
  LoginFailed,
  LoginGranted,
  LoginRequested,
  RecordLoaded,
  RecordRequested,
  RefreshFailed,
  RefreshGranted,
  RefreshRequested,
  SessionEvent,
} from '../../machines/sessionEvents.ts';
import { defineSessionMachine, type MachineSeams, type System } from '../../machines/sessionMachine.ts';
import { type ActivitySource, startActivitySources } from '../activity/activitySource.ts';
import { watchDomActivity } from '../activity/domActivity.ts';
import { watchEnvironment } from '../environment/pageEnvironment.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { SignInRequest } from '../grants/grantDeps.ts';
import { readInstant } from '../time/clock.ts';
import type { SessionMachine, Stop } from './session.ts';
import type { Platform } from './platform.ts';

/** What the services of one session have in common. */
export interface ServiceDeps extends Platform {
  /** The second chunk; rejects with `code_not_loaded`. */
  grants(): Promise<Grants>;
  /** The calls of `signIn` that are under way, by ticket. */
  readonly signIns: ReadonlyMap<number, SignInRequest>;
  readonly activity: readonly ActivitySource[];
  readonly rotatingDisplay: boolean | undefined;
  onError(error: SessionError): void;
  /** The page came back from the back/forward cache. */
  onRestored(): void;
}

const notLoaded = failureOf('transient', 'code_not_loaded');

/** What the services of one session do. */
export interface SessionServices extends MachineSeams {
  login(request: LoginRequested): Promise<LoginGranted | LoginFailed>;
  refresh(request: RefreshRequested): Promise<RefreshGranted | RefreshFailed>;
  record(request: RecordRequested): Promise<RecordLoaded | undefined>;
  activity(tell: Tell): Stop;
  environment(tell: Tell): Stop;
}

type Tell = (event: SessionEvent) => void;

/** The services of one session: everything that touches the world. */
export const createServices = (parts: ServiceDeps): SessionServices => {
  const { clock, random, window, grants, onError } = parts;

  const unloaded = (error: SessionError, ticket: number | null): Failure => {
    const asked = ticket === null ? undefined : parts.signIns.get(ticket);
    if (asked) asked.error = error;
    onError(error);
    return notLoaded;
  };

  const domSources: ActivitySource[] = window
    ? [(onActive) => watchDomActivity({ window, clock, onActive, rotatingDisplay: parts.rotatingDisplay })]
    : [];

  return {
    clock,
    random,
    login: (request) =>
      grants().then(
        ({ login }) => login(request),
        (error: SessionError) => ({
          ...request,
          type: 'login.failed',
          failure: unloaded(error, request.ticket),
        }),
      ),
    refresh: (request) =>
      grants().then(
        ({ refresh }) => refresh(request),
        (error: SessionError) => ({ ...request, type: 'refresh.failed', failure: unloaded(error, null) }),
      ),
    // Asked once somebody is signed in, so it is there.
    record: (request) => grants().then(({ record }) => record(request)),
    activity: (tell) =>
      startActivitySources(
        [...domSources, ...parts.activity],
        () => tell({ type: 'user.active' }),
        console.error,
      ),
    environment: (tell) =>
      watchEnvironment({
        window,
        clock,
        onAwake: (restored) => {
          tell({ type: 'page.awake', restored });
          if (restored) parts.onRestored();
        },
        onOnline: () => tell({ type: 'network.online' }),
        onOffline: () => tell({ type: 'network.offline' }),
      }),
  };
};

/** A chart takes half of what a session weighs: all sessions of a process share one, and it finds their services by their system. */
const services = new WeakMap<System, SessionServices>();
const servicesOf = (system: System): SessionServices => services.get(system)!;

const defineMachine = (): SessionMachine =>
  defineSessionMachine(servicesOf).provide({
    actors: {
      login: serviceFrom((request: LoginRequested, system) => servicesOf(system).login(request)),
      refresh: serviceFrom((request: RefreshRequested, system) => servicesOf(system).refresh(request)),
      record: serviceFrom((request: RecordRequested, system) => servicesOf(system).record(request)),
      activity: fromCallback(({ sendBack, system }) => servicesOf(system).activity(sendBack)),
      environment: fromCallback(({ sendBack, system }) => servicesOf(system).environment(sendBack)),
    },
  });
let machine: SessionMachine | undefined;

/** The machine of a session, not started yet. */
export const createSessionActor = (
  of: SessionServices,
  settings: MachineSettings,
  inspect?: (event: unknown) => void,
): Actor<SessionMachine> => {
  machine ??= defineMachine();
  const input = { ...settings, now: readInstant(of.clock) };
  const actor = createActor(machine, { input, ...(inspect && { inspect }) });
  services.set(actor.system, of);
  return actor;
};
