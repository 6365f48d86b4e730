import type { Cause } from './cause.ts';
import { address } from './causes/address.ts';
import { assertion } from './causes/assertion.ts';
import { body } from './causes/body.ts';
import { clientAssertion } from './causes/clientAssertion.ts';
import { clientIdentification } from './causes/clientIdentification.ts';
import { clientSecret } from './causes/clientSecret.ts';
import { clientState } from './causes/clientState.ts';
import { codeGrant } from './causes/codeGrant.ts';
import { directory } from './causes/directory.ts';
import { gateway } from './causes/gateway.ts';
import { generalMeaning } from './causes/generalMeaning.ts';
import { grantType } from './causes/grantType.ts';
import { origin } from './causes/origin.ts';
import { proof } from './causes/proof.ts';
import { realm } from './causes/realm.ts';
import { redirectUri } from './causes/redirectUri.ts';
import { refreshTokenValue } from './causes/refreshTokenValue.ts';
import { resource } from './causes/resource.ts';
import { scope } from './causes/scope.ts';
import { serverState } from './causes/serverState.ts';
import { session } from './causes/session.ts';
import { signInRules } from './causes/signInRules.ts';
import { token } from './causes/token.ts';
import { user } from './causes/user.ts';
import { withProviderWords } from './words/withProviderWords.ts';

/** Every cause that is known, by theme. To add one, add an entry to a table. */
const tables: Readonly<Record<string, readonly Cause[]>> = {
  'Which client is asking': clientIdentification,
  'The secret of the client': clientSecret,
  'The signed assertion of the client': clientAssertion,
  'What the server holds of the client': clientState,
  'How the request is written': body,
  'The grant type': grantType,
  'The value of the refresh token': refreshTokenValue,
  'The refresh token itself': token,
  'The session at the provider': session,
  'Name and password': user,
  'The authorization code': codeGrant,
  'The redirect URI': redirectUri,
  'An assertion as grant': assertion,
  'Scopes and consent': scope,
  'The API that a token is for': resource,
  'What the provider asks of the user': signInRules,
  'Proofs: DPoP and certificates': proof,
  'Pages and origins (CORS)': origin,
  'The realm': realm,
  'The directory or tenant': directory,
  'The address': address,
  'Something in front of the provider': gateway,
  'The state of the server': serverState,
  'What RFC 6749 says of a code': generalMeaning,
};

/** The same with the words of every provider. */
export const causeTables: Readonly<Record<string, readonly Cause[]>> = Object.fromEntries(
  Object.entries(tables).map(([theme, table]) => [theme, withProviderWords(table)]),
);

export const causes: readonly Cause[] = Object.values(causeTables).flat();
