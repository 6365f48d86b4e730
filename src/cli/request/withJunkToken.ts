import type { HttpBody, HttpRequest } from '../curl/httpRequest.ts';
import { meantBy } from '../../explain/fieldNames.ts';
import { basicHeader } from '../curl/options/headersOf.ts';
import { authorizationOf } from './authorizationOf.ts';
import { bodyFieldsOf, type BodyFormat } from './bodyFields.ts';
import { percentDecoded } from './percentDecoded.ts';
import { valueMeant, type Field } from './field.ts';
import { grantMeantBy } from './grants.ts';
import { headerOf, mediaTypeOf } from './headerOf.ts';
import { isFilledIn } from './fieldShapes.ts';
import { isClientName } from './isClientName.ts';
import { misplacedSecretIn } from './misplacedSecret.ts';
import { queryFieldsOf } from './queryFields.ts';
import { HIDDEN } from './showFor.ts';
import { secretFields } from './secretFields.ts';

const JUNK = 'junk-token-of-the-doctor.';

/** As long as what it stands for: a server may refuse by length. */
const junkFor = ({ length }: string): string => JUNK.repeat(Math.ceil(length / JUNK.length)).slice(0, length);

const fieldsOf = (request: HttpRequest): readonly Field[] => [
  ...bodyFieldsOf(request.body).fields,
  ...queryFieldsOf(request),
];

const isRefresh = (grantType: string): boolean => grantMeantBy(grantType) === 'refresh_token';

/** Another grant becomes a refresh. No grant has blanks and the like in its name: such a one stays without the rest. */
const junkGrantType = (value: string): string => {
  if (isRefresh(value) || value === '') return value;
  if (/^[\w:.-]+$/.test(value)) return 'refresh_token';
  const [name = ''] = /^[\w.-]{0,20}/.exec(value) ?? [];
  return name + junkFor(value.slice(name.length));
};

/** No secret of the client, wherever else it stands. */
const othersSecrets = (fields: readonly Field[]): ReadonlySet<string> =>
  new Set(
    fields
      .filter(([name]) => secretFields.has(meantBy(name) ?? '') && meantBy(name) !== 'client_secret')
      .flatMap(([, value]) => [value.trim(), percentDecoded(value.trim())]),
  );

/** As it stands there or decoded: the parts of Basic are form-encoded (RFC 6749 §2.3.1). */
const isAmong = (theirs: ReadonlySet<string>, value: string): boolean =>
  theirs.has(value.trim()) || theirs.has(percentDecoded(value.trim()));

/** Perhaps an assertion, perhaps a token in the wrong field. */
const JWT = /eyJ[\w-]+\.[\w-]*\.[\w-]*/;

const OURS: ReadonlySet<string> = new Set(['grant_type', 'client_id', 'client_secret', 'refresh_token']);

