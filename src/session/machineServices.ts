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
import type { SessionError } from '../errors/sessionError.ts';
import type { Vault } from '../vault/vault.ts';
import type { Endings } from './endings.ts';
import type { Identity } from './identity.ts';
import { codeNotLoaded, createLoginService } from './loginService.ts';
import type { Loaded } from './openGrants.ts';
import type { Platform } from './platform.ts';
import type { Stop } from '../time/stop.ts';
import type { Tickets } from './tickets.ts';
import type { WatchDeps } from './watch.ts';

/** What the services of one session have in common. */
export interface ServiceDeps extends WatchDeps {
  readonly platform: Platform;
  /** The second chunk; rejects with `code_not_loaded`. */
  grants(): Promise<Loaded>;
  /** The same, as soon as it is there; nobody asks for it. */
  readonly loaded: Promise<Loaded>;
  readonly vault: Vault;
  readonly tickets: Tickets;
  readonly identity: Pick<Identity<unknown>, 'noteError'>;
  readonly endings: Pick<Endings, 'hear' | 'heard'>;
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

/** The services of one session: everything that touches the world. */
export const createServices = (deps: ServiceDeps): SessionServices => {
  const { platform, vault, grants, loaded, identity } = deps;

  /** Nothing is watched before it is loaded: until then there is no session to keep. */
  const onceLoaded = (begin: (parts: Loaded) => Stop): Stop => {
    let isStopped = false;
    let stop: Stop | undefined;
    void loaded.then((parts) => (stop = isStopped ? undefined : begin(parts)));
    return () => {
      isStopped = true;
      stop?.();
    };
  };

  return {
    clock: platform.clock,
    random: platform.random,
    login: createLoginService(deps),
    refresh(request) {
      const permit = vault.permitRenewal();
      return grants().then(
        ({ refresh }) => refresh(request, permit),
        (error: SessionError) => {
          identity.noteError(error);
          return { ...request, type: 'refresh.failed', failure: codeNotLoaded };
        },
      );
    },
    // Asked once somebody is signed in, so it is there.
    record: (request) => grants().then(({ record }) => record(request)),
    activity: (tell) => onceLoaded(({ watchActivity }) => watchActivity(deps, tell)),
    environment: (tell) =>
      onceLoaded(({ watchPage, listen }) => {
        const stops = [watchPage(deps, tell), listen()];
        return () => stops.forEach((stop) => stop());
      }),
  };
};
