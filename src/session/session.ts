import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { SessionFact } from '../../machines/sessionEvents.ts';
import type { createSessionMachine } from '../../machines/sessionMachine.ts';
import type { IdTokenClaims } from '../claims/user.ts';
import type { Admit } from '../gate/door.ts';
import type { TabMessageEvent } from '../tabs/tabMessageEvent.ts';
import type { RequestObserver } from '../gate/requestEvents.ts';
import type { ReturnListener } from '../grants/grantOptions.ts';
import type { SignInOptions, SignOutOptions } from '../grants/signInOptions.ts';
import type { TokenResponse } from '../grants/tokenResponse.ts';
import type { Milliseconds } from '../time/clock.ts';
import type { Inspector } from './inspectors.ts';
import type { Stop } from '../time/stop.ts';
import type { RemainingOf } from './remainingOf.ts';
import type { Selection } from './selection.ts';
import type { SessionView } from './sessionView.ts';

/** The statechart behind a session. */
export type SessionMachine = ReturnType<typeof createSessionMachine>;

/** The state of the machine and its context: plain data without secrets. */
export type SessionSnapshot = SnapshotFrom<SessionMachine>;

/** The running machine, for reading: pass it to `useSelector` of any XState adapter. */
export type SessionActor = Pick<ActorRefFrom<SessionMachine>, 'getSnapshot' | 'subscribe' | 'on'>;

/** What is known of tokens that a backend sent with an answer. */
export interface AdoptOptions {
  /** When the request that brought them was sent, milliseconds since the Unix epoch. @default now */
  readonly requestedAt?: Milliseconds;
}

/**
 * The session of one user at one provider. Its fields are getters on a shared prototype, so a copy by spread does not have
 * them: pass the session itself.
 */
export interface Session<User = IdTokenClaims> extends SessionView<User> {
  /** The key of lock, record and storage. Sessions of different names can share a page. */
  readonly name: string;
  /** Everything that a UI shows, as one immutable object that stays the same until a field changes. */
  readonly view: SessionView<User>;
  /** The running machine. A subscription lasts across stops and starts of the session. */
  readonly actor: SessionActor;
  /**
   * Resolves with the user, or `null`, when it is known whether a user is signed in. It is pending until `start`, and stays the
   * same promise until the answer is another user.
   */
  readonly ready: Promise<User | null>;
  /** Resolves when the address bar belongs to the app again after a sign-in by redirect, so that a router may read it. */
  readonly arrived: Promise<void>;

  /**
   * Starts the session and returns `ready`. It does not count its callers: see {@link Session.run}.
   *
   * @throws {SessionError} `session_conflict`: another session of the same name has replaced this one, which does nothing any more
   */
  start(): Promise<User | null>;
  /**
   * Starts the session for one caller, such as a component of a UI framework, and returns a function that stops it for this
   * caller. The session stops when the last caller has stopped it.
   */
  run(): Stop;
  /**
   * Stops the session for all callers, and removes its listeners and timers. A token request that is under way is completed,
   * so that a new `start` loses nothing. Until then, `status` is `loading`.
   */
  stop(): void;
  /**
   * Calls the listener with the page that the user was on when a redirect sign-in began, so that a router can navigate there. It
   * replaces the option `onReturn`; set it before the start. Returns an unsubscribe function.
   *
   * @throws {SessionError} `option_invalid` if it is not a function
   */
  onReturn(listener: ReturnListener): Stop;
  /**
   * For apps that need a login: returns the restored user, or signs in by redirect. The redirect replaces the page's history
   * entry if the address bar already shows the page that the user will return to.
   *
   * @throws {SessionError} what {@link Session.signIn} throws; `sign_in_loop`; if the provider no longer accepts the signed-in
   *   user's session and no token is left, the reason (`client_refused`, `interaction_required`, `token_arrived_stale`, …)
   */
  require(options?: SignInOptions): Promise<User>;
  /**
   * Signs in: by redirect (authorization code with PKCE), or with `username` and `password`.
   * While a user is signed in, it does nothing without options; with options, the user authenticates again.
   *
   * @throws {SessionError} `sign_in_refused`, `sign_in_cancelled`, `client_refused`, `option_invalid`, `id_token_invalid`,
   *   `token_arrived_stale`, `response_invalid`, `provider_unavailable`, `network_failed`, `interaction_required` (with
   *   `prompt: 'none'`), `platform_unsupported`, `code_not_loaded`, `session_stopped`; what a `signIn` function of your own throws
   */
  signIn(options?: SignInOptions): Promise<User>;
  /**
   * Signs out here at once. The promise waits for the requests to the provider, but does not reject if they fail.
   *
   * @throws {SessionError} `session_conflict`: another session of the same name has replaced this one
   */
  signOut(options?: SignOutOptions): Promise<void>;
  /**
   * Renews now, also while the user is idle.
   *
   * @throws {SessionError} `signed_out`, `grant_refused`, `interaction_required`, `client_refused`, `id_token_invalid`,
   *   `token_arrived_stale`, `response_invalid`, `provider_unavailable`, `network_failed`, `option_invalid`, `code_not_loaded`,
   *   `session_stopped`; what a `refresh` function of your own throws
   */
  renew(): Promise<void>;
  /**
   * Adopts tokens that a backend sent with an answer. Resolves with `true` if the session now uses them, and with `false` if they
   * are older than the present ones, if no user is signed in, or if they name another user, which ends the session. Their life
   * counts from when the request that brought them was sent.
   *
   * @throws {SessionError} `response_invalid`, `token_arrived_stale`, `id_token_invalid` (it does not continue the present
   *   one), `option_invalid`, `code_not_loaded`; for an OAuth `error` in them the matching code, such as `grant_refused`
   */
  adopt(tokens: TokenResponse, options?: AdoptOptions): Promise<boolean>;
  /** Answers the idle warning. */
  stay(): void;
  /** Reports presence that the DOM does not show: a player, an editor, a frame. At most one call per second counts. */
  touch(): void;
  /** Counts as presence until you call the returned function: for a call, an upload, a wall display. */
  keepAwake(): Stop;

