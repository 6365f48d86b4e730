import { runAppCode } from '../errors/runAppCode.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { GrantDeps } from '../grants/grantDeps.ts';
import { lazily } from '../time/lazily.ts';
import type { Landing } from './landing.ts';
import type { Identity } from './identity.ts';
import type { Loaded } from './openGrants.ts';
import { loadOptionalChunk, type Platform } from './platform.ts';
import type { Settings } from './resolveOptions.ts';
import type { Seat } from './seat.ts';
import { warn } from './warn.ts';

/** What a session lends to its grants. */
export interface LoadGrantsDeps extends Pick<GrantDeps, 'vault' | 'continuity' | 'tabMessages'> {
  readonly seat: Seat;
  readonly settings: Settings;
  readonly platform: Platform;
  readonly identity: Identity<unknown>;
  readonly landing: Landing;
  /** Told once the chunk is there. */
  onLoaded(parts: Loaded): void;
}

const notLoaded = (cause: unknown): never => {
  const message =
    'A part of token-vigil could not be loaded. Was a new version of the app deployed? Reload the page';
  throw new SessionError('code_not_loaded', message, { retryable: true, cause });
};

/** Loads the second chunk at the first call. Rejects with `code_not_loaded`; the next call tries again. */
export const createLoadGrants = ({
  settings,
  platform,
  identity,
  landing,
  vault,
  seat,
  continuity,
  tabMessages,
  onLoaded,
}: LoadGrantsDeps): (() => Promise<Loaded>) => {
  const { loadOptional = loadOptionalChunk } = platform;
  const load = async (): Promise<Loaded> => {
    const grants = await platform.loadGrants({
      ...platform,
      vault,
      flights: seat,
      continuity,
      tabMessages,
      tell: (event) => seat.send?.(event),
      loadOptional: () => loadOptional().catch(notLoaded),
      name: settings.name,
      options: settings,
      onUser: identity.noteUser,
      onError: identity.noteError,
      onWarning: (warning) => warn(settings, warning),
      onReturn(...returned) {
        const listener = landing.listener();
        if (listener) runAppCode(() => listener(...returned));
        return listener !== undefined;
      },
      onArrived: landing.settle,
    });
    onLoaded(grants);
    return grants;
  };
  return lazily(() => load().catch(notLoaded));
};
