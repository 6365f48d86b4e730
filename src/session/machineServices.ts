import { fromCallback } from 'xstate';
import { failureOf } from '../../machines/failureOf.ts';
import { serviceFrom } from '../../machines/serviceFrom.ts';
import type {
  RecordLoaded,
  RecordRequested,
  RefreshFailed,
  RefreshGranted,
  RefreshRequested,
} from '../../machines/sessionEvents.ts';
import { createSessionMachine } from '../../machines/sessionMachine.ts';
import { type ActivitySource, startActivitySources } from '../activity/activitySource.ts';
import { watchDomActivity } from '../activity/domActivity.ts';
import type { Continuity } from '../environment/continuity.ts';
import { watchEnvironment } from '../environment/pageEnvironment.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { Vault } from '../vault/vault.ts';
import { createLoginService } from './loginService.ts';
import type { SignInCalls } from './signInCalls.ts';
import type { SessionMachine } from './session.ts';
import type { Platform } from './platform.ts';

/** What the services of one session have in common. */
export interface ServiceDeps extends Platform {
  /** The second chunk; rejects with `code_not_loaded`. */
  grants(): Promise<Grants>;
  readonly vault: Vault;
  readonly calls: SignInCalls;
  readonly activity: readonly ActivitySource[];
  readonly rotatingDisplay: boolean | undefined;
  readonly continuity: Continuity;
  onError(error: SessionError): void;
}

const notLoaded = failureOf('transient', 'code_not_loaded');

/** The session's machine with its services: everything that touches the world. */
export const provideServices = (parts: ServiceDeps): SessionMachine => {
  const { clock, random, window, vault, grants, continuity, onError } = parts;

  const domSources: ActivitySource[] = window
    ? [(onActive) => watchDomActivity({ window, clock, onActive, rotatingDisplay: parts.rotatingDisplay })]
    : [];

  return createSessionMachine({ clock, random }).provide({
    actors: {
      login: createLoginService(parts),
      refresh: serviceFrom<RefreshRequested, RefreshGranted | RefreshFailed>((request) => {
        const permit = vault.permitRenewal();
        return grants().then(
          ({ refresh }) => refresh(request, permit),
          (error: SessionError): RefreshFailed => {
            onError(error);
            return { ...request, type: 'refresh.failed', failure: notLoaded };
          },
        );
      }),
      record: serviceFrom<RecordRequested, RecordLoaded>((request) =>
        // Asked once somebody is signed in, so it is there.
        grants().then(({ record }) => record(request)),
      ),
      activity: fromCallback(({ sendBack }) =>
        startActivitySources([...domSources, ...parts.activity], () => sendBack({ type: 'user.active' })),
      ),
      environment: fromCallback(({ sendBack }) =>
        watchEnvironment({
          window,
          clock,
          continuity,
          onAwake: (restored) => sendBack({ type: 'page.awake', restored }),
          onOnline: () => sendBack({ type: 'network.online' }),
          onOffline: () => sendBack({ type: 'network.offline' }),
        }),
      ),
    },
  });
};
