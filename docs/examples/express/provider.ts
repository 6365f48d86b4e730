import * as oauth from 'oauth4webapi';
import type { ServerSettings } from './settings.ts';
import { signInError } from './signInError.ts';

/** The provider, and this server as its client. */
export interface Provider {
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly http: {
    readonly [oauth.allowInsecureRequests]: boolean;
    readonly signal: () => AbortSignal;
  };
  /**
   * Its metadata, discovered once; asked for again after a failure.
   *
   * @throws {SessionError} `network_failed`, `provider_unavailable`, `response_invalid`
   */
  metadata(): Promise<oauth.AuthorizationServer>;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1)$/;

export const createProvider = ({ issuer, clientId, clientSecret }: ServerSettings): Provider => {
  const url = new URL(issuer);
  const http = {
    [oauth.allowInsecureRequests]: LOOPBACK.test(url.hostname),
    signal: () => AbortSignal.timeout(10_000),
  };

  const discover = async (): Promise<oauth.AuthorizationServer> =>
    oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, http));

  let discovered: Promise<oauth.AuthorizationServer> | undefined;
  return {
    client: { client_id: clientId },
    authentication: oauth.ClientSecretBasic(clientSecret),
    http,
    metadata() {
      discovered ??= discover().catch((thrown: unknown) => {
        discovered = undefined;
        throw signInError(thrown);
      });
      return discovered;
    },
  };
};
