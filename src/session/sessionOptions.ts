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
   * Without activity for this long the user is away and nothing is renewed.
   * @default 15 minutes, or half of the refresh token's life where that is shorter
   */
  readonly after?: Milliseconds;
  /**
   * Without activity for this long the session is ended, here and at the provider; counted from the last activity.
   * @default never: the refresh token's own end does it
   */
  readonly signOutAfter?: Milliseconds;
  /** How long before the end of an idle session `warned` is told; at least 20 s (WCAG 2.2.1). @default 60_000 */
  readonly warnBefore?: Milliseconds;
  /** While warning, only `session.stay()` counts as staying. @default false */
  readonly confirm?: boolean;
  /**
   * What becomes of a request while the user is away and the token has lapsed: a typed error at once, a wait until the
   * user is back, or a renewal (then requests keep the session alive). @default 'reject'
   */
  readonly requests?: IdleRequests;
  /** The display turns its tabs by itself: becoming visible is no activity. @default false */
  readonly rotatingDisplay?: boolean;
}

/** Everything `createSession` takes. */
export interface SessionOptions<User = IdTokenClaims> extends GrantOptions {
  /** Tells sessions of one page apart. @default issuer and client id */
  readonly name?: string;
  /**
   * Origins that may receive the token, exactly; requests to others go without one. `'self'` is the page's own: where there
   * is no page, as on a server, name your API's.
   * @default 'self'
   */
  readonly tokenOrigins?: string | readonly string[];
  /** `false`: nobody is ever away. @default as {@link IdleOptions} says */
  readonly idle?: false | IdleOptions;
  /** Requests to token origins while nobody is signed in. @default { requests: 'reject' } */
  readonly signedOut?: { readonly requests?: SignedOutRequests };
  /** Further signs of presence beside the DOM's. @default none */
  readonly activity?: readonly ActivitySource[];
  /** Makes `session.user` from the claims. @default the ID token's claims */
  readonly user?: UserMapper<User>;
  /** How long a request waits for a token. @default 8000, below ky's time-out of 10 s */
  readonly waitTimeout?: Milliseconds;
  /** The transport beneath everything. @default `globalThis.fetch`, looked up at each call */
  readonly fetch?: typeof globalThis.fetch;
  /** Where time comes from. @default the system's clocks */
  readonly clock?: Clock;
  /** Told of what is wrong but not fatal. @default `console.warn` */
  readonly onWarning?: (warning: SessionError) => void;
  /** An XState inspector. What it throws is kept from the machine. */
  readonly inspect?: Inspector;
}
