import * as oauth from 'oauth4webapi';
import type { Provider } from './provider.ts';
import type { TokenAnswer } from './tokenAnswer.ts';
import { requestTokens } from './tokenRequest.ts';

/** Who signs in. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** In place of the session's scope. */
  readonly scope?: string | undefined;
}

/** Signs in with name and password (RFC 6749 §4.3). RFC 9700 §2.4 forbids it for new applications. */
export const passwordGrant = (
  provider: Provider,
  { username, password, scope = provider.scope }: Credentials,
): Promise<TokenAnswer> =>
  requestTokens(provider, {
    action: 'Signing in with a password',
    grantType: 'password',
    refused: 'sign_in_refused',
    send: (as, client, authentication, http) => {
      const parameters = { ...provider.config.tokenParameters, username, password, scope };
      return oauth.genericTokenEndpointRequest(as, client, authentication, 'password', parameters, http);
    },
  });