  /**
   * A `fetch` that waits for a fresh token and never sends one that is not fresh. In addition to the errors of `fetch`:
   *
   * @throws {SessionError} `signed_out`, `session_ended`, `session_idle`, `wait_timed_out`, `session_stopped`; if the
   *   provider no longer renews, the reason: `client_refused`, `interaction_required`, `response_invalid`, …
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * The same for clients that do not use `fetch`, such as an XMLHttpRequest with upload progress.
   *
   * @throws {SessionError} what {@link Session.fetch} throws; `option_invalid`
   */
  readonly admit: Admit;
  /**
   * Calls the observer for every event of requests to token origins, without their query. Returns an unsubscribe function.
   *
   * @throws {SessionError} `option_invalid` if it is not a function
   */
  onRequest(observer: RequestObserver): Stop;
  /**
   * For code that does not use `fetch`, such as a WebSocket: a token with at least `margin` left.
   *
   * @throws {SessionError} what {@link Session.fetch} throws; `option_invalid`, also if no token lives as long as `margin`
   */
  getAccessToken(options?: { margin?: Milliseconds; signal?: AbortSignal }): Promise<string>;
  /** The token if it is fresh now. Does not start the session. */
  peekAccessToken(): string | undefined;

  /**
   * Calls the listener after the view has changed. Returns an unsubscribe function.
   *
   * @throws {SessionError} `option_invalid` if it is not a function
   */
  subscribe(listener: () => void): Stop;
  /** One value of the view, such as `({ user }) => user`. @param isSame `Object.is` by default */
  select<T>(pick: (view: SessionView<User>) => T, isSame?: (a: T, b: T) => boolean): Selection<T>;
  /**
   * The remaining time of the access token, or of the session if the user does nothing: milliseconds in whole steps, rounded
   * up, on the session's own clock; `null` if no end is known.
   *
   * @param stepMs a second by default
   */
  remaining(of: RemainingOf, stepMs?: Milliseconds): Selection<Milliseconds | null>;
  /**
   * Calls the observer for every message between this tab and others, without the tokens in it. Returns an unsubscribe function.
   *
   * @throws {SessionError} `option_invalid` if it is not a function
   */
  onTabMessage(observer: (message: TabMessageEvent) => void): Stop;
  /** Attaches an XState inspector to the machine, from now on. Returns a function that detaches it. */
  inspect(inspector: Inspector): Stop;
  /**
   * Calls the listener when a fact is emitted, with `'*'` for every fact. Returns an unsubscribe function.
   *
   * @throws {SessionError} `option_invalid` if it is not a function
   */
  on<Type extends SessionFact['type'] | '*'>(
    type: Type,
    listener: (fact: Type extends '*' ? SessionFact : Extract<SessionFact, { type: Type }>) => void,
  ): Stop;
}
