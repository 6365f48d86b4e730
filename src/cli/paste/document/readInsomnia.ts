import type { HttpBody } from '../../curl/httpRequest.ts';
import type { Exchange } from '../exchange.ts';
import { formBody, rawBody, requestFromParts, type RequestParts } from '../requestFromParts.ts';
import { isJson, type Json, listIn, pairsIn, textIn } from './documentsIn.ts';
import { readable } from '../readable.ts';
import { filledIn, unfilledIn, type Variables } from './variables.ts';

export const isInsomnia = (document: Json): boolean =>
  Array.isArray(document['resources']) && (document['_type'] === 'export' || '__export_format' in document);

const ofType = (document: Json, type: string): readonly Json[] =>
  listIn(document['resources']).filter((resource) => resource['_type'] === type);

const leaves = (value: unknown, path: string): readonly (readonly [string, string])[] => {
  if (!isJson(value)) return [[path, textIn(value)]];
  return Object.entries(value).flatMap(([name, each]) =>
    leaves(each, path === '' ? name : `${path}.${name}`),
  );
};

/** An environment of its own counts more than the one that all share, which comes first. */
const variablesIn = (document: Json): Variables =>
  new Map(ofType(document, 'environment').flatMap(({ data }) => (isJson(data) ? leaves(data, '') : [])));

const bodyIn = (body: unknown): Pick<RequestParts, 'body' | 'contentType'> => {
  if (!isJson(body)) return {};
  const contentType = textIn(body['mimeType']) || undefined;
  const fields = pairsIn(body['params']);
  const written: HttpBody | undefined = /multipart/.test(contentType ?? '')
    ? { kind: 'multipart', parts: fields }
    : formBody(fields);
  return { body: Array.isArray(body['params']) ? written : rawBody(textIn(body['text'])), contentType };
};

const authParts = (authentication: unknown): Partial<RequestParts> => {
  if (!isJson(authentication) || authentication['disabled'] === true) return {};
  const { type, username, password, token } = authentication;
  if (type === 'basic') return { user: [textIn(username), textIn(password)] };
  return type === 'bearer' ? { bearer: textIn(token) } : {};
};

/** In JSON, so that every text in it is filled in; what is filled in is a string of JSON as well. */
const withValues = (resource: Json, variables: Variables): Json => {
  const inJson = new Map([...variables].map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)]));
  return JSON.parse(filledIn(JSON.stringify(resource), inJson)) as Json;
};

const exchangeOf = (resource: Json, variables: Variables): Exchange => {
  const request = withValues(resource, variables);
  return {
    request: requestFromParts({
      method: textIn(request['method']),
      url: textIn(request['url']),
      query: pairsIn(request['parameters']),
      headers: pairsIn(request['headers']),
      ...bodyIn(request['body']),
      ...authParts(request['authentication']),
      filledIn: unfilledIn(JSON.stringify(request)),
    }),
    label: textIn(request['name']),
  };
};

/** What Insomnia exports as "Insomnia v4 (JSON)". */
export const readInsomnia = (document: Json): readonly Exchange[] =>
  readable(ofType(document, 'request'), (resource) => ({
    ...exchangeOf(resource, variablesIn(document)),
    tool: 'insomnia',
  }));
