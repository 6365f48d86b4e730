import { demoAudience } from '../audience.ts';
import { type UrlPolicy, urlPolicy } from '../http/origins.ts';
import { type DemoUser, demoUsers } from './users.ts';

/** How the demo's provider behaves. */
export interface DemoProviderOptions {
  /** @default 0, any free one */
  readonly port?: number;
  /** The host in the issuer; it always listens on 127.0.0.1. @default '127.0.0.1' */
  readonly host?: 'localhost' | '127.0.0.1';
  /** Life of access and ID tokens. @default 5 */
  readonly accessTokenSeconds?: number;
  /** Life of a refresh token; each refresh gives a new one with a full life. @default 20 */
  readonly refreshTokenSeconds?: number;
  /** When a sign-in is over however often it is refreshed; tokens get shorter towards it. @default never */
  readonly sessionMaxSeconds?: number;
  /** Whether answers say how long the refresh token lives; `zero` says 0, no known end. @default true */
  readonly stateRefreshExpiresIn?: boolean | 'zero';
  /** Who the access tokens are for. @default {@link demoAudience} */
  readonly audience?: string;
  /** Where sign-in and sign-out may return to. @default every address on loopback */
  readonly redirectUris?: readonly string[];
  /** Pages that may call the provider. @default every origin on loopback */
  readonly origins?: readonly string[];
  /** Who can sign in. @default {@link demoUsers} */
  readonly users?: readonly DemoUser[];
}

/** {@link DemoProviderOptions} with every question answered. */
export interface Settings extends Required<
  Omit<DemoProviderOptions, 'sessionMaxSeconds' | 'redirectUris' | 'origins'>
> {
  readonly sessionMaxSeconds: number | undefined;
  readonly allowsRedirect: UrlPolicy;
  readonly allowsOrigin: UrlPolicy;
}

/** Fills in the defaults, once. */
export function settingsFrom(options: DemoProviderOptions): Settings {
  return {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    accessTokenSeconds: options.accessTokenSeconds ?? 5,
    refreshTokenSeconds: options.refreshTokenSeconds ?? 20,
    sessionMaxSeconds: options.sessionMaxSeconds,
    stateRefreshExpiresIn: options.stateRefreshExpiresIn ?? true,
    audience: options.audience ?? demoAudience,
    allowsRedirect: urlPolicy(options.redirectUris),
    allowsOrigin: urlPolicy(options.origins),
    users: options.users ?? demoUsers,
  };
}
