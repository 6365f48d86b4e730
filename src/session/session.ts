import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { SessionFact } from '../../machines/sessionEvents.ts';
import type { createSessionMachine } from '../../machines/sessionMachine.ts';
import type { IdTokenClaims } from '../claims/user.ts';
import type { Admit } from '../gate/door.ts';
import type { RequestObserver } from '../gate/requestEvents.ts';
import type { ReturnListener } from '../grants/grantOptions.ts';
import type { SignInOptions, SignOutOptions } from '../grants/signInOptions.ts';
import type { TokenResponse } from '../grants/tokenResponse.ts';
import type { Milliseconds } from '../time/clock.ts';
import type { Inspector } from './inspectors.ts';
import type { RemainingOf } from './remaining.ts';
import type { Selection } from './selection.ts';
import type { SessionView } from './sessionView.ts';

/** The statechart behind a session. */
export type SessionMachine = ReturnType<typeof createSessionMachine>;

/** What the machine is in and knows. Plain data without secrets. */
export type SessionSnapshot = SnapshotFrom<SessionMachine>;

/** The running machine, for reading: hand it to `useSelector` of any XState adapter. */
export type SessionActor = Pick<ActorRefFrom<SessionMachine>, 'getSnapshot' | 'subscribe' | 'on'>;

/** What is known of tokens that a backend sent along. */
export interface AdoptOptions {
  /** When the request that brought them was sent, milliseconds since the Unix epoch. @default now */
  readonly requestedAt?: Milliseconds;
}

/** Undoes what returned it. */
export type Stop = () => void;

/**
 * One signed-in user at one provider, watched over. Its fields are getters that all sessions share, so a copy by spread has
 * none of them: pass the session itself.
 */
export interface Session<User = IdTokenClaims> extends SessionView<User> {
  /** Keys lock, record and storage; sessions of different names share a page. */
  readonly name: string;
  /** All that a UI shows, as one immutable object that stays the same until a field changes. */
  readonly view: SessionView<User>;
  /** What is subscribed here stays subscribed over stops and starts. */
  readonly actor: SessionActor;
  /**
   * Settles with the user, or `null`, when it is known whether somebody is signed in. Pending until `start`; one and the
   * same promise until another user is the answer.
   */
  readonly ready: Promise<User | null>;
  /** Settles when a sign-in by redirect has left the address bar to the app again: then a router may read it. */
  readonly arrived: Promise<void>;

  /**
   * Starts watching; the promise is `ready`. Counts nothing: see {@link Session.run}.
   *
   * @throws {SessionError} `session_conflict`: another session of the name has replaced this one, which does nothing any more
   */
  start(): Promise<User | null>;
  /**
   * Starts watching for one caller, such as a provider of a UI framework; returns that caller's stop. The session is stopped
   * when the last of them stops.
   */
  run(): Stop;
  /**
   * Removes listeners and timers, whoever runs it. A grant in flight ends and commits, so that a new `start` loses nothing.
   * Until then nothing is known: `status` is `loading`.
   */
  stop(): void;
  /**
   * Routers navigate here: told where the user was when a redirect sign-in began, in place of the option `onReturn`. Set it
   * before the start; returns an unsubscribe function.
   *
   * @throws {SessionError} `option_invalid` where it is no function
   */
  onReturn(listener: ReturnListener): Stop;
  /**
   * For apps behind a login: the restored user, or a sign-in by redirect, which takes this page's place in the history.
   *
   * @throws {SessionError} what {@link Session.signIn} throws; `sign_in_loop`; where somebody is signed in whom the provider
   *   does not accept any more, and no token is left: why (`client_refused`, `interaction_required`, `token_arrived_stale`, …)
   */
  require(options?: SignInOptions): Promise<User>;
  /**
   * Signs in: by redirect (authorization code with PKCE), or with `username` and `password`.
   * While signed in it does nothing unless it carries options: then the user authenticates again.
   *
   * @throws {SessionError} `sign_in_refused`, `sign_in_cancelled`, `client_refused`, `option_invalid`, `id_token_invalid`,
   *   `token_arrived_stale`, `response_invalid`, `provider_unavailable`, `network_failed`, `interaction_required` (with
   *   `prompt: 'none'`), `platform_unsupported`, `code_not_loaded`, `session_stopped`; by a sign-in of your own what that throws
   */
  signIn(options?: SignInOptions): Promise<User>;
  /**
   * Signs out here at once; the promise waits for what is asked of the provider, and does not reject for want of it.
   *
   * @throws {SessionError} `session_conflict`: another session of the name has replaced this one
   */
  signOut(options?: SignOutOptions): Promise<void>;
  /**
   * Renews now, also while the user is idle.
   *
   * @throws {SessionError} `signed_out`, `grant_refused`, `interaction_required`, `client_refused`, `id_token_invalid`,
   *   `token_arrived_stale`, `response_invalid`, `provider_unavailable`, `network_failed`, `option_invalid`, `code_not_loaded`,
   *   `session_stopped`; by a refresh of your own what that throws
   */
  renew(): Promise<void>;
  /**
   * Takes tokens that a backend sent along, and tells whether they are the session's now: older ones than those at hand, any
   * while nobody is signed in, and another user's, which end the session, are not. Life counts from when the request that
   * brought them was sent.
   *
   * @throws {SessionError} `response_invalid`, `token_arrived_stale`, `id_token_invalid` (it does not continue ours),
   *   `option_invalid`, `code_not_loaded`; for an OAuth `error` among them what that means, such as `grant_refused`
   */
  adopt(tokens: TokenResponse, options?: AdoptOptions): Promise<boolean>;
  /** Answers the idle warning. */
  stay(): void;
  /** A sign of presence that the DOM does not show: a player, an editor, a frame. At most one a second counts. */
  touch(): void;
  /** Counts as presence until released: a call, an upload, a wall display. */
  keepAwake(): Stop;

