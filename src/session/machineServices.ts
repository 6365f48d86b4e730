import { fromCallback } from 'xstate';
import { serviceFrom } from '../../machines/serviceFrom.ts';
import { createSessionMachine } from '../../machines/sessionMachine.ts';
import { failureOf } from '../../machines/failureOf.ts';
import type { Failure } from '../../machines/sessionContext.ts';
import type {
  LoginFailed,
  LoginGranted,
  LoginRequested,
  RecordLooked,
  RecordRequested,
  RefreshFailed,
  RefreshGranted,
  RefreshRequested,
} from '../../machines/sessionEvents.ts';
import { type ActivitySource, startActivitySources } from '../activity/activitySource.ts';
import { watchDomActivity } from '../activity/domActivity.ts';
import { watchEnvironment } from '../environment/pageEnvironment.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { SessionMachine } from './session.ts';
import type { SessionParts } from './sessionParts.ts';

/** What the services of one session have in common. */
export interface ServiceParts extends SessionParts {
  /** The second chunk; rejects where it cannot be loaded. */
  grants(): Promise<Grants>;
  readonly activity: readonly ActivitySource[];
  readonly rotatingDisplay: boolean | undefined;
  onError(error: SessionError): void;
  /** The page came back from the back/forward cache. */
  onRestored(): void;
}

const notLoaded = failureOf('transient', 'code_not_loaded');

/** The session's machine with its services: everything that touches the world. */
export const provideServices = (parts: ServiceParts): SessionMachine => {
  const { clock, random, window, grants, onError } = parts;

  const unloaded = (cause: unknown): Failure => {
    const message = 'A part of token-vigil could not be loaded. Was the app deployed anew? Reload the page';
    onError(new SessionError('code_not_loaded', message, { retryable: true, cause }));
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
          (cause): LoginFailed => ({ ...request, type: 'login.failed', failure: unloaded(cause) }),
        ),
      ),
      refresh: serviceFrom<RefreshRequested, RefreshGranted | RefreshFailed>((request) =>
        grants().then(
          ({ refresh }) => refresh(request),
          (cause): RefreshFailed => ({ ...request, type: 'refresh.failed', failure: unloaded(cause) }),
        ),
      ),
      record: serviceFrom<RecordRequested, RecordLooked>((request) =>
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
