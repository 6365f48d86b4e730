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
  /** Where its keys are; only needed for `validateIdTokenSignature`. */
  readonly jwks_uri?: string;
}

/**
 * A login or a refresh of your own in place of ours. What they return is a token endpoint's answer: lives in seconds.
 * To say why there is none, return its `error`, or throw a `SessionError`; whatever else they throw counts as no answer,
 * and is tried again.
 */
export interface CustomGrants {
  /** Is given what `session.signIn()` was. It may take as long as a person needs, if it says `requestedAt`. */
  readonly signIn?: (options: SignInOptions) => Promise<OwnTokenResponse | TokenRefusal>;
  /** Is given the refresh token, where there is one; has `tokenTimeout` to answer. */
  readonly refresh?: (refreshToken: string | undefined) => Promise<OwnTokenResponse | TokenRefusal>;
}

/** How the provider is asked who is signed in: in a hidden frame, by a redirect of the page, or not at all. */
export type SilentMode = 'frame' | 'redirect' | false;

/** Told where the user was when a redirect sign-in began, as an absolute URL, and what the provider sent along. */
export type ReturnListener = (url: string, answer: URLSearchParams) => void;

/** What a look for tokens finds. */
type MaybeTokens = TokenResponse | null | undefined;

/** What the grants need to know about the provider, the client, and what becomes of tokens. */
export interface GrantOptions {
  /** The provider's issuer, exactly as its discovery document states it. */
  readonly issuer: string;
  /** OAuth `client_id`. */
  readonly clientId: string;
  /** Only for confidential clients, never in a browser. */
  readonly clientSecret?: string;
  /** How a confidential client proves itself. @default 'client_secret_basic' */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  /** Endpoints in place of discovery. */
  readonly endpoints?: Endpoints;
  /** OAuth `scope`. @default 'openid profile' */
  readonly scope?: string;
  /** Further parameters of every authorization and token request, such as `resource` or `audience`. */
  readonly tokenParameters?: Readonly<Record<string, string>>;
  /** Where the provider sends the user back to. @default the page's `<base href>`, else its origin and `/` */
  readonly redirectUri?: string;
  /**
   * Told where the user was when a redirect sign-in began; routers navigate here. `answer` holds what the provider sent
   * along beside the protocol's own parameters, such as Keycloak's `kc_action_status`. @default `history.replaceState`
   */
  readonly onReturn?: ReturnListener;
  /** How to ask the provider without the user. @default 'frame' on the provider's own site, else 'redirect' */
  readonly silent?: SilentMode;
  /**
   * Where the frame of a silent sign-in comes back to: a small page of its own, so that the frame does not boot the whole
   * app. Registered at the provider. @default the redirect URI, whose page can call `answerSilentSignIn` of `token-vigil/frame`
   */
  readonly silentRedirectUri?: string;
  /**
   * What a sign-in carries in place of `prompt=login` after a sign-out, where the provider's metadata does not offer that.
   * Whether the provider heeds a `max_age` of this is not checked; where it does not show that it asked, a warning says so.
   * @default { max_age: 0 }
   */
  readonly askUserWith?: SignInOptions;
  /** A login or refresh of your own. */
  readonly grants?: CustomGrants;
  /** Where tokens outlive the page. @default nowhere: they stay in memory */
  readonly storage?: TokenStorage;
  /**
   * Finds tokens that a backend sends along: they are adopted as `session.adopt` does. It is shown every answer to a request
   * that carried the token; it reads the body of a `clone()`, since the answer itself is the caller's.
   */
  readonly extractTokens?: (answer: Response) => MaybeTokens | Promise<MaybeTokens>;
  /** Longest time ahead of its end at which a token is renewed. @default 60_000 */
  readonly maxRenewAhead?: Milliseconds;
  /** Life of a token whose answer has no `expires_in`. @default 300_000 */
  readonly defaultTokenLifetime?: Milliseconds;
  /** How long a token request may take. @default 10_000 */
  readonly tokenTimeout?: Milliseconds;
  /**
   * Checks who signed an ID token, beside what it says. TLS vouches for a token that came from the token endpoint
   * (OpenID Connect Core §3.1.3.7), so this is for those who want both. @default false
   */
  readonly validateIdTokenSignature?: boolean;
  /** Plain http to other than loopback addresses. Tokens can then be read on the way. @default false */
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

/** Options of which these are always there. */
export type WithDefaults<Options, Name extends keyof Options> = Omit<Options, Name> &
  Required<Pick<Options, Name>>;
