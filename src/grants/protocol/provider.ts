import ky from 'ky';
import * as oauth from 'oauth4webapi';
import { SessionError } from '../../errors/sessionError.ts';
import { type Clock, type Instant, readInstant } from '../../time/clock.ts';
import type { Endpoints, GrantOptions } from '../grantOptions.ts';
import type { LoadOptional } from '../loadOptional.ts';
import { parseUrl } from '../../url/parseUrl.ts';
import { settleWithin } from '../../time/settleWithin.ts';
import { withAnswerRead } from './errorAnswer.ts';
import type { ErrorMeaning } from './errorCode.ts';
import { discover, requireIssuer } from './discover.ts';
import { idTokenSignatures } from './idTokenSignatures.ts';
import { nativeCauseOf } from './nativeCause.ts';
import { secretsIn } from './secretsIn.ts';
import { type FailureContext, tidied, toSessionError } from './toSessionError.ts';

/** What a provider is reached with. */
export interface ProviderDeps {
  readonly clock: Clock;
  /** The transport beneath ky. */
  readonly fetch: typeof globalThis.fetch;
  /** The S256 digest of a PKCE verifier; by default `crypto.subtle`. */
  readonly digest?: ((verifier: string) => Promise<string>) | undefined;
  /** State, nonce and PKCE verifier; at least 43 unreserved characters (RFC 7636 §4.1). */
  readonly random?: () => string;
  readonly loadOptional: LoadOptional;
}

/** Options for the request functions of `oauth4webapi`. */
export interface ProviderHttp {
  readonly [oauth.customFetch]: (url: string, init: object) => Promise<Response>;
  readonly [oauth.allowInsecureRequests]: boolean;
  readonly signal: AbortSignal;
}

/** How one request is made and how its failure reads. */
export interface AskOptions extends ErrorMeaning, Pick<FailureContext, 'remedies'> {
  /** Values that no error may show; those of the requests are added. */
  readonly secrets?: string[] | undefined;
  readonly keepalive?: boolean;
}

/** An authorization server and our client there. */
export interface Provider {
  readonly config: GrantOptions;
  /** OAuth `scope` where a sign-in asks for no other. */
  readonly scope: string;
  readonly clock: Clock;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly digest: (verifier: string) => Promise<string>;
  readonly random: () => string;
  readonly loadOptional: LoadOptional;
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
  { clock, fetch, loadOptional, digest = digestByPlatform, random = oauth.generateRandomState }: ProviderDeps,
): Provider => {
  const { hostname: issuerHost } = new URL(config.issuer);
  const tokenTimeoutMs = config.tokenTimeout ?? 10_000;

  /** Plain http is read by nobody on a loopback address; elsewhere the app must allow it. */
  const isAllowed = ({ protocol, hostname }: URL): boolean =>
    protocol === 'https:' ||
    (protocol === 'http:' &&
      (config.allowInsecureRequests || (LOOPBACK.test(issuerHost) && LOOPBACK.test(hostname))));

  const requireAllowed = (what: string, address: string): URL => {
    const url = parseUrl(address);
    if (url && isAllowed(url)) return url;
    throw new SessionError(
      'option_invalid',
      `The provider's ${what} must be an https URL: ${tidied(address, [])}`,
    );
  };

  const ask: Provider['ask'] = (action, run, { keepalive = false, secrets = [], ...meaning } = {}) => {
    let sentAt = readInstant(clock);
    const controller = new AbortController();
    const { signal } = controller;
    const send = (url: string, init: RequestInit): Promise<Response> => {
      requireAllowed('address', url);
      secrets.push(...secretsIn(init));
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
      }).catch((thrown: unknown) => {
        // What a transport throws is not ours, whatever it looks like.
        throw nativeCauseOf(thrown, (text) => text);
      });
    };
    const fail = async (thrown: unknown): Promise<never> => {
      throw toSessionError(await withAnswerRead(thrown), {
        ...meaning,
        action: `${action} at ${config.issuer}`,
        secrets,
        nowWallMs: clock.wallMs(),
      });
    };
    // Which addresses may do without TLS is judged above, one by one.
    const http = { [oauth.customFetch]: send, [oauth.allowInsecureRequests]: true, signal };
    // The first `fail` reads error answers within the time-out, the second is for the time-out itself.
    return settleWithin(clock, tokenTimeoutMs, run(http, () => sentAt).catch(fail)).catch(
      (thrown: unknown) => {
        controller.abort(thrown);
        return fail(thrown);
      },
    );
  };

  const find = async (): Promise<oauth.AuthorizationServer> => {
    requireIssuer(config.issuer);
    const { endpoints } = config;
    const found = endpoints?.token_endpoint ? { issuer: config.issuer } : await discover(config.issuer, ask);
    return { ...found, ...idTokenSignatures(found.id_token_signing_alg_values_supported), ...endpoints };
  };

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
    clock,
    client: { client_id: config.clientId },
    authentication: authenticationOf(config),
    digest,
    random,
    loadOptional,
    metadata,
    ask,
    async endpoint(name) {
      const value = (await metadata())[name] ?? undefined;
      return value === undefined ? undefined : requireAllowed(name, value);
    },
  };
};
