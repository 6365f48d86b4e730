/** Every code of a {@link SessionError}; each has a section in the docs. */
export type SessionErrorCode =
  /** An option is missing or wrong; the message names it and says what it must be. */
  | 'option_invalid'
  /** Two sessions of one name with different options in one page. */
  | 'session_conflict'
  /** The session was stopped. */
  | 'session_stopped'
  /** No user is signed in. */
  | 'signed_out'
  /** The sign-in that the call belonged to has ended. */
  | 'session_ended'
  /** The user is away and the token has expired. */
  | 'session_idle'
  /** No fresh token within the time a call may wait. */
  | 'wait_timed_out'
  /** The provider ended the session (`invalid_grant`). */
  | 'grant_refused'
  /** The provider does not accept the client or the request. */
  | 'client_refused'
  /** The provider is overloaded or broken (5xx, 429). */
  | 'provider_unavailable'
  /** No answer: offline, blocked, timed out, or refused by CORS. */
  | 'network_failed'
  /** The provider's answer is malformed. */
  | 'response_invalid'
  /** The ID token is wrong: issuer, audience, subject, nonce or times. */
  | 'id_token_invalid'
  /** A token had no usable life left when it arrived. */
  | 'token_arrived_stale'
  /** The user or the provider refused the sign-in. */
  | 'sign_in_refused'
  /** A silent sign-in or a renewal needs the user (`login_required` and similar). */
  | 'interaction_required'
  /** The sign-in was given up: Back button, sign-out, or a newer sign-in. */
  | 'sign_in_cancelled'
  /** Three answers of the provider in a row brought no session. */
  | 'sign_in_loop'
  /** The platform cannot do this: no secure context, no document, no storage. */
  | 'platform_unsupported'
  /** The provider does not offer what is asked of it, such as `prompt=login`. */
  | 'provider_unsupported'
  /** A part of the library could not be loaded, for example because a new version was deployed. */
  | 'code_not_loaded'
  /** Stored content was corrupt, foreign or unusable, and is ignored. */
  | 'storage_ignored'
  /** The shared record cannot be kept here; memory is used instead. */
  | 'record_unavailable'
  /** This tab does not share its session with others: the browser lacks something, or another tab has a newer release. */
  | 'tabs_unavailable'
  /** Another tab has renewed the tokens, and no tab answers that has them. */
  | 'tokens_elsewhere'
  /** The app uses the password grant, which RFC 9700 §2.4 forbids for new applications. */
  | 'password_grant_discouraged';

/** What is known about a failure beside its code. */
export interface SessionErrorDetails {
  /** HTTP status of the provider's answer. */
  readonly status?: number | undefined;
  /** OAuth `error` of the provider's answer (RFC 6749 §5.2). */
  readonly error?: string | undefined;
  /** OAuth `error_description`, shortened. */
  readonly errorDescription?: string | undefined;
  /** OAuth `grant_type` of the token request that failed, such as `refresh_token`. */
  readonly grantType?: string | undefined;
  /** Whether trying again later may help. */
  readonly retryable?: boolean | undefined;
  /** `Retry-After` of the provider's answer, milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The underlying native error; never one that holds a request or a token. */
  readonly cause?: unknown;
}

/**
 * The only class of error that this library throws; its `code` tells what happened.
 * Neither it nor its `cause` chain holds a token, a password or a request.
 */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly code: SessionErrorCode;
  readonly status: number | undefined;
  readonly error: string | undefined;
  readonly errorDescription: string | undefined;
  readonly grantType: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: SessionErrorCode,
    message: string,
    { cause, retryable = false, ...details }: SessionErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = retryable;
    Object.assign(this, details);
  }
}

/** Recognizes a {@link SessionError} by its name and the form of its code, across realms, copies and releases of this library. */
export const isSessionError = (value: unknown): value is SessionError => {
  const { name, code } = Object(value) as { name?: unknown; code?: unknown };
  return name === 'SessionError' && typeof code === 'string' && /^[a-z_]+$/.test(code);
};
