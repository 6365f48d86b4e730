import * as oauth from 'oauth4webapi';
import type { TokenResponse } from 'token-vigil';
import type { Provider } from './provider.ts';
import { signInError } from './signInError.ts';
import { withParameters } from './withParameters.ts';

/** A sign-in that has left for the provider. It stays on the server; of it the browser sees `state` and `nonce`. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Where on this server the user goes afterwards. */
  readonly returnTo: string;
}

/** Signing in by authorization code with PKCE (RFC 6749 §4.1, RFC 7636). */
export interface CodeFlow {
  /** Where to send the browser, and what to keep meanwhile. */
  begin(returnTo: string): Promise<{ url: string; pending: PendingSignIn }>;
  /**
   * Checks the answer that the browser brought back (`state`, `iss`) and redeems its code (PKCE, `nonce`, the ID token's signature).
   *
   * @throws {SessionError} `sign_in_refused`, `client_refused`, `provider_unavailable`, `network_failed`, `response_invalid`
   */
  redeem(answerUrl: URL, pending: PendingSignIn): Promise<TokenResponse>;
}

export const createCodeFlow = (provider: Provider, redirectUri: string): CodeFlow => {
  const { client, authentication, http } = provider;

  const redeem = async (
    answerUrl: URL,
    { state, nonce, codeVerifier }: PendingSignIn,
  ): Promise<TokenResponse> => {
    const server = await provider.metadata();
    const answer = oauth.validateAuthResponse(server, client, answerUrl, state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      answer,
      redirectUri,
      codeVerifier,
      http,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    // A copy, so that the keys are read anew: `oauth4webapi` keeps those of one object for a minute at least, and a provider
    // that has changed them meanwhile would sign nobody in.
    await oauth.validateApplicationLevelSignature({ ...server }, response, http);
    return tokens;
  };

  return {
    async begin(returnTo) {
      const { authorization_endpoint } = await provider.metadata();
      const pending: PendingSignIn = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        codeVerifier: oauth.generateRandomCodeVerifier(),
        returnTo,
      };
      const url = withParameters(authorization_endpoint, {
        client_id: client.client_id,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: 'openid profile',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url, pending };
    },

    redeem: (answerUrl, pending) =>
      redeem(answerUrl, pending).catch((thrown: unknown) => {
        throw signInError(thrown);
      }),
  };
};
