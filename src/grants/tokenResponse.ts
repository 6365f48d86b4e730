import type { Milliseconds } from '../time/clock.ts';

/**
 * A token endpoint's successful answer as it comes over the wire (RFC 6749 §5.1), also from a grant of your own.
 * A field that is `null` there counts as absent.
 */
export interface TokenResponse {
  readonly access_token: string;
  /** If absent, `Bearer`, which is the only supported type. */
  readonly token_type?: string;
  /** Seconds. */
  readonly expires_in?: number;
  readonly refresh_token?: string;
  /** Seconds; Keycloak and others. */
  readonly refresh_expires_in?: number;
  readonly id_token?: string;
  readonly scope?: string;
}

/** What a grant of your own returns: a token endpoint's answer. */
export interface OwnTokenResponse extends TokenResponse {
  /**
   * When you sent the token request, milliseconds since the Unix epoch: the tokens' life counts from then. Set it if a person
   * had to do something first. @default when your function was called
   */
  readonly requestedAt?: Milliseconds;
}

/** A token endpoint's error answer (RFC 6749 §5.2), as a grant of your own can return it. */
export interface TokenRefusal {
  /** Such as `invalid_grant`, which ends the session, or `temporarily_unavailable`, after which the request is retried. */
  readonly error: string;
  readonly error_description?: string;
}
