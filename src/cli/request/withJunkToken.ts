import type { HttpBody, HttpRequest } from '../curl/httpRequest.ts';
import { authorizationOf } from './authorizationOf.ts';
import { bodyFieldsOf, type BodyFormat } from './bodyFields.ts';
import type { Field } from './field.ts';
import { meantBy } from '../../explain/fieldNames.ts';
import { grantMeantBy } from './grants.ts';
import { looksLikeToken, looksRandom } from './looksLikeToken.ts';
import { queryFieldsOf } from './queryFields.ts';

const JUNK = 'junk-token-of-the-doctor.';
const RANDOM_LENGTH = 20;

/** What tells which client asks, and for what: without a real token it opens nothing. */
const kept: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'scope',
  'redirect_uri',
  'audience',
  'resource',
]);

/** As long as what it stands for: a server may refuse by length. */
const junkFor = ({ length }: string): string => JUNK.repeat(Math.ceil(length / JUNK.length)).slice(0, length);

const isRefresh = (grantType: string): boolean => grantMeantBy(grantType) === 'refresh_token';

/** Another grant becomes a refresh. No grant has blanks and the like in its name: such a one stays without the rest. */
const junkGrantType = (value: string): string => {
  if (isRefresh(value) || value === '') return value;
  if (/^[\w:.-]+$/.test(value)) return 'refresh_token';
  const [name = ''] = /^[\w.-]{0,20}/.exec(value) ?? [];
  return name + junkFor(value.slice(name.length));
};

const junkField = ([name, value]: Field): Field => {
  const meant = meantBy(name) ?? '';
  if (meant === 'grant_type') return [name, junkGrantType(value)];
  return kept.has(meant) ? [name, value] : [name, junkFor(value)];
};

/** Another grant becomes a refresh grant, since only that can be tried without consequence. */
const withRefreshToken = (fields: readonly Field[]): readonly Field[] => {
  const isOther = fields.some(
    ([name, value]) => meantBy(name) === 'grant_type' && value && !isRefresh(value),
  );
  const hasToken = fields.some(([name]) => meantBy(name) === 'refresh_token');
  return isOther && !hasToken ? [...fields, ['refresh_token', JUNK]] : fields;
};

const formText = (fields: readonly Field[]): string =>
  new URLSearchParams(fields.map(([...field]) => field)).toString();

const bodies: { readonly [format in BodyFormat]: (fields: readonly Field[]) => HttpBody | undefined } = {
  none: () => undefined,
  form: (fields) => ({ kind: 'raw', text: formText(fields) }),
  multipart: (parts) => ({ kind: 'multipart', parts }),
  json: (fields) => ({ kind: 'raw', text: JSON.stringify(Object.fromEntries(fields)) }),
  text: () => ({ kind: 'raw', text: JUNK }),
};

const junkBody = (body: HttpBody | undefined): HttpBody | undefined => {
  const { format, fields } = bodyFieldsOf(body);
  return bodies[format](withRefreshToken(fields).map(junkField));
};

/** What nobody knows is a matter of the address: a tenant, a policy. */
const junkQueryField = (field: Field): Field => {
  const [name, value] = field;
  const isPlain = name !== '' && !looksLikeToken(value) && !looksRandom(value, RANDOM_LENGTH);
  return meantBy(name) === undefined && isPlain ? field : junkField(field);
};

const junkAddress = (request: HttpRequest): string => {
  const [address = ''] = request.url.split(/[?#]/, 1);
  const query = queryFieldsOf(request);
  if (query.length === 0) return address;
  return `${address}?${formText(withRefreshToken(query).map(junkQueryField))}`;
};

/** A proof is good for one request alone, and cookies are nobody's business here. */
const DROPPED = /^(?:cookie|dpop)$/i;

const junkHeader = (header: HttpRequest['headers'][number]): HttpRequest['headers'][number] => {
  const [name, value] = header;
  const { scheme, basic } = authorizationOf({ method: '', url: '', headers: [header] }) ?? {};
  if (basic) return header;
  if (scheme) return [name, `${scheme} ${JUNK}`];
  return scheme === '' || /token/i.test(name) || looksLikeToken(value) ? [name, JUNK] : header;
};

/**
 * The same request, mistakes and all, with junk for whatever could be used up or grants something: it can be sent
 * without consequence. The client stays who it is. A grant other than refresh becomes one.
 */
export const withJunkToken = (request: HttpRequest): HttpRequest => ({
  method: request.method,
  url: junkAddress(request),
  headers: request.headers.filter(([name]) => !DROPPED.test(name)).map(junkHeader),
  body: junkBody(request.body),
});
