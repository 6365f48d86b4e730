import ky from 'ky';
import * as oauth from 'oauth4webapi';
import { SessionError, type SessionErrorCode } from '../../errors/sessionError.ts';
import { type Clock, type Instant, type Milliseconds, readInstant } from '../../time/clock.ts';
import type { Endpoints, GrantOptions } from '../grantOptions.ts';
import { withAnswerRead } from './errorAnswer.ts';
import { toSessionError } from './toSessionError.ts';
import { withTimeout } from './withTimeout.ts';

/** What a provider is reached with. */
export interface ProviderDeps {
  readonly clock: Clock;
  /** The transport beneath ky. */
  readonly fetch: typeof globalThis.fetch;
  /** The S256 digest of a PKCE verifier; by default `crypto.subtle`. */
  readonly digest?: ((verifier: string) => Promise<string>) | undefined;
  /** State, nonce and PKCE verifier; at least 43 unreserved characters (RFC 7636 §4.1). */
  readonly random?: () => string;
}

/** Options for the request functions of `oauth4webapi`. */
export interface ProviderHttp {
  readonly [oauth.customFetch]: (url: string, init: object) => Promise<Response>;
  readonly [oauth.allowInsecureRequests]: boolean;
  readonly signal: AbortSignal;
}

/** How one request is made and how its failure reads. */
interface AskOptions {
  /** What `invalid_grant` means. @default 'grant_refused' */
  readonly refused?: SessionErrorCode | undefined;
  readonly keepalive?: boolean;
}

/** An authorization server and our client there. */
export interface Provider {
  readonly config: GrantOptions;
  /** OAuth `scope` where a sign-in asks for no other. */
  readonly scope: string;
  readonly tokenTimeoutMs: Milliseconds;
  readonly clock: Clock;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly digest: (verifier: string) => Promise<string>;
  readonly random: () => string;
  /** The server's metadata (RFC 8414), discovered once; asked for again after a failure. */
  metadata(): Promise<oauth.AuthorizationServer>;
  /** One of its endpoints, `undefined` where it has none. */
  endpoint(name: keyof Endpoints): Promise<URL | undefined>;
  /** One request within the time-out, its failure as a {@link SessionError}. `sentAt` is when it was handed to the transport. */
  ask<T>(
    action: string,
    run: (http: ProviderHttp, sentAt: () => Instant) => Promise<T>,
    options?: AskOptions,
  ): Promise<T>;
}

/** Without discovery nothing says how ID tokens are signed; `none` and shared secrets stay refused. */
const SIGNATURES = 'RS256 PS256 ES256 EdDSA Ed25519 RS384 PS384 ES384 RS512 PS512 ES512'.split(' ');

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

const digestByPlatform = (verifier: string): Promise<string> => {
  if (globalThis.crypto?.subtle) return oauth.calculatePKCECodeChallenge(verifier);
  throw new SessionError(
    'platform_unsupported',
    'Sign-in by redirect needs `crypto.subtle`: open the page over https or on localhost',
  );
};

const authenticationOf = ({ clientSecret, clientAuthentication }: GrantOptions): oauth.ClientAuth => {
  if (!clientSecret) return oauth.None();
  if (clientAuthentication === 'client_secret_post') return oauth.ClientSecretPost(clientSecret);
  return oauth.ClientSecretBasic(clientSecret);
};

/** The provider of a session. Nothing is asked of it before it is needed. */
export const createProvider = (
  config: GrantOptions,
  { clock, fetch, digest = digestByPlatform, random = oauth.generateRandomState }: ProviderDeps,
): Provider => {
  const issuer = new URL(config.issuer);
  const tokenTimeoutMs = config.tokenTimeout ?? 10_000;
  const allowsHttp = (config.allowInsecureRequests ?? false) || LOOPBACK.test(issuer.hostname);

  const ask: Provider['ask'] = (action, run, { refused, keepalive = false } = {}) => {
    let sentAt = readInstant(clock);
    const send = (url: string, init: object): Promise<Response> => {
      sentAt = readInstant(clock);
      return ky(url, {
        ...init,
        fetch,
        keepalive,
        retry: 0,
        throwHttpErrors: false,
        // ky's own time-out is real time.
        timeout: false,
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      });
    };
    const fail = async (thrown: unknown): Promise<never> => {
      throw toSessionError(await withAnswerRead(thrown), {
        action: `${action} at ${config.issuer}`,
        refused,
        nowWallMs: clock.wallMs(),
      });
    };
    const options = { [oauth.customFetch]: send, [oauth.allowInsecureRequests]: allowsHttp };
    // The first `fail` reads error answers within the time-out, the second is for the time-out itself.
    return withTimeout(clock, tokenTimeoutMs, (signal) =>
      run({ ...options, signal }, () => sentAt).catch(fail),
    ).catch(fail);
  };

  const discover = (): Promise<oauth.AuthorizationServer> =>
    ask("Reading the provider's metadata", async (http) =>
      oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, http)),
    );

  const stated = { issuer: config.issuer, id_token_signing_alg_values_supported: SIGNATURES };
  const find = async (): Promise<oauth.AuthorizationServer> => ({
    ...(config.endpoints?.token_endpoint ? stated : await discover()),
    ...config.endpoints,
  });

  let found: Promise<oauth.AuthorizationServer> | undefined;
  const metadata = (): Promise<oauth.AuthorizationServer> => {
    found ??= find().catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };

  return {
    config,
    scope: config.scope ?? 'openid profile',
    tokenTimeoutMs,
    clock,
    client: { client_id: config.clientId },
    authentication: authenticationOf(config),
    digest,
    random,
    metadata,
    ask,
    async endpoint(name) {
      const value = (await metadata())[name];
      if (value === undefined) return undefined;
      if ((allowsHttp ? /^https?:/ : /^https:/).test(value)) return new URL(value);
      throw new SessionError('option_invalid', `The provider's ${name} must be an https URL: ${value}`);
    },
  };
};
