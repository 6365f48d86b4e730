import type { HttpRequest } from '../curl/httpRequest.ts';
import { authorizationOf } from './authorizationOf.ts';
import { bodyFieldsOf } from './bodyFields.ts';
import { fieldsMeant, fieldsOfGrant, grantTypeMeant, type Fields } from './correctedFields.ts';
import { decodedPart } from './decodedPart.ts';
import type { Field } from './field.ts';
import { meantBy, speltAs } from '../../explain/fieldNames.ts';
import { formFieldsOf } from './formFields.ts';
import { queryFieldsOf, queryIn } from './queryFields.ts';

/** What is known beside the request. */
export interface Corrections {
  /** From discovery. @default the address of the request */
  readonly tokenEndpoint?: string | undefined;
  /** For a request that names no client, with a token that does not say whose it is. */
  readonly clientId?: string | undefined;
}

const UNKNOWN = '<client_id>';

/** What browsers and tools add by themselves, and what the corrected request says anew. */
const DROPPED =
  /^(?:accept.*|authorization|cache-control|connection|content-.*|cookie|dnt|host|if-.*|postman-token|pragma|priority|referer|sec-.*|te|transfer-encoding|upgrade-insecure-requests|user-agent|x-requested-with)$/i;

/** What no request of the grant does without. */
const needed: ReadonlyMap<string, readonly string[]> = new Map([
  ['refresh_token', ['refresh_token']],
  ['password', ['username', 'password']],
  ['authorization_code', ['code']],
]);

const addressOf = ({ url }: HttpRequest): string => {
  const [address = ''] = url.trim().split(/[?#]/, 1);
  const others = queryIn(url)
    .split('&')
    .filter((piece) => piece && formFieldsOf(piece).every(([name]) => name && !speltAs(name)));
  return `${address.replace(/\/+$/, '')}${others.length > 0 ? '?' : ''}${others.join('&')}`;
};

/** A header that names another client than the form does is not the one that counts. */
const clientHeader = (request: HttpRequest, fields: Fields): HttpRequest['headers'] => {
  const { basic, scheme, credentials } = authorizationOf(request) ?? {};
  const clientId = fields.get('client_id') || basic?.user;
  return basic?.password && basic.user === clientId ? [['Authorization', `${scheme} ${credentials}`]] : [];
};

/** The client that the token was issued to: no other can use it. */
const ownerOf = (token = ''): string | undefined => {
  const { azp } = decodedPart(token.split('.')[1]) ?? {};
  return typeof azp === 'string' && azp !== '' ? azp : undefined;
};

const clientIdFor = (request: HttpRequest, fields: Fields, clientId: string | undefined): string =>
  ownerOf(fields.get('refresh_token')) ??
  (fields.get('client_id') || authorizationOf(request)?.basic?.user || clientId || UNKNOWN);

/** What names the client in the form; a Basic header or an assertion does so by itself. */
const clientFields = (request: HttpRequest, fields: Fields, clientId: string | undefined): Fields => {
  if (clientHeader(request, fields).length > 0) return new Map();
  const secret = fields.get('client_secret');
  return new Map([
    ['client_id', clientIdFor(request, fields, clientId)],
    ...(secret ? [['client_secret', secret] as const] : []),
  ]);
};

const CLIENT = /^(?:grant_type|client_id|client_secret)$/;

const sentFields = (request: HttpRequest): readonly Field[] => [
  ...bodyFieldsOf(request.body).fields,
  ...queryFieldsOf(request).filter(([name]) => speltAs(name)),
];

const grantTypeOf = (sent: readonly Field[], meant: Fields): string => {
  const written = sent.filter(([name]) => meantBy(name) === 'grant_type').map(([, value]) => value);
  return grantTypeMeant(written, meant);
};

const othersFor = (grantType: string, meant: Fields): Fields => {
  const own = [...fieldsOfGrant(meant, grantType)].filter(([name, value]) => value && !CLIENT.test(name));
  const missing = (needed.get(grantType) ?? []).filter((name) => !meant.get(name));
  return new Map([...own, ...missing.map((name) => [name, `<${name}>`] as const)]);
};

/** Whether a corrected request names a client. Where nobody knows which, it cannot be tried. */
export const isClientKnown = ({ body }: HttpRequest): boolean =>
  body?.kind === 'raw' && new URLSearchParams(body.text).get('client_id') !== UNKNOWN;

/**
 * The same request as it should be: POST, a form, every field once and under its name, one way of naming the client,
 * nothing that does not belong to the grant. What is missing stands there as `<name>`.
 */
export const correctedRequest = (request: HttpRequest, corrections: Corrections = {}): HttpRequest => {
  const sent = sentFields(request);
  const meant = fieldsMeant(sent);
  const grantType = grantTypeOf(sent, meant);
  const fields = new Map([
    ['grant_type', grantType],
    ...clientFields(request, meant, corrections.clientId),
    ...othersFor(grantType, meant),
  ]);
  return {
    method: 'POST',
    url: corrections.tokenEndpoint ?? addressOf(request),
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ...clientHeader(request, meant),
      ...request.headers.filter(([name]) => !DROPPED.test(name)),
    ],
    body: { kind: 'raw', text: new URLSearchParams([...fields]).toString() },
    filledIn: request.filledIn,
    ...(corrections.tokenEndpoint === undefined && request.isSchemeAssumed && { isSchemeAssumed: true }),
  };
};
