import type { HttpBody, HttpRequest } from '../../curl/httpRequest.ts';
import { looseObject } from '../../paste/answer/looseObject.ts';
import { joinedIn } from '../../request/isClientName.ts';
import type { HttpAnswer } from '../../paste/exchange.ts';
import { objectIn } from '../network/objectIn.ts';

type Pairs = Iterable<readonly [name: string, value: string]>;

/** Fields and headers that are known to hold no secret; all others are taken for one. */
const OPEN_FIELD =
  /^(grant_?type|client_?id|scope|redirect_?uri|response_type|resource|audience|token_type_hint|client_assertion_type|requested_token_type|subject_token_type)$/i;
const OPEN_HEADER =
  /^(accept|accept-(charset|encoding|language)|cache-control|connection|content-(encoding|language|length|type)|dnt|host|origin|pragma|priority|sec-.*|te|upgrade-insecure-requests|user-agent)$/i;

/** A token is one wherever it stands. */
const isToken = (value: string): boolean => /^\s*["']?eyJ[\w-]+\./.test(value);

/** A separator that was mistyped leaves a value in the name: `refresh_token:abc`. */
const valuesInName = (name: string): readonly string[] =>
  /^[\w.[\]-]{1,40}$/.test(name.trim()) ? [] : [name, ...name.split(/[\s"'&:;,]+/).slice(1)];

const hiddenIn = (pairs: Pairs, open: RegExp): readonly string[] =>
  [...pairs].flatMap(([name, value]) => {
    const isHidden = !open.test(name.trim()) || isToken(value);
    return valuesInName(name).concat(joinedIn(value), isHidden ? value : []);
  });

const decoded = (basic: string): string => Buffer.from(basic, 'base64').toString();

/** The user name of Basic is the client's id. */
const passwordIn = (basic: string): string => decoded(basic).replace(/^[^:]*:/, '');

const partsOf = (header: string): readonly string[] => {
  const [scheme = '', ...rest] = header.trim().split(/\s+/);
  const credentials = rest.join(' ');
  return /^basic$/i.test(scheme) ? [header, credentials, passwordIn(credentials)] : [header, credentials];
};

/** `name=value; name=value` of cookies, and anything like it. */
const piecesOf = (header: string): readonly string[] =>
  header.split(/[;,]\s*/).map((each) => each.replace(/^[^=]*=/, ''));

const inHeaders = (headers: Pairs): readonly string[] =>
  hiddenIn(headers, OPEN_HEADER).flatMap((header) => partsOf(header).concat(piecesOf(header)));

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** No field of a token request has fields: what stands further inside can be anything, under any name. */
const nameOf = (name: string, value: unknown): string => (typeof value === 'string' ? name : 'inside');

const inJson = (text: string): readonly string[] => {
  const pairs = Object.entries(objectIn(text) ?? {});
  return hiddenIn(
    pairs.flatMap(([name, value]) => textsIn(value).map((each) => [nameOf(name, value), each] as const)),
    OPEN_FIELD,
  );
};

const rawPair = (piece: string): readonly [string, string] => {
  const [name = '', ...values] = piece.split('=');
  return [name, values.join('=')];
};

/** Decoded, and as it stands there: what was never encoded is another text once it is decoded. */
const inForm = (text: string): readonly string[] =>
  hiddenIn([...new URLSearchParams(text), ...text.split('&').map(rawPair)], OPEN_FIELD);

const inBody = (body: HttpBody | undefined): readonly string[] => {
  if (!body) return [];
  if (body.kind === 'multipart') return hiddenIn(body.parts, OPEN_FIELD);
  // Cut up as a form, JSON would be one field with everything in its name.
  return objectIn(body.text) ? inJson(body.text) : inForm(body.text);
};

const decodedUri = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const inUrl = (address: string): readonly string[] => {
  if (!URL.canParse(address)) return [];
  const { password, search, hash } = new URL(address);
  return [password, decodedUri(password), ...inForm(search.slice(1)), ...inForm(hash.slice(1))];
};

/** Every string of a request that is not known to be open. */
export const suspectsIn = ({ url, headers, body }: HttpRequest): readonly string[] =>
  [...inUrl(url), ...inHeaders(headers), ...inBody(body)].filter((text) => text.trim() !== '');

/** What an answer grants; its words are shown. */
const GRANTED = /token|code$|secret|password|assertion|session|cookie|state|nonce|key/i;
const OPEN_CODE = /^(error_?code|status_?code|code)$/i;
const SECRET_HEADER = /^(set-cookie|authorization|location|.*(token|secret|key).*)$/i;

const pairsIn = (value: unknown, name = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => pairsIn(each, key));
};

const isGranted = ([name, value]: readonly [string, string]): boolean =>
  isToken(value) || (GRANTED.test(name) && !OPEN_CODE.test(name) && !/^[a-z_ ]+$/i.test(value));

const inAnswerHeader = ([name, value]: readonly [string, string]): readonly string[] => {
  if (/^location$/i.test(name)) return inForm(value.replace(/^[^?#]*[?#]?/, '').replace('#', '&'));
  return SECRET_HEADER.test(name) ? [value, ...piecesOf(value)] : [];
};

/** Every string of an answer that may be a secret, its words left out. */
export const suspectsInAnswer = ({ headers, text }: HttpAnswer): readonly string[] =>
  [
    ...pairsIn(objectIn(text) ?? looseObject(text))
      .filter(isGranted)
      .map(([, value]) => value),
    ...headers.flatMap(inAnswerHeader),
  ].filter((each) => each.trim() !== '');
