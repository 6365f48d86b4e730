import type { HttpRequest } from '../curl/httpRequest.ts';
import { authorizationOf } from './authorizationOf.ts';
import { bodyFieldsOf } from './bodyFields.ts';
import { decodedPart } from './decodedPart.ts';
import { valueMeant } from './field.ts';
import { looksRandom } from './looksLikeToken.ts';
import { queryFieldsOf } from './queryFields.ts';

/** A secret that stands where the id of the client should. */
interface MisplacedSecret {
  readonly value: string;
  /** The client that the token was issued to stands in the place of the secret. */
  readonly isSwapped: boolean;
}

const SECRET_LENGTH = 20;

const mixesKinds = (text: string): boolean =>
  /^[\w~+/=-]+$/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);

const looksLikeSecret = (text: string): boolean =>
  text.length >= SECRET_LENGTH && (looksRandom(text, SECRET_LENGTH) || mixesKinds(text));

const ownerIn = (token = ''): string | undefined => {
  const { azp, client_id: clientId } = decodedPart(token.split('.')[1]) ?? {};
  return [azp, clientId].find((claim): claim is string => typeof claim === 'string' && claim !== '');
};

/** Some providers draw their clients' ids at random as well: what stands beside it decides. */
export const misplacedSecretIn = (request: HttpRequest): MisplacedSecret | undefined => {
  const fields = [...bodyFieldsOf(request.body).fields, ...queryFieldsOf(request)];
  const { basic, credentials } = authorizationOf(request) ?? {};
  const meant = (name: string) => valueMeant(fields, name)?.trim();
  const value = meant('client_id') || basic?.user || '';
  const secret = meant('client_secret') || basic?.password || '';
  const tokens = [meant('refresh_token'), meant('access_token'), meant('id_token_hint'), credentials];
  const owner = tokens.map(ownerIn).find(Boolean);
  if (value === '' || value === owner) return undefined;
  const isSwapped = owner !== undefined && owner === secret;
  const isOthers =
    looksLikeSecret(value) && (owner !== undefined || (secret !== '' && !looksLikeSecret(secret)));
  return isSwapped || isOthers ? { value, isSwapped } : undefined;
};
