import { failureOf } from '../../machines/failureOf.ts';
import type {
  LoginRequested,
  RecordLoaded,
  RecordRequested,
  RefreshFailed,
  RefreshGranted,
  RefreshRequested,
  SessionEvent,
} from '../../machines/sessionEvents.ts';
import type { MachineSeams } from '../../machines/sessionMachine.ts';
import { type ActivitySource, startActivitySources } from '../activity/activitySource.ts';
import { watchDomActivity } from '../activity/domActivity.ts';
import type { Continuity } from '../environment/continuity.ts';
import { watchEnvironment } from '../environment/pageEnvironment.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { Vault } from '../vault/vault.ts';
import { createLoginService } from './loginService.ts';
import type { Platform } from './platform.ts';
import type { Stop } from './session.ts';
import type { SignInCalls } from './signInCalls.ts';

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

/** Tells the machine. */
type Tell = (event: SessionEvent) => void;

/** What the services of one session do. */
export interface SessionServices extends MachineSeams {
  login(receive: (listener: (request: LoginRequested) => void) => void, tell: Tell): Stop;
  refresh(request: RefreshRequested): Promise<RefreshGranted | RefreshFailed>;
  record(request: RecordRequested): Promise<RecordLoaded | undefined>;
  activity(tell: Tell): Stop;
  environment(tell: Tell): Stop;
}

const notLoaded = failureOf('transient', 'code_not_loaded');

/** The services of one session: everything that touches the world. */
export const createServices = (deps: ServiceDeps): SessionServices => {
  const { clock, random, window, vault, grants, continuity, onError } = deps;

  const domSources: ActivitySource[] = window
    ? [(onActive) => watchDomActivity({ window, clock, onActive, rotatingDisplay: deps.rotatingDisplay })]
    : [];

  return {
    clock,
    random,
    login: createLoginService(deps),
    refresh(request) {
      const permit = vault.permitRenewal();
      return grants().then(
        ({ refresh }) => refresh(request, permit),
        (error: SessionError) => {
          onError(error);
          return { ...request, type: 'refresh.failed', failure: notLoaded };
        },
      );
    },
    // Asked once somebody is signed in, so it is there.
    record: (request) => grants().then(({ record }) => record(request)),
    activity: (tell) =>
      startActivitySources([...domSources, ...deps.activity], () => tell({ type: 'user.active' })),
    environment: (tell) =>
      watchEnvironment({
        window,
        clock,
        continuity,
        onAwake: (restored) => tell({ type: 'page.awake', restored }),
        onOnline: () => tell({ type: 'network.online' }),
        onOffline: () => tell({ type: 'network.offline' }),
      }),
  };
};
