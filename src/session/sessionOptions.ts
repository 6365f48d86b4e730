import type { ActivitySource } from '../activity/activitySource.ts';
import type { IdTokenClaims, UserMapper } from '../claims/user.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { IdleRequests } from '../gate/admission.ts';
import type { SignedOutRequests } from '../gate/passage.ts';
import type { GrantOptions } from '../grants/grantOptions.ts';
import type { Clock, Milliseconds } from '../time/clock.ts';
import type { Inspector } from './inspectors.ts';

/** When the user counts as away, and what follows. */
export interface IdleOptions {
  /**
   * Time without activity after which the user counts as away and nothing is renewed.
   * @default 15 minutes, or half of the refresh token's life if that is shorter
   */
  readonly after?: Milliseconds;
  /**
   * Time without activity after which the session is ended, here and at the provider.
   * @default never: the session ends with its refresh token
   */
  readonly signOutAfter?: Milliseconds;
  /** How long before the end of an idle session `warned` is emitted; at least 20 s (WCAG 2.2.1). @default 60_000 */
  readonly warnBefore?: Milliseconds;
  /** During the warning, only `session.stay()` counts as staying. @default false */
  readonly confirm?: boolean;
  /**
   * What happens to a request while the user is away and the token has expired: it fails at once, waits until the user is
   * back, or renews the token (then requests keep the session alive). @default 'reject'
   */
  readonly requests?: IdleRequests;
  /** For a display that switches its tabs automatically: becoming visible does not count as activity. @default false */
  readonly rotatingDisplay?: boolean;
}

/** The options of `createSession`. */
export interface SessionOptions<User = IdTokenClaims> extends GrantOptions {
  /** Distinguishes the sessions of one page. @default issuer and client id */
  readonly name?: string;
  /**
   * The origins that receive the token, compared exactly; other requests are sent without it. `'self'` is the page's own
   * origin. On a server, which has no page, name the origin of your API.
   * @default 'self'
   */
  readonly tokenOrigins?: string | readonly string[];
  /** With `false` the user never counts as away. @default see {@link IdleOptions} */
  readonly idle?: false | IdleOptions;
  /** What happens to requests to token origins while no user is signed in. @default { requests: 'reject' } */
  readonly signedOut?: { readonly requests?: SignedOutRequests };
  /**
   * All tabs of the origin share one session. Then tabs pass tokens to each other, which any script of the origin can ask for.
   * With `false` each tab has tokens of its own; a sign-out is still seen by all.
   * @default true
   */
  readonly tabs?: boolean;
  /** Additional signs of presence beside the DOM's. @default none */
  readonly activity?: readonly ActivitySource[];
  /** Builds `session.user` from the claims. @default the ID token's claims */
  readonly user?: UserMapper<User>;
  /** How long a request waits for a token. @default 8000, below ky's time-out of 10 s */
  readonly waitTimeout?: Milliseconds;
  /** Sends all requests. @default `globalThis.fetch`, looked up at each call */
  readonly fetch?: typeof globalThis.fetch;
  /** The source of time. @default the system's clocks */
  readonly clock?: Clock;
  /** Receives problems that are not fatal. @default `console.warn` */
  readonly onWarning?: (warning: SessionError) => void;
  /** An XState inspector, attached from the start. If it throws, the machine is not affected. */
  readonly inspect?: Inspector;
}
