import { createGate, type Gate } from '../gate/gate.ts';
import type { Adoption } from './adoption.ts';
import type { Platform } from './platform.ts';
import type { Settings } from './resolveOptions.ts';
import { createSessionForGate, type SessionForGateDeps } from './sessionForGate.ts';
import type { Vault } from '../vault/vault.ts';

/** What the gate of a session is made from. */
export interface SessionGateDeps extends SessionForGateDeps {
  readonly settings: Settings;
  readonly platform: Platform;
  readonly vault: Vault;
  readonly onAnswer: Adoption['onAnswer'];
}

/** The gate of a session over all its starts and stops. */
export interface SessionGate extends Gate {
  /** After a stop: lets requests through again. */
  reopen(): void;
}

export const createSessionGate = (deps: SessionGateDeps): SessionGate => {
  const { settings, platform, vault, clock, onAnswer } = deps;
  const session = createSessionForGate(deps);
  const open = (): Gate =>
    createGate({
      vault,
      clock,
      session,
      transport: platform.fetch,
      origins: settings.tokenOrigins,
      baseUri: () => platform.window?.document.baseURI,
      onAnswer: settings.extractTokens && onAnswer,
      waitMs: settings.waitTimeout,
      idleRequests: settings.idle.requests,
      signedOutRequests: settings.signedOut.requests,
    });
  let gate = open();
  return {
    reopen: () => void (gate = open()),
    fetch: (input, init) => gate.fetch(input, init),
    getAccessToken: (options) => gate.getAccessToken(options),
    peekAccessToken: () => gate.peekAccessToken(),
    admit: (request) => gate.admit(request),
    stop: () => gate.stop(),
  };
};
