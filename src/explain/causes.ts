import type { Cause } from './cause.ts';
import { accessToken } from './causes/accessToken.ts';
import { accessTokenHeader } from './causes/accessTokenHeader.ts';
import { address } from './causes/address.ts';
import { adminApi } from './causes/adminApi.ts';
import { authorization } from './causes/authorization.ts';
import { assertion } from './causes/assertion.ts';
import { body } from './causes/body.ts';
import { clientAssertion } from './causes/clientAssertion.ts';
import { clientAuthentication } from './causes/clientAuthentication.ts';
import { clientIdentification } from './causes/clientIdentification.ts';
import { clientSecret } from './causes/clientSecret.ts';
import { clientState } from './causes/clientState.ts';
import { codeGrant } from './causes/codeGrant.ts';
import { device } from './causes/device.ts';
import { directory } from './causes/directory.ts';
import { exchanges } from './causes/exchanges.ts';
import { gateway } from './causes/gateway.ts';
import { generalMeaning } from './causes/generalMeaning.ts';
import { grantType } from './causes/grantType.ts';
import { introspection } from './causes/introspection.ts';
import { logout } from './causes/logout.ts';
import { origin } from './causes/origin.ts';
import { proof } from './causes/proof.ts';
import { realm } from './causes/realm.ts';
import { redirectUri } from './causes/redirectUri.ts';
import { refreshTokenValue } from './causes/refreshTokenValue.ts';
import { resourceApi } from './causes/resourceApi.ts';
import { revocation } from './causes/revocation.ts';
import { resource } from './causes/resource.ts';
import { scope } from './causes/scope.ts';
import { serverState } from './causes/serverState.ts';
import { setUp } from './causes/setUp.ts';
import { session } from './causes/session.ts';
import { signInRules } from './causes/signInRules.ts';
import { token } from './causes/token.ts';
import { user } from './causes/user.ts';
import { userinfo } from './causes/userinfo.ts';
import { clientEndpoints, concerning, everyEndpoint, resourceEndpoints } from './endpoints.ts';
import { withProviderWords } from './words/withProviderWords.ts';

/** Every cause that is known, by theme. To add one, add an entry to a table. */
const tables: Readonly<Record<string, readonly Cause[]>> = {
  'Which client is asking': concerning(clientEndpoints, clientIdentification),
  'The secret of the client': concerning(clientEndpoints, clientSecret),
  'How the client proves itself': concerning(clientEndpoints, clientAuthentication),
  'The signed assertion of the client': concerning(clientEndpoints, clientAssertion),
  'What the server holds of the client': concerning(clientEndpoints, clientState),
  'How the request is written': body,
  'The grant type': grantType,
  'The value of the refresh token': concerning(['token', 'revocation'], refreshTokenValue),
  'The refresh token itself': concerning(['token', 'revocation'], token),
  'The session at the provider': session,
  'Name and password': user,
  'The authorization code': codeGrant,
  'The redirect URI': redirectUri,
  'An assertion as grant': assertion,
  'Tokens for tokens': exchanges,
  'Scopes and consent': scope,
  'The API that a token is for': resource,
  'What the provider asks of the user': signInRules,
  'Proofs: DPoP and certificates': proof,
  'Pages and origins (CORS)': concerning(everyEndpoint, origin),
  'The realm': concerning(everyEndpoint, realm),
  'The directory or tenant': concerning(everyEndpoint, directory),
  'The address': concerning(everyEndpoint, address),
  'Something in front of the provider': concerning(everyEndpoint, gateway),
  'The state of the server': concerning(everyEndpoint, serverState),
  'Signing in: the authorization endpoint': concerning(['authorization'], authorization),
  'Signing out: the logout endpoint': concerning(['logout'], logout),
  'Devices: the device authorization endpoint': concerning(['device'], device),
  'Access tokens on their way': concerning(resourceEndpoints, accessTokenHeader),
  'Access tokens, wherever they are shown': concerning(resourceEndpoints, accessToken),
  'The userinfo endpoint': concerning(['userinfo'], userinfo),
  'The introspection endpoint': concerning(['introspection'], introspection),
  'The revocation endpoint': concerning(['revocation'], revocation),
  'The API by which a provider is managed': concerning(['admin', 'registration'], adminApi),
  'APIs and gateways': concerning(['api', 'gateway'], resourceApi),
  'The set-up': setUp,
  'What RFC 6749 says of a code': concerning(clientEndpoints, generalMeaning),
};

/** The same with the words of every provider. */
export const causeTables: Readonly<Record<string, readonly Cause[]>> = Object.fromEntries(
  Object.entries(tables).map(([theme, table]) => [theme, withProviderWords(table)]),
);

export const causes: readonly Cause[] = Object.values(causeTables).flat();
