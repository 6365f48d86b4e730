import type { BodyEncoding, RequestShape } from '../../explain/failedGrant.ts';
import type { HttpBody, HttpRequest } from '../curl/httpRequest.ts';
import { addressShown } from './addressShown.ts';
import { authorizationOf, type Authorization } from './authorizationOf.ts';
import { bodyFieldsOf, type BodyFormat } from './bodyFields.ts';
import { dpopProofShapeOf } from './dpopProofShapeOf.ts';
import { valueMeant, valueOf, type Field } from './field.ts';
import { speltAs } from '../../explain/fieldNames.ts';
import { fieldShapesOf, isFilledIn } from './fieldShapes.ts';
import { headerOf, mediaTypeOf } from './headerOf.ts';
import { queryFieldsOf } from './queryFields.ts';
import { showFor, type Show } from './showFor.ts';
import { tokenShapeOf } from './tokenShapeOf.ts';
import { withoutPadding } from './withoutPadding.ts';
import { withoutUnknown } from './withoutUnknown.ts';

const MOST_HEADERS = 100;

const encodings: { readonly [format in BodyFormat]: BodyEncoding } = {
  none: 'none',
  form: 'form',
  multipart: 'multipart',
  json: 'json',
  text: 'other',
};

/** What a body looks like counts; its `Content-Type` is told beside it. */
const encodingOf = (format: BodyFormat, mediaType = ''): BodyEncoding =>
  format === 'text' && /[/+]json$/.test(mediaType) ? 'json' : encodings[format];

/** Whatever stands in place of a known name may be a secret. */
const ofForm = (text: string | undefined, form: RegExp, show: Show): string | undefined => {
  if (text === undefined) return undefined;
  return form.test(text) ? show(text) : '(not readable)';
};

const authorizationShown = (
  { scheme, credentials, basic }: Authorization,
  filledIn: HttpRequest['filledIn'],
  show: Show,
): Partial<RequestShape> => {
  // Whoever puts the word there takes a value that has it already.
  const isTwice = /^bearer\s/i.test(credentials) && /^bearer$/i.test(scheme);
  const authorization = isTwice ? 'bearer bearer' : scheme.toLowerCase() || '(no scheme)';
  if (!basic) return { authorization };
  const fields = [
    ['client_id', basic.user],
    ['client_secret', basic.password],
  ] as const;
  return {
    authorization,
    basicClientId: isFilledIn(basic.user, filledIn) ? undefined : show(basic.user),
    hasBasicSecret: basic.password !== '',
    basicFields: fieldShapesOf(fields, show, filledIn),
  };
};

/** An origin has no path; what is written there instead is nobody's business. */
const withoutPath = (origin: string): string =>
  URL.canParse(origin) && new URL(origin).pathname.length > 1 ? new URL(origin).origin : origin;

const originShown = (origin: string | undefined, show: Show): string | undefined =>
  origin === undefined ? undefined : addressShown(withoutPath(origin), show);

const headersShown = (request: HttpRequest, show: Show): Partial<RequestShape> => {
  const authorization = authorizationOf(request);
  const proof = headerOf(request, 'dpop');
  const names = request.headers
    .map(([name]) => name)
    .filter((name) => /^[a-z][\w-]{0,50}$/i.test(name) && show(name) === name);
  return {
    contentType: ofForm(mediaTypeOf(request), /^[\w.+*-]{1,60}\/[\w.+*-]{1,60}$/, show),
    ...(authorization && authorizationShown(authorization, request.filledIn, show)),
    headerNames: names.slice(0, MOST_HEADERS).map((name) => name.toLowerCase()),
    dpopProof: proof === undefined ? undefined : dpopProofShapeOf(proof, show),
    origin: originShown(headerOf(request, 'origin'), show),
  };
};

const tokenIn = (fields: readonly Field[], name: string, filledIn: HttpRequest['filledIn'], show: Show) => {
  const token = valueMeant(fields, name);
  return token === undefined || isFilledIn(token, filledIn) ? undefined : tokenShapeOf(token, show);
};

const valuesShown = (
  body: readonly Field[],
  query: readonly Field[],
  filledIn: HttpRequest['filledIn'],
  show: Show,
): Partial<RequestShape> => {
  const inBody = (name: string) => {
    const value = valueOf(body, (written) => written === name);
    return value !== undefined && isFilledIn(value, filledIn) ? undefined : value;
  };
  const everywhere = [...body, ...query];
  const clientId = inBody('client_id');
  // The sign-in page is asked by its address.
  const redirectUri = inBody('redirect_uri') ?? valueOf(query, (written) => written === 'redirect_uri');
  const grantType = valueOf(everywhere, (name) => speltAs(name) === 'grant_type');
  return {
    grantType: ofForm(grantType, /^[\w:.\s"'-]{0,80}$/, show),
    clientId: clientId === undefined ? undefined : show(withoutPadding(clientId)),
    scope: inBody('scope') === undefined ? undefined : show(inBody('scope')!),
    redirectUri: redirectUri === undefined ? undefined : addressShown(redirectUri, show),
    refreshToken: tokenIn(everywhere, 'refresh_token', filledIn, show),
    accessToken: tokenIn(everywhere, 'access_token', filledIn, show),
    clientAssertion: tokenIn(everywhere, 'client_assertion', filledIn, show),
    assertion: tokenIn(everywhere, 'assertion', filledIn, show),
  };
};

const hasStrayPercent = (body: HttpBody | undefined): true | undefined =>
  (body?.kind === 'raw' && /%(?![\da-f]{2})/i.test(body.text)) || undefined;

const unquoted = (text: string): string => text.replace(/^(["'])(.*)\1$/, '$2');

const bearerIn = (request: HttpRequest, show: Show): Partial<RequestShape> => {
  const { scheme = '', credentials = '' } = authorizationOf(request) ?? {};
  return /^(?:bearer|dpop)$/i.test(scheme) && !isFilledIn(unquoted(credentials), request.filledIn)
    ? {
        accessToken: {
          ...tokenShapeOf(credentials, show),
          ...(/^["']eyJ[\w-]+\./.test(credentials) && { isQuoted: true }),
        },
      }
    : {};
};

/**
 * What a request looks like. Of its values only those of known, open fields are in it, and of those none that looks
 * like a token or stands as a secret elsewhere in the request.
 */
export const requestShapeOf = (request: HttpRequest): RequestShape => {
  const show = showFor(request);
  const { format, fields } = bodyFieldsOf(request.body);
  const query = queryFieldsOf(request);
  return withoutUnknown<RequestShape>({
    method: ofForm(request.method, /^[a-z]{1,20}$/i, show)!,
    url: addressShown(request.url, show),
    encoding: encodingOf(format, mediaTypeOf(request)),
    fields: fieldShapesOf(fields, show, request.filledIn),
    queryFields: fieldShapesOf(query, show, request.filledIn),
    hasStrayPercent: hasStrayPercent(request.body),
    isSketch: request.isSketch,
    isEncodingUnsure: request.isEncodingUnsure,
    ...bearerIn(request, show),
    ...headersShown(request, show),
    ...withoutUnknown(valuesShown(fields, query, request.filledIn, show)),
  });
};
