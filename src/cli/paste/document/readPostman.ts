import type { HttpBody } from '../../curl/httpRequest.ts';
import type { Exchange, HttpAnswer } from '../exchange.ts';
import { formBody, rawBody, requestFromParts, type RequestParts } from '../requestFromParts.ts';
import { isJson, type Json, listIn, pairsIn, textIn } from './documentsIn.ts';
import { readable } from '../readable.ts';
import { filledIn, unfilledIn, type Variables } from './variables.ts';

type Fill = (text: string) => string;
type Pairs = readonly (readonly [string, string])[];

/** A request of a collection, with what it takes over from its folders. */
interface Item {
  readonly request: Json;
  readonly auth: Json | undefined;
  readonly label: string;
  readonly answers: readonly Json[];
}

export const isCollection = (document: Json): boolean =>
  isJson(document['info']) && Array.isArray(document['item']);

const isEnvironment = (document: Json): boolean => Array.isArray(document['values']);

const authIn = (owner: Json): Json | undefined => (isJson(owner['auth']) ? owner['auth'] : undefined);

const requestOf = (written: unknown): Json | undefined => {
  if (typeof written === 'string') return { url: written };
  return isJson(written) ? written : undefined;
};

const DEEPEST = 20;

const itemsIn = (folder: Json, inherited: Json | undefined, depth = 0): readonly Item[] =>
  depth > DEEPEST
    ? []
    : listIn(folder['item']).flatMap((item) => {
        const request = requestOf(item['request']);
        const auth = authIn(request ?? item) ?? authIn(item) ?? inherited;
        if (!request) return itemsIn(item, auth, depth + 1);
        return [{ request, auth, label: textIn(item['name']), answers: listIn(item['response']) }];
      });

/** A switched-off or empty value of the environment is none. */
const variablesIn = (documents: readonly Json[]): Variables =>
  new Map(
    documents
      .flatMap((document) => [...pairsIn(document['variable']), ...pairsIn(document['values'])])
      .filter(([, value]) => value !== ''),
  );

const urlIn = (url: unknown): string => {
  if (!isJson(url)) return textIn(url);
  const host = Array.isArray(url['host']) ? url['host'].join('.') : textIn(url['host']);
  const path = Array.isArray(url['path']) ? url['path'].join('/') : textIn(url['path']);
  return textIn(url['raw']) || `${textIn(url['protocol']) || 'https'}://${host}/${path}`;
};

const headersIn = (header: unknown): Pairs =>
  typeof header === 'string'
    ? header
        .split('\n')
        .map((line) => [line.split(':', 1)[0]!.trim(), line.replace(/^[^:]*:/, '').trim()] as const)
    : pairsIn(header);

const filled = (pairs: Pairs, fill: Fill): Pairs => pairs.map(([name, value]) => [fill(name), fill(value)]);

const languages: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
};

interface Body {
  readonly body?: HttpBody | undefined;
  readonly contentType?: string | undefined;
}

const languageOf = (body: Json): string => {
  const { raw } = Object(body['options']) as { raw?: unknown };
  return languages[isJson(raw) ? textIn(raw['language']) : ''] ?? 'text/plain';
};

const bodyIn = (body: unknown, fill: Fill): Body => {
  if (!isJson(body) || body['disabled'] === true) return {};
  if (body['mode'] === 'urlencoded')
    return {
      body: formBody(filled(pairsIn(body['urlencoded']), fill)),
      contentType: 'application/x-www-form-urlencoded',
    };
  if (body['mode'] === 'formdata')
    return {
      body: { kind: 'multipart', parts: filled(pairsIn(body['formdata']), fill) },
      contentType: 'multipart/form-data',
    };
  return { body: rawBody(fill(textIn(body['raw']))), contentType: languageOf(body) };
};

/** The settings of one way of authorization, which are a list or an object. */
const settingsIn = (auth: Json, type: string): ReadonlyMap<string, string> => {
  const settings = auth[type];
  const pairs = isJson(settings)
    ? Object.entries(settings).map(([name, value]) => [name, textIn(value)] as const)
    : pairsIn(settings);
  return new Map(pairs);
};

const authParts = (auth: Json | undefined, fill: Fill): Partial<RequestParts> => {
  const type = textIn(auth?.['type']);
  if (!auth || type === 'noauth') return {};
  const settings = settingsIn(auth, type);
  const setting = (name: string): string => fill(settings.get(name) ?? '');
  if (type === 'basic') return { user: [setting('username'), setting('password')] };
  if (type === 'bearer') return { bearer: setting('token') };
  const isHeader =
    type === 'oauth2' && settings.get('addTokenTo') !== 'queryParams' && settings.has('accessToken');
  return isHeader ? { bearer: setting('accessToken') } : {};
};

const exampleOf = (answers: readonly Json[]): HttpAnswer | undefined => {
  const answer = answers.find(({ code }) => Number(code) >= 400) ?? answers[0];
  if (!answer || !answer['code']) return undefined;
  return {
    status: Number(answer['code']),
    headers: headersIn(answer['header']),
    text: textIn(answer['body']),
  };
};

const exchangeOf = (item: Item, variables: Variables): Exchange => {
  const fill: Fill = (text) => filledIn(text, variables);
  const { request, auth, label, answers } = item;
  const body = bodyIn(request['body'], fill);
  const parts = {
    method: textIn(request['method']),
    url: fill(urlIn(request['url'])),
    headers: filled(headersIn(request['header']), fill),
    ...body,
    ...authParts(auth, fill),
  };
  return {
    request: requestFromParts({ ...parts, filledIn: unfilledIn(fill(JSON.stringify([request, auth]))) }),
    answer: exampleOf(answers),
    label,
  };
};

/** Collections of Postman (v2, v2.1), and environments beside them, whose values count more. */
export const readPostman = (documents: readonly Json[]): readonly Exchange[] => {
  const collections = documents.filter(isCollection);
  const variables = variablesIn([...collections, ...documents.filter(isEnvironment)]);
  const items = collections.flatMap((collection) => itemsIn(collection, authIn(collection)));
  return readable(items, (item) => ({ ...exchangeOf(item, variables), tool: 'postman' }));
};
