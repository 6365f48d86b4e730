import type { HttpBody } from '../../curl/httpRequest.ts';
import { bodyFieldsOf } from '../../request/bodyFields.ts';
import { namesGrant } from '../../request/namesGrant.ts';
import type { Exchange, HttpAnswer } from '../exchange.ts';
import { formBody, rawBody, requestFromParts } from '../requestFromParts.ts';
import { isJson, type Json, listIn, pairsIn, textIn } from './documentsIn.ts';
import { readable } from '../readable.ts';

const entriesIn = (document: Json): readonly Json[] =>
  isJson(document['log']) ? listIn(document['log']['entries']) : [];

export const isHar = (document: Json): boolean =>
  isJson(document['log']) && Array.isArray(document['log']['entries']);

const bodyIn = (data: unknown): HttpBody | undefined => {
  if (!isJson(data)) return undefined;
  const text = textIn(data['text']);
  const fields = pairsIn(data['params']);
  if (text !== '' || fields.length === 0) return rawBody(text);
  return /multipart/i.test(textIn(data['mimeType']))
    ? { kind: 'multipart', parts: fields }
    : formBody(fields);
};

const contentIn = (content: unknown): string => {
  if (!isJson(content)) return '';
  const text = textIn(content['text']);
  return content['encoding'] === 'base64' ? Buffer.from(text, 'base64').toString() : text;
};

/** Status 0: the browser got no answer, or may not show it. */
const answerOf = (response: unknown): HttpAnswer | undefined => {
  if (!isJson(response) || !response['status']) return undefined;
  const headers = pairsIn(response['headers']);
  return { status: Number(response['status']), headers, text: contentIn(response['content']) };
};

/** Chrome leaves out who somebody is, unless it is told not to. Then that a header is missing means nothing. */
const isSanitized = (entries: readonly Json[]): boolean =>
  !entries.some(({ request }) =>
    pairsIn((Object(request) as Json)['headers']).some(([name]) => /^(?:authorization|cookie)$/i.test(name)),
  );

const exchangeOf = ({ request, response }: Json, isLess: boolean): Exchange => {
  const { method, url, headers, postData } = Object(request) as Json;
  const read = requestFromParts({
    method: textIn(method),
    url: textIn(url),
    headers: pairsIn(headers),
    body: bodyIn(postData),
  });
  const isSketch = isLess && !namesGrant(bodyFieldsOf(read.body).fields);
  return { request: isSketch ? { ...read, isSketch } : read, answer: answerOf(response) };
};

const ASSET =
  /^(?:image|font|audio|video|text\/css|text\/javascript|application\/(?:x-)?javascript|application\/wasm)/i;

/** What a page is made of is of no interest. */
const isAsset = ({ request, response }: Json): boolean => {
  const { method } = Object(request) as Json;
  const { status, content } = Object(response) as Json;
  const type = isJson(content) ? textIn(content['mimeType']) : '';
  return method === 'GET' && Number(status) > 0 && ASSET.test(type);
};

/** What the network panel of a browser, a proxy or Insomnia writes (HAR 1.2). */
export const readHar = (document: Json): readonly Exchange[] => {
  const entries = entriesIn(document);
  const others = entries.filter((entry) => !isAsset(entry));
  const isLess = isSanitized(entries);
  return readable(others.length > 0 ? others : entries, (entry) => exchangeOf(entry, isLess));
};
