import type { HttpRequest } from '../curl/httpRequest.ts';
import { authorizationOf } from './authorizationOf.ts';
import { bodyFieldsOf } from './bodyFields.ts';
import type { Field } from './field.ts';
import { meantBy } from '../../explain/fieldNames.ts';
import { headerOf } from './headerOf.ts';
import { misplacedSecretIn } from './misplacedSecret.ts';
import { queryFieldsOf } from './queryFields.ts';
import { secretFields } from './secretFields.ts';

const isSecretField = ([name]: Field): boolean => secretFields.has(meantBy(name) ?? '');

const cookiesIn = (request: HttpRequest): readonly string[] =>
  (headerOf(request, 'cookie') ?? '').split(/;\s*/).map((cookie) => cookie.slice(cookie.indexOf('=') + 1));

/** Every string of a request that is a secret by the place where it stands. */
export const secretsIn = (request: HttpRequest): readonly string[] => {
  const fields = [...bodyFieldsOf(request.body).fields, ...queryFieldsOf(request)];
  const { credentials = '', basic } = authorizationOf(request) ?? {};
  const secrets = [
    ...fields.filter(isSecretField).map(([, value]) => value.trim()),
    misplacedSecretIn(request)?.value ?? '',
    ...cookiesIn(request),
    credentials,
    basic?.password ?? '',
  ];
  return [...new Set(secrets)].filter(Boolean);
};
