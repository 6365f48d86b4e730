import type { TokenStorage } from '../storage/tokenStorage.ts';
import type { Milliseconds } from '../time/clock.ts';
import type { SignInOptions } from './signInOptions.ts';
import type { OwnTokenResponse, TokenRefusal, TokenResponse } from './tokenResponse.ts';

/** Where the provider's endpoints are, for providers without discovery (RFC 8414 §2). */
export interface Endpoints {
  readonly authorization_endpoint?: string;
  readonly token_endpoint?: string;
  readonly revocation_endpoint?: string;
  readonly end_session_endpoint?: string;
  /** The address of the provider's keys; only needed for `validateIdTokenSignature`. */
  readonly jwks_uri?: string;
}

/**
 * Sign-in and refresh functions of your own that replace the built-in ones. They return a token endpoint's answer, with
 * lives in seconds. To report a failure, return an `error` or throw a `SessionError`; any other error counts as no answer,
 * and the request is retried.
 */
export interface CustomGrants {
  /**
   * Receives the options of `session.signIn()`; their `signal` aborts when the sign-in was given up, or the session has stopped. It
   * may take as long as a person needs, if it returns `requestedAt`.
   */
  readonly signIn?: (options: SignInOptions) => Promise<OwnTokenResponse | TokenRefusal>;
  /** Receives the refresh token, if there is one. It must answer within `tokenTimeout`. */
  readonly refresh?: (refreshToken: string | undefined) => Promise<OwnTokenResponse | TokenRefusal>;
}

/** How the provider is asked who is signed in: in a hidden frame, by a redirect of the page, or not at all. */
export type SilentMode = 'frame' | 'redirect' | false;

/**
 * Receives the page to show after a redirect, as an absolute URL: the page that the user was on when the sign-in began, or the page that
 * a sign-out led to. The second argument holds the other parameters that the provider sent.
 */
export type ReturnListener = (url: string, answer: URLSearchParams) => void;

/** What a look for tokens finds. */
type MaybeTokens = TokenResponse | null | undefined;

/** Options about the provider, the client, and the tokens. */
export interface GrantOptions {
  /** The provider's issuer, exactly as its discovery document states it. */
  readonly issuer: string;
  /** OAuth `client_id`. */
  readonly clientId: string;
  /** Only for confidential clients, never in a browser. */
  readonly clientSecret?: string;
  /** How a confidential client authenticates. @default 'client_secret_basic' */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  /** Endpoints that replace discovery. */
  readonly endpoints?: Endpoints;
  /** OAuth `scope`. @default 'openid profile' */
  readonly scope?: string;
  /** Additional parameters of every authorization and token request, such as `resource` or `audience`. */
  readonly tokenParameters?: Readonly<Record<string, string>>;
  /** Where the provider sends the user back to. @default the page's `<base href>`, else its origin and `/` */
  readonly redirectUri?: string;
  /**
   * Called with the page to show after a redirect sign-in, or after a sign-out, so that a router can navigate there. `answer` has the
   * parameters that the provider sent beside the protocol's own, such as Keycloak's `kc_action_status`. @default `history.replaceState`
   */
  readonly onReturn?: ReturnListener;
  /** How to ask the provider without showing a login. @default 'frame' on the provider's own site, else 'redirect' */
  readonly silent?: SilentMode;
  /**
   * The page that the frame of a silent sign-in returns to: a small page, so that the frame does not load the entire
   * app. It must be registered at the provider. @default the redirect URI, whose page can call `answerSilentSignIn` of `token-vigil/frame`
   */
  readonly silentRedirectUri?: string;
  /**
   * Parameters of the sign-in after a sign-out that replace `prompt=login`, if the provider's metadata does not offer that.
   * A `max_age` given here is not enforced; if the provider does not show that it asked the user, there is a warning.
   * @default { max_age: 0 }
   */
  readonly askUserWith?: SignInOptions;
  /** Sign-in and refresh functions of your own. */
  readonly grants?: CustomGrants;
  /** Keeps tokens across page loads. @default none: they stay in memory */
  readonly storage?: TokenStorage;
  /**
   * Finds tokens that a backend sends with an answer; they are adopted as by `session.adopt`. It receives every answer to a request
   * that carried the token. To read the body, read a `clone()`, because the answer itself belongs to the caller.
   */
  readonly extractTokens?: (answer: Response) => MaybeTokens | Promise<MaybeTokens>;
  /** The longest time before its end at which a token is renewed. @default 60_000 */
  readonly maxRenewAhead?: Milliseconds;
  /** The life of a token whose answer has no `expires_in`. @default 300_000 */
  readonly defaultTokenLifetime?: Milliseconds;
  /** How long a token request may take. @default 10_000 */
  readonly tokenTimeout?: Milliseconds;
  /**
   * Also checks the signature of an ID token. A token from the token endpoint is already trusted because of TLS
   * (OpenID Connect Core §3.1.3.7), so this is only an additional check. @default false
   */
  readonly validateIdTokenSignature?: boolean;
  /** Allows plain http to other than loopback addresses. Anyone on the network can then read the tokens. @default false */
  readonly allowInsecureRequests?: boolean;
}

/** The options of the grants with every default filled in. */
export type GrantSettings = WithDefaults<
  GrantOptions,
  | 'clientAuthentication'
  | 'scope'
  | 'silent'
  | 'askUserWith'
  | 'validateIdTokenSignature'
  | 'maxRenewAhead'
  | 'defaultTokenLifetime'
  | 'tokenTimeout'
  | 'allowInsecureRequests'
>;

/** Options of which these are always set. */
export type WithDefaults<Options, Name extends keyof Options> = Omit<Options, Name> &
  Required<Pick<Options, Name>>;
