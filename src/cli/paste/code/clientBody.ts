import type { HttpBody } from '../../curl/httpRequest.ts';
import { formBody, rawBody, type RequestParts } from '../requestFromParts.ts';
import type { ClientLanguage } from './clientLanguages.ts';
import type { PairGroup } from './clientPairs.ts';

type Fields = readonly (readonly [name: string, value: string])[];
type Kind = 'form' | 'json' | 'parts' | 'query';

const FORM = 'application/x-www-form-urlencoded';

/** What says how pairs are sent. */
const signs: readonly (readonly [kind: Kind, says: RegExp])[] = [
  ['parts', /Multipart|multipart|addFormDataPart|WriteField/],
  [
    'json',
    /json_encode|Json(?:Convert|Serializer\.Serialize|Content)|AsJson|json\.(?:Marshal|NewEncoder)|to_json|JSON\.generate|writeValueAs|[tT]oJson\b|AddJsonBody|JSONObject\(|JsonObject\(|asJson\(|'json'/,
  ],
  ['query', /'(?:query|params)'|[qQ]ueryParam|AddQueryParameter|url\.Query\(/],
  [
    'form',
    /FormUrlEncoded|FormBody|UrlEncodedForm|PostForm|\.Encode\b|http_build_query|form_params|'form'|asForm|form_data|post_form|encode_www_form|MultiValueMap|fromFormData|AddParameter|URLEncoder|url_encoded|formParam|submitForm|Http\.asForm/,
  ],
];

const kindsIn = (text: string): readonly Kind[] =>
  signs.filter(([, says]) => says.test(text)).map(([kind]) => kind);

/** What a library makes of pairs, if nobody tells it. */
const defaults: readonly (readonly [language: ClientLanguage['name'], says: RegExp, kind: Kind])[] = [
  // An array is sent in parts, other than a string.
  ['PHP', /CURLOPT_POSTFIELDS/, 'parts'],
  ['PHP', /\bHttp::/, 'json'],
  ['Ruby', /HTTParty|RestClient|Faraday/, 'form'],
  ['Java or Kotlin', /RestTemplate|WebClient|RestClient/, 'json'],
];

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`);

/** The calls that take a variable, and what is called on it. */
const usesOf = (variable: string, code: string): string => {
  const name = escaped(variable);
  const used = new RegExp(String.raw`[\w.:]{1,60}\([^\S\n]*(?:new )?[$@]?\b${name}\b|\b${name}\.\w+`, 'g');
  return (code.match(used) ?? []).join(' ');
};

/** What is nearest counts; `undefined`: nothing says it, or what is said differs. */
const kindOf = (
  group: PairGroup,
  code: string,
  behind: string,
  language: ClientLanguage['name'],
): Kind | undefined => {
  const own = `${group.context} ${group.pairs[0]?.context} ${/^\)*\.to_json/.exec(behind)?.[0] ?? ''}`;
  const nearer = [own, group.variable === undefined ? '' : usesOf(group.variable, code), code];
  for (const text of nearer) {
    const kinds = kindsIn(text);
    if (kinds.length === 1) return kinds[0];
    if (kinds.length > 1 && text !== own) return undefined;
    if (kinds.length > 1) return kinds.find((kind) => kind !== 'form');
  }
  return defaults.find(([name, says]) => name === language && says.test(code))?.[2];
};

/** A body of the standard library of Go and of Java goes without a type, unless somebody sets it. */
const isUntyped = (code: string, language: ClientLanguage['name']): boolean =>
  language === 'Go' ? /http\.NewRequest/.test(code) : /BodyPublishers/.test(code);

const typeOf = (kind: Kind, code: string, language: ClientLanguage['name']): string | undefined => {
  if (kind === 'parts') return 'multipart/form-data';
  if (isUntyped(code, language)) return undefined;
  return kind === 'json' ? 'application/json' : FORM;
};

/** What a string is sent as, unless somebody says it. */
export const typeOfText = (code: string, language: ClientLanguage['name']): string | undefined => {
  if (/\bStringContent\(|\bStringEntity\(|RestTemplate|WebClient/.test(code)) return 'text/plain';
  return isUntyped(code, language) || /RequestBody\.create/.test(code) ? undefined : FORM;
};

const bodies: Readonly<Record<Exclude<Kind, 'query'>, (fields: Fields) => HttpBody | undefined>> = {
  form: formBody,
  json: (fields) => rawBody(JSON.stringify(Object.fromEntries(fields))),
  parts: (parts) => ({ kind: 'multipart', parts }),
};

/** What becomes of pairs; `undefined`: nobody says how they are sent. */
export const bodyOfPairs = (
  fields: Fields,
  group: PairGroup,
  code: string,
  behind: string,
  language: ClientLanguage['name'],
): Pick<RequestParts, 'body' | 'query' | 'contentType'> | undefined => {
  const kind = kindOf(group, code, behind, language);
  if (!kind) return undefined;
  if (kind === 'query') return { query: fields };
  return { body: bodies[kind](fields), contentType: typeOf(kind, code, language) };
};
