import type { Cause } from './cause.ts';
import { address } from './causes/address.ts';
import { body } from './causes/body.ts';
import { clientIdentification } from './causes/clientIdentification.ts';
import { clientSecret } from './causes/clientSecret.ts';
import { clientState } from './causes/clientState.ts';
import { codeGrant } from './causes/codeGrant.ts';
import { gateway } from './causes/gateway.ts';
import { generalMeaning } from './causes/generalMeaning.ts';
import { grantType } from './causes/grantType.ts';
import { origin } from './causes/origin.ts';
import { proof } from './causes/proof.ts';
import { realm } from './causes/realm.ts';
import { refreshTokenValue } from './causes/refreshTokenValue.ts';
import { scope } from './causes/scope.ts';
import { serverState } from './causes/serverState.ts';
import { session } from './causes/session.ts';
import { token } from './causes/token.ts';
import { user } from './causes/user.ts';

/** Every cause that is known, by theme. To add one, add an entry to a table. */
export const causeTables = {
  'Which client is asking': clientIdentification,
  'The secret of the client': clientSecret,
  'What the server holds of the client': clientState,
  'How the request is written': body,
  'The grant type': grantType,
  'The value of the refresh token': refreshTokenValue,
  'The refresh token itself': token,
  'The session at the provider': session,
  'Name and password': user,
  'The authorization code': codeGrant,
  'Scopes and consent': scope,
  'Proofs: DPoP and certificates': proof,
  'Pages and origins (CORS)': origin,
  'The realm': realm,
  'The address': address,
  'Something in front of the provider': gateway,
  'The state of the server': serverState,
  'What RFC 6749 says of a code': generalMeaning,
} as const;

export const causes: readonly Cause[] = Object.values(causeTables).flat();
