/** Options of a sign-in. All are optional. */
export interface SignInOptions {
  /** Signs in with the password grant. RFC 9700 §2.4 forbids it for new apps; use it only for legacy systems and tests. */
  readonly username?: string;
  readonly password?: string;
  /** OpenID Connect `prompt`. */
  readonly prompt?: 'login' | 'consent' | 'select_account' | 'none' | (string & {});
  readonly login_hint?: string;
  readonly acr_values?: string;
  readonly ui_locales?: string;
  /** Oldest acceptable authentication, in seconds (OpenID Connect `max_age`). */
  readonly max_age?: number;
  /** Replaces the session's scope. */
  readonly scope?: string;
  /** Additional parameters of the authorization request, such as Keycloak's `kc_action`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Replaces the provider's authorization endpoint; must have the same origin. Keycloak before 26.1 has a separate one for registration. */
  readonly authorizationEndpoint?: string;
  /** Where in the app the user returns to. @default the page they are on */
  readonly returnTo?: string;
  /**
   * Gives the sign-in up as long as the page has not been left for it. The call then rejects with the signal's reason; a `require`
   * that others wait for as well goes on for them.
   */
  readonly signal?: AbortSignal;
}

/** Options of a sign-out. */
export interface SignOutOptions {
  /**
   * Where the provider sends the user afterwards, relative to the page; must be registered at the provider. If the provider has no
   * `end_session_endpoint`, the page itself goes there, if it is an address of its own origin.
   *
   * @default the session's redirect URI
   */
  readonly to?: string;
  /** `false`: revokes the tokens and stays on the page; the provider's own session may stay alive. @default true */
  readonly redirect?: boolean;
  /** `false`: keeps the ID token out of the provider's URL; the provider may then ask the user to confirm. @default true, if it fits */
  readonly idTokenHint?: boolean;
}