/** With the slips of a name, and without what was joined to it. */
const isName = (name: string): boolean => /^[\s"'&;:\w.[\]-]{1,40}$/.test(name) && !/\d{3}/.test(name);

/** Of the client are only values in the two fields where a server looks for it. */
const isClients = (name: string, value: string): boolean =>
  name === 'client_secret' || (name === 'client_id' && isClientName(value));

const junkField =
  (theirs: ReadonlySet<string>) =>
  ([name, value]: Field): readonly Field[] => {
    const meant = meantBy(name) ?? '';
    if (!OURS.has(meant) || !isName(name)) return [];
    if (meant === 'grant_type') return [[name, junkGrantType(value)]];
    return [[name, isClients(name, value) && !isAmong(theirs, value) ? value : junkFor(value)]];
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

const junkBody = (request: HttpRequest, theirs: ReadonlySet<string>): HttpBody | undefined => {
  const { format, fields } = bodyFieldsOf(request.body);
  return bodies[format](withRefreshToken(fields).flatMap(junkField(theirs)));
};

/** Others tell nothing apart, and are not ours to repeat. */
const MEDIA_TYPES = /^(?:application\/(?:x-www-form-urlencoded|json)|multipart\/form-data|text\/plain)$/;

const contentType = (request: HttpRequest): HttpRequest['headers'] => {
  const mediaType = mediaTypeOf(request);
  if (mediaType === undefined) return [];
  return [['Content-Type', MEDIA_TYPES.test(mediaType) ? mediaType : 'application/octet-stream']];
};

const authorization = (request: HttpRequest, theirs: ReadonlySet<string>): HttpRequest['headers'] => {
  const { scheme, credentials, basic } = authorizationOf(request) ?? {};
  if (scheme === undefined) return [];
  if (!basic) return [['Authorization', `${scheme} ${JUNK}`.trim()]];
  const { user, password } = basic;
  // Only where something is in the wrong place is it written anew: how it was encoded may be the mistake.
  const isFine = isClientName(user) && !isAmong(theirs, user) && !isAmong(theirs, password);
  const ours = isAmong(theirs, password) ? junkFor(password) : password;
  return [isFine ? ['Authorization', `Basic ${credentials}`] : basicHeader(`${junkFor(user)}:${ours}`)];
};

const origin = (request: HttpRequest): HttpRequest['headers'] => {
  const written = headerOf(request, 'origin') ?? '';
  return URL.canParse(written) ? [['Origin', new URL(written).origin]] : [];
};

/** The parts of a client that are not in it: a server would only say that nobody is called like a variable. */
export const partsStoodIn = (request: HttpRequest): readonly Field[] => {
  const { basic } = authorizationOf(request) ?? {};
  return (['client_id', 'client_secret'] as const).flatMap((name) => {
    const inBasic = name === 'client_id' ? basic?.user : basic?.password;
    return [valueMeant(fieldsOf(request), name), inBasic]
      .filter((value) => value !== undefined && isFilledIn(value, request.filledIn))
      .map((value): Field => [name, value ?? '']);
  });
};

/**
 * Whether a client proves itself in a way that can be repeated: an assertion is good once, and a name with a password
 * that is not the client's is somebody's.
 */
export const isRepeatable = (request: HttpRequest): boolean => {
  if (request.isSketch || partsStoodIn(request).length > 0) return false;
  const fields = fieldsOf(request);
  const meant = (name: string) => valueMeant(fields, name);
  if (meant('client_assertion') || JWT.test(meant('client_secret') ?? '')) return false;
  const { basic } = authorizationOf(request) ?? {};
  if (!basic) return true;
  const isTheClient = (meant('client_id') || basic.user) === basic.user && meant('username') !== basic.user;
  const isUsers = grantMeantBy(meant('grant_type') ?? '') === 'password' && !meant('password');
  return (
    isTheClient && !isUsers && !JWT.test(basic.password) && !isAmong(othersSecrets(fields), basic.password)
  );
};

/**
 * A request of our own that makes the mistakes of this one: by POST, to a token endpoint, in the encoding and under
 * the names of the original; with the client id, the client secret and junk for a token. Nothing else gets in.
 * `written` is the request as it was: a corrected one has dropped fields whose secrets may stand elsewhere too.
 */
export const withJunkToken = (
  request: HttpRequest,
  endpoint: string,
  written: HttpRequest = request,
): HttpRequest => {
  const theirs = new Set([
    ...othersSecrets([...fieldsOf(request), ...fieldsOf(written)]),
    misplacedSecretIn(written)?.value ?? JUNK,
  ]);
  return {
    method: 'POST',
    url: endpoint,
    headers: [...contentType(request), ...authorization(request, theirs), ...origin(request)],
    body: junkBody(request, theirs),
  };
};

/** Whether what stands for a client's name may be shown to a server's pages: no secret, nor joined to one. */
export const isOnlyTheClient = (clientId: string, request: HttpRequest): boolean =>
  clientId !== HIDDEN &&
  clientId !== misplacedSecretIn(request)?.value &&
  isClientName(clientId) &&
  !isAmong(othersSecrets(fieldsOf(request)), clientId);
