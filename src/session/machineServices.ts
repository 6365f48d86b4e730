import { fromCallback } from 'xstate';
import { failureOf } from '../../machines/failureOf.ts';
import { serviceFrom } from '../../machines/serviceFrom.ts';
import type { Failure } from '../../machines/sessionContext.ts';
import type {
  LoginFailed,
  LoginGranted,
  LoginRequested,
  RecordLoaded,
  RecordRequested,
  RefreshFailed,
  RefreshGranted,
  RefreshRequested,
} from '../../machines/sessionEvents.ts';
import { createSessionMachine } from '../../machines/sessionMachine.ts';
import { type ActivitySource, startActivitySources } from '../activity/activitySource.ts';
import { watchDomActivity } from '../activity/domActivity.ts';
import { watchEnvironment } from '../environment/pageEnvironment.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { SignInRequest } from '../grants/grantDeps.ts';
import type { SessionMachine } from './session.ts';
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

/** The session's machine with its services: everything that touches the world. */
export const provideServices = (parts: ServiceDeps): SessionMachine => {
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

  return createSessionMachine({ clock, random }).provide({
    actors: {
      login: serviceFrom<LoginRequested, LoginGranted | LoginFailed>((request) =>
        grants().then(
          ({ login }) => login(request),
          (error: SessionError): LoginFailed => ({
            ...request,
            type: 'login.failed',
            failure: unloaded(error, request.ticket),
          }),
        ),
      ),
      refresh: serviceFrom<RefreshRequested, RefreshGranted | RefreshFailed>((request) =>
        grants().then(
          ({ refresh }) => refresh(request),
          (error: SessionError): RefreshFailed => ({
            ...request,
            type: 'refresh.failed',
            failure: unloaded(error, null),
          }),
        ),
      ),
      record: serviceFrom<RecordRequested, RecordLoaded>((request) =>
        // Asked once somebody is signed in, so it is there.
        grants().then(({ record }) => record(request)),
      ),
      activity: fromCallback(({ sendBack }) =>
        startActivitySources(
          [...domSources, ...parts.activity],
          () => sendBack({ type: 'user.active' }),
          console.error,
        ),
      ),
      environment: fromCallback(({ sendBack }) =>
        watchEnvironment({
          window,
          clock,
          onAwake: (restored) => {
            sendBack({ type: 'page.awake', restored });
            if (restored) parts.onRestored();
          },
          onOnline: () => sendBack({ type: 'network.online' }),
          onOffline: () => sendBack({ type: 'network.offline' }),
        }),
      ),
    },
  });
};
