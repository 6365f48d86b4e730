import type { HttpRequest } from '../curl/httpRequest.ts';
import { authorizationOf } from './authorizationOf.ts';
import { bodyFieldsOf } from './bodyFields.ts';
import { valueMeant, type Field } from './field.ts';
import { meantBy } from '../../explain/fieldNames.ts';
import { headerOf } from './headerOf.ts';
import { looksRandom } from './looksLikeToken.ts';
import { queryFieldsOf } from './queryFields.ts';
import { secretFields } from './secretFields.ts';

const SECRET_LENGTH = 20;

const isSecretField = ([name]: Field): boolean => secretFields.has(meantBy(name) ?? '');

/** An id and a secret that have changed places: the id is the one that was not drawn at random. */
const swapped = (fields: readonly Field[]): readonly string[] => {
  const id = valueMeant(fields, 'client_id') ?? '';
  const secret = valueMeant(fields, 'client_secret') ?? '';
  return secret && looksRandom(id, SECRET_LENGTH) && !looksRandom(secret, SECRET_LENGTH) ? [id] : [];
};

const cookiesIn = (request: HttpRequest): readonly string[] =>
  (headerOf(request, 'cookie') ?? '').split(/;\s*/).map((cookie) => cookie.slice(cookie.indexOf('=') + 1));

/** Every string of a request that is a secret by the place where it stands. */
export const secretsIn = (request: HttpRequest): readonly string[] => {
  const fields = [...bodyFieldsOf(request.body).fields, ...queryFieldsOf(request)];
  const { credentials = '', basic } = authorizationOf(request) ?? {};
  const secrets = [
    ...fields.filter(isSecretField).map(([, value]) => value.trim()),
    ...swapped(fields),
    ...cookiesIn(request),
    credentials,
    basic?.password ?? '',
  ];
  return [...new Set(secrets)].filter(Boolean);
};
