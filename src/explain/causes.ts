import type { Cause } from './cause.ts';
import { accessToken } from './causes/accessToken.ts';
import { address } from './causes/address.ts';
import { adminApi } from './causes/adminApi.ts';
import { authorization } from './causes/authorization.ts';
import { body } from './causes/body.ts';
import { clientIdentification } from './causes/clientIdentification.ts';
import { clientSecret } from './causes/clientSecret.ts';
import { clientState } from './causes/clientState.ts';
import { codeGrant } from './causes/codeGrant.ts';
import { device } from './causes/device.ts';
import { gateway } from './causes/gateway.ts';
import { generalMeaning } from './causes/generalMeaning.ts';
import { grantType } from './causes/grantType.ts';
import { introspection } from './causes/introspection.ts';
import { logout } from './causes/logout.ts';
import { origin } from './causes/origin.ts';
import { proof } from './causes/proof.ts';
import { realm } from './causes/realm.ts';
import { refreshTokenValue } from './causes/refreshTokenValue.ts';
import { resourceApi } from './causes/resourceApi.ts';
import { revocation } from './causes/revocation.ts';
import { scope } from './causes/scope.ts';
import { serverState } from './causes/serverState.ts';
import { session } from './causes/session.ts';
import { token } from './causes/token.ts';
import { user } from './causes/user.ts';
import { userinfo } from './causes/userinfo.ts';
import { clientEndpoints, concerning, everyEndpoint, resourceEndpoints } from './endpoints.ts';

/** Every cause that is known, by theme. To add one, add an entry to a table. */
export const causeTables = {
  'Which client is asking': concerning(clientEndpoints, clientIdentification),
  'The secret of the client': concerning(clientEndpoints, clientSecret),
  'What the server holds of the client': concerning(clientEndpoints, clientState),
  'How the request is written': body,
  'The grant type': grantType,
  'The value of the refresh token': refreshTokenValue,
  'The refresh token itself': token,
  'The session at the provider': session,
  'Name and password': user,
  'The authorization code': codeGrant,
  'Scopes and consent': scope,
  'Proofs: DPoP and certificates': proof,
  'Pages and origins (CORS)': concerning(everyEndpoint, origin),
  'The realm': concerning(everyEndpoint, realm),
  'The address': concerning(everyEndpoint, address),
  'Something in front of the provider': concerning(everyEndpoint, gateway),
  'The state of the server': concerning(everyEndpoint, serverState),
  'Signing in: the authorization endpoint': concerning(['authorization'], authorization),
  'Signing out: the logout endpoint': concerning(['logout'], logout),
  'Devices: the device authorization endpoint': concerning(['device'], device),
  'Access tokens, wherever they are shown': concerning(resourceEndpoints, accessToken),
  'The userinfo endpoint': concerning(['userinfo'], userinfo),
  'The introspection endpoint': concerning(['introspection'], introspection),
  'The revocation endpoint': concerning(['revocation'], revocation),
  'The API by which a provider is managed': concerning(['admin', 'registration'], adminApi),
  'APIs and gateways': concerning(['api', 'gateway'], resourceApi),
  'What RFC 6749 says of a code': concerning(clientEndpoints, generalMeaning),
} as const;

export const causes: readonly Cause[] = Object.values(causeTables).flat();
