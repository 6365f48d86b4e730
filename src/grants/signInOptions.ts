/** What a sign-in may ask of the provider. All fields are optional. */
export interface SignInOptions {
  /** Signs in with the password grant. RFC 9700 §2.4 forbids it for new apps; for legacy and tests. */
  readonly username?: string;
  readonly password?: string;
  /** OpenID Connect `prompt`. */
  readonly prompt?: 'login' | 'consent' | 'select_account' | 'none' | (string & {});
  readonly login_hint?: string;
  readonly acr_values?: string;
  readonly ui_locales?: string;
  /** Oldest acceptable authentication, in seconds (OpenID Connect `max_age`). */
  readonly max_age?: number;
  /** In place of the session's scope. */
  readonly scope?: string;
  /** Further parameters of the authorization request, such as Keycloak's `kc_action`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** In place of the provider's; of the same origin. Keycloak before 26.1 registers users at one of its own. */
  readonly authorizationEndpoint?: string;
  /** Where in the app the user returns to. @default the page they are on */
  readonly returnTo?: string;
}

/** What a sign-out may ask. */
export interface SignOutOptions {
  /**
   * Where the provider sends the user afterwards, registered there; relative to the page. A provider without an
   * `end_session_endpoint` sends nobody anywhere: then the page itself goes there, if it is an address of its origin.
   *
   * @default the session's redirect URI
   */
  readonly to?: string;
  /** `false`: revoke the tokens and stay on the page; the provider's own session may live on. @default true */
  readonly redirect?: boolean;
  /** `false`: the ID token stays out of the provider's URL; it may then ask the user to confirm. @default true, where it fits */
  readonly idTokenHint?: boolean;
}
