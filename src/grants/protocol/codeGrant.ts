import * as oauth from 'oauth4webapi';
import { requireType } from '../../errors/requireType.ts';
import { SessionError } from '../../errors/sessionError.ts';
import { parseUrl } from '../../url/parseUrl.ts';
import type { Provider } from './provider.ts';
import type { TokenAnswer } from './tokenAnswer.ts';
import { requestTokens } from './tokenRequest.ts';
import { withParameters } from './withParameters.ts';

/** What an authorization request asks for. */
export interface CodeGrantOptions {
  readonly redirectUri: string;
  /** Where in the app the user returns to. */
  readonly returnTo: string;
  /** How the provider is asked without the user, if it is (`prompt=none`). */
  readonly silent: 'frame' | 'redirect' | false;
  /** In place of the session's scope. */
  readonly scope?: string | undefined;
  readonly prompt?: string | undefined;
  readonly login_hint?: string | undefined;
  readonly acr_values?: string | undefined;
  readonly ui_locales?: string | undefined;
  readonly id_token_hint?: string | undefined;
  /** Seconds. */
  readonly max_age?: number | undefined;
  /** In place of `max_age`, where providers that do not know it must not lock people out. Seconds. */
  readonly uncheckedMaxAge?: number | undefined;
  /** In place of the provider's; of the same origin. */
  readonly authorizationEndpoint?: string | undefined;
  /** Further parameters; they cannot change the protocol's own. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** What has to be remembered between leaving for the provider and coming back. Plain JSON. */
export interface Transaction {
  readonly state: string;
  readonly nonce?: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
  readonly returnTo: string;
  readonly silent: 'frame' | 'redirect' | false;
  /** Seconds. */
  readonly maxAge?: number;
  readonly createdAtMs: number;
}

const newTransaction = (
  { random, clock }: Provider,
  scope: string,
  { redirectUri, returnTo, silent, max_age: maxAge }: CodeGrantOptions,
): Transaction => ({
  state: random(),
  ...(scope.split(' ').includes('openid') && { nonce: random() }),
  codeVerifier: random(),
  redirectUri,
  returnTo,
  silent,
  ...(maxAge !== undefined && { maxAge }),
  createdAtMs: clock.wallMs(),
});

const requireEndpoint = async (
  provider: Provider,
  { authorizationEndpoint: own }: CodeGrantOptions,
): Promise<URL> => {
  const url = await provider.endpoint('authorization_endpoint');
  if (!url) {
    throw new SessionError(
      'option_invalid',
      'The provider states no `authorization_endpoint`: set `endpoints`',
    );
  }
  if (own === undefined) return url;
  const ownUrl = parseUrl(own);
  if (ownUrl?.origin === url.origin) return ownUrl;
  throw new SessionError(
    'option_invalid',
    `signIn: \`authorizationEndpoint\` must be a URL of ${url.origin}`,
  );
};

/** The answer is read where a page can read it, and no router mistakes it for its own. */
const requireQuery = ({ parameters }: CodeGrantOptions): void => {
  const mode = parameters?.['response_mode'] ?? 'query';
  if (mode === 'query') return;
  throw new SessionError(
    'option_invalid',
    'The `response_mode` of a sign-in must be `query`, which is the default: leave it out',
  );
};

/** Begins a sign-in by authorization code and PKCE (RFC 6749 §4.1, RFC 7636): where to go, and what to keep. */
export const beginCodeGrant = async (
  provider: Provider,
  options: CodeGrantOptions,
): Promise<{ url: string; transaction: Transaction }> => {
  requireQuery(options);
  const url = await requireEndpoint(provider, options);
  const scope = requireType('string', options.scope ?? provider.scope, 'signIn: `scope`');
  const transaction = newTransaction(provider, scope, options);
  const {
    prompt = options.parameters?.['prompt'],
    login_hint,
    acr_values,
    ui_locales,
    id_token_hint,
    max_age = options.uncheckedMaxAge,
  } = options;
  const parameters = {
    ...options.parameters,
    prompt: options.silent ? 'none' : prompt,
    login_hint,
    acr_values,
    ui_locales,
    id_token_hint,
    max_age,
    client_id: provider.config.clientId,
    response_type: 'code',
    redirect_uri: options.redirectUri,
    scope,
    state: transaction.state,
    nonce: transaction.nonce,
    code_challenge: await provider.digest(transaction.codeVerifier),
    code_challenge_method: 'S256',
  };
  return { url: withParameters(url, parameters), transaction };
};

/**
 * Finishes a sign-in with the URL that the provider sent the user back to: checks it and redeems its code.
 *
 * @throws {SessionError}
 */
export const finishCodeGrant = (
  provider: Provider,
  { state, nonce, codeVerifier, redirectUri, maxAge }: Transaction,
  answerUrl: URL,
): Promise<TokenAnswer> =>
  requestTokens(provider, {
    action: 'Signing in',
    grantType: 'authorization_code',
    refused: 'sign_in_refused',
    secrets: [codeVerifier, state, nonce ?? '', answerUrl.searchParams.get('code') ?? ''],
    send: async (as, client, authentication, http) => {
      const parameters = oauth.validateAuthResponse(as, client, answerUrl, state);
      return oauth.authorizationCodeGrantRequest(
        as,
        client,
        authentication,
        parameters,
        redirectUri,
        codeVerifier,
        http,
      );
    },
    process: (as, client, response) =>
      oauth.processAuthorizationCodeResponse(as, client, response, {
        ...(nonce !== undefined && { expectedNonce: nonce }),
        ...(maxAge !== undefined && { maxAge }),
      }),
  });
