import { createGate, type Gate, type GateDeps } from '../gate/gate.ts';
import type { RequestEvent } from '../gate/requestEvent.ts';
import type { Vault } from '../vault/vault.ts';
import { lazily } from '../time/lazily.ts';
import { createListeners } from '../time/listeners.ts';
import { noSelf } from './noSelf.ts';
import type { Loaded } from './openGrants.ts';
import type { Platform } from './platform.ts';
import type { Settings } from './resolveOptions.ts';
import type { Session } from './session.ts';
import { createSessionForGate, type SessionForGateDeps } from './sessionForGate.ts';
import { warn } from './warn.ts';
import type { Writable } from './writable.ts';

/** What the gate of a session is made from. */
export interface SessionGateDeps extends SessionForGateDeps {
  readonly settings: Settings;
  readonly platform: Platform;
  readonly vault: Pick<Vault, 'bearer' | 'lease'>;
  /** The second chunk; rejects with `code_not_loaded`. */
  grants(): Promise<Loaded>;
}

/** The gate of a session over all its starts and stops. */
export interface SessionGate extends Pick<Gate, 'stop'> {
  /** What the app has of it. */
  readonly calls: Omit<Gate, 'stop'> & Pick<Session<unknown>, 'onRequest'>;
  /** After a stop: lets requests through again. */
  reopen(): void;
}

const nothing = (): undefined => undefined;

/** What requests are sent with; a worker has a location as well. */
const transportOf = ({ settings, platform }: SessionGateDeps): typeof fetch => {
  const untold = platform.fetch;
  if (globalThis.location || !settings.tokenOrigins.includes('self')) return untold;
  const tellNowhere = lazily(async () => warn(settings, noSelf()));
  return (...asked) => {
    void tellNowhere();
    return untold(...asked);
  };
};

export const createSessionGate = (deps: SessionGateDeps): SessionGate => {
  const { settings, platform, vault, clock, grants } = deps;
  const session = createSessionForGate(deps);
  const requests = createListeners<RequestEvent>();
  const gateDeps: Writable<GateDeps> = {
    vault,
    clock,
    session,
    transport: transportOf(deps),
    loadRetry: async () => (await grants()).createRetry,
    origins: settings.tokenOrigins,
    baseUri: () => platform.window?.document.baseURI,
    ...(settings.extractTokens && {
      onAnswer: (...seen) => void grants().then(({ adoptFrom }) => adoptFrom(...seen), nothing),
    }),
    waitMs: settings.waitTimeout,
    idleRequests: settings.idle.requests,
    signedOutRequests: settings.signedOut.requests,
  };
  let gate = createGate(gateDeps);
  return {
    reopen: () => void (gate = createGate(gateDeps)),
    stop: (why) => gate.stop(why),
    calls: {
      fetch: (...asked) => gate.fetch(...asked),
      admit: (request) => gate.admit(request),
      getAccessToken: (options) => gate.getAccessToken(options),
      peekAccessToken: () => gate.peekAccessToken(),
      onRequest(observer) {
        const stop = requests.add(observer);
        gateDeps.onRequest = requests.tell;
        return () => {
          stop();
          // Without observers the gate makes no events.
          if (requests.count() === 0) gateDeps.onRequest = undefined;
        };
      },
    },
  };
};
