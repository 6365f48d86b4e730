import type { HttpBody } from '../../curl/httpRequest.ts';
import type { FindRequests } from '../formReader.ts';
import { readable } from '../readable.ts';
import { formBody, rawBody, requestFromParts, type RequestParts } from '../requestFromParts.ts';
import { filledIn, unfilledIn } from './variables.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** What stands between `name {` and `}`, and where the last of it ends. */
interface Blocks {
  readonly contents: ReadonlyMap<string, string>;
  readonly end: number;
}

const OPENING = /^([a-z][\w:-]*) \{\s*$/;
const METHOD = /^(?:get|post|put|patch|delete|head|options)$/;

const blocksIn = (text: string): Blocks => {
  const contents = new Map<string, string>();
  let [name, from, at, end] = ['', 0, 0, 0];
  for (const line of text.split('\n')) {
    const next = at + line.length + 1;
    const opening = OPENING.exec(line)?.[1];
    if (name === '' && opening !== undefined) [name, from] = [opening, next];
    else if (name !== '' && /^\}\s*$/.test(line)) {
      contents.set(name, text.slice(from, at));
      [name, end] = ['', Math.min(next, text.length)];
    }
    at = next;
  }
  return { contents, end };
};

/** `name: value`; what begins with `~` is switched off. */
const pairsIn = (content = ''): Pairs =>
  content.split('\n').flatMap((line) => {
    const [, name, value = ''] = /^\s*([^~:\s][^:]*):(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.trim(), value.trim()] as const];
  });

const bodies: Readonly<Record<string, (content: string) => Pick<RequestParts, 'body' | 'contentType'>>> = {
  'body:form-urlencoded': (content) => ({
    body: formBody(pairsIn(content)),
    contentType: 'application/x-www-form-urlencoded',
  }),
  'body:multipart-form': (content) => {
    const body: HttpBody = { kind: 'multipart', parts: pairsIn(content) };
    return { body, contentType: 'multipart/form-data' };
  },
  'body:json': (content) => ({ body: rawBody(content.trim()), contentType: 'application/json' }),
  'body:text': (content) => ({ body: rawBody(content.trim()), contentType: 'text/plain' }),
};

/** The settings keep all bodies that were ever written; `body: json` says which one is sent. */
const bodyIn = (mode: string, contents: Blocks['contents']): Pick<RequestParts, 'body' | 'contentType'> => {
  const name = `body:${mode.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace('form-url-encoded', 'form-urlencoded')}`;
  const content = contents.get(name);
  return content === undefined ? {} : (bodies[name]?.(content) ?? {});
};

const authIn = (mode: string, contents: Blocks['contents']): Partial<RequestParts> => {
  const settings = new Map(pairsIn(contents.get(`auth:${mode}`)));
  const setting = (name: string): string => settings.get(name) ?? '';
  if (mode === 'basic') return { user: [setting('username'), setting('password')] };
  return mode === 'bearer' ? { bearer: setting('token') } : {};
};

const partsIn = (method: string, contents: Blocks['contents']): RequestParts => {
  const settings = new Map(pairsIn(contents.get(method)));
  return {
    method,
    url: settings.get('url') ?? '',
    headers: pairsIn(contents.get('headers')),
    ...bodyIn(settings.get('body') ?? 'none', contents),
    ...authIn(settings.get('auth') ?? 'none', contents),
    // What a folder adds stands in another file.
    isSketch: settings.get('auth') === 'inherit',
    filledIn: unfilledIn([...contents.values()].join('\n')),
  };
};

/** A request as Bruno keeps it in a file (`.bru`), with the variables that stand in it. */
export const brunoRequests: FindRequests = (text) => {
  const written = blocksIn(text).contents;
  if (![...written.keys()].some((name) => METHOD.test(name))) return [];
  const variables = new Map([...pairsIn(written.get('vars')), ...pairsIn(written.get('vars:pre-request'))]);
  const { end } = blocksIn(text);
  const { contents } = blocksIn(filledIn(text, variables));
  const methods = [...contents.keys()].filter((name) => METHOD.test(name));
  return readable(methods.slice(0, 1), (method) => ({
    start: 0,
    end,
    request: requestFromParts(partsIn(method, contents)),
  }));
};