  /**
   * A `fetch` that waits for a fresh token and never sends another. Beside what `fetch` throws:
   *
   * @throws {SessionError} `signed_out`, `session_ended`, `session_idle`, `wait_timed_out`, `session_stopped`; where the
   *   provider does not renew any more, why: `client_refused`, `interaction_required`, `response_invalid`, …
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * The same for clients that are not `fetch`, such as an XMLHttpRequest that shows how far an upload is.
   *
   * @throws {SessionError} what {@link Session.fetch} throws; `option_invalid`
   */
  readonly admit: Admit;
  /**
   * Shows every event of requests to token origins, without their query; returns an unsubscribe function.
   *
   * @throws {SessionError} `option_invalid` where it is no function
   */
  onRequest(observer: RequestObserver): Stop;
  /**
   * For what has no `fetch`, like a WebSocket: a token with at least `margin` left.
   *
   * @throws {SessionError} what {@link Session.fetch} throws; `option_invalid`, also where no token lives as long as that
   */
  getAccessToken(options?: { margin?: Milliseconds; signal?: AbortSignal }): Promise<string>;
  /** The token if it is fresh now. Starts nothing. */
  peekAccessToken(): string | undefined;

  /**
   * Calls back after the view has changed; returns an unsubscribe function.
   *
   * @throws {SessionError} `option_invalid` where it is no function
   */
  subscribe(listener: () => void): Stop;
  /** One value of the view, such as `({ user }) => user`. @param isSame `Object.is` by default */
  select<T>(pick: (view: SessionView<User>) => T, isSame?: (a: T, b: T) => boolean): Selection<T>;
  /**
   * What is left of the access token, or of the session if the user does nothing: milliseconds in whole steps, rounded up, on
   * the session's own clock; `null` where no end is known.
   *
   * @param stepMs a second by default
   */
  remaining(of: RemainingOf, stepMs?: Milliseconds): Selection<Milliseconds | null>;
  /** Shows an XState inspector the machine, from now on; returns a function that detaches it. */
  inspect(inspector: Inspector): Stop;
  /**
   * Calls back when something happened, `'*'` for everything; returns an unsubscribe function.
   *
   * @throws {SessionError} `option_invalid` where it is no function
   */
  on<Type extends SessionFact['type'] | '*'>(
    type: Type,
    listener: (fact: Type extends '*' ? SessionFact : Extract<SessionFact, { type: Type }>) => void,
  ): Stop;
}
