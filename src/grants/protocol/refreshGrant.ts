import * as oauth from 'oauth4webapi';
import type { TokenSet } from '../../vault/vault.ts';
import type { Provider } from './provider.ts';
import { renewalAnswer } from './renewalAnswer.ts';
import type { OddAnswer, TokenAnswer } from './tokenAnswer.ts';
import { askForTokens } from './tokenRequest.ts';

/**
 * Renews tokens with their refresh token (RFC 6749 §6). What the answer leaves out stays out: then the old one goes on.
 * The scope is not sent: it stays as granted.
 *
 * @throws {SessionError} where nothing of an answer can be used.
 */
export const refreshGrant = async (
  provider: Provider,
  tokens: TokenSet,
): Promise<TokenAnswer | OddAnswer> => {
  const { fields, accept } = await askForTokens(provider, {
    action: 'Renewing the session',
    grantType: 'refresh_token',
    isUnscoped: provider.config.tokenParameters?.['scope'] === undefined,
    send: (as, client, authentication, http) =>
      oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refreshToken!, http),
  });
  return renewalAnswer(fields, tokens, accept);
};
