import { addressOf } from '../../curl/address.ts';
import type { HttpRequest } from '../../curl/httpRequest.ts';
import { basicHeader } from '../../curl/options/headersOf.ts';
import type { FindRequests, FoundRequest } from '../formReader.ts';
import { unfilledIn } from '../document/variables.ts';
import { readable } from '../readable.ts';
import { bodyEnd } from './bodyEnd.ts';
import { listedForm } from './listedForm.ts';
import { requestLine } from './requestLine.ts';

const HEADER = /^[^\S\n]*(?:>[^\S\n]+)?(?<name>:?[\w-]+)[^\S\n]*:(?<value>.*)$/;
/** The query may go on below the address. */
const MORE_QUERY = /^[^\S\n]+[?&]\S+$/;
const REMARK = /^\s*(?:#|\/\/)/;

interface Head {
  readonly headers: HttpRequest['headers'];
  readonly query: string;
  /** Behind the blank line, or behind the last header where there is none. */
  readonly end: number;
  readonly isClosed: boolean;
}

const headAt = (text: string, start: number): Head => {
  const headers: (readonly [string, string])[] = [];
  let query = '';
  let at = start;
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at);
    const line = text.slice(at, lineEnd);
    const { name, value } = HEADER.exec(line)?.groups ?? {};
    if (/^\s*>?\s*$/.test(line))
      return { headers, query, end: Math.min(lineEnd + 1, text.length), isClosed: true };
    if (MORE_QUERY.test(line)) query += line.trim();
    else if (name !== undefined) headers.push([name, value!.trim()]);
    else if (!REMARK.test(line)) break;
    at = lineEnd + 1;
  }
  return { headers, query, end: Math.min(at, text.length), isClosed: false };
};

const valueOf = (headers: HttpRequest['headers'], name: string): string =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';

const isLoopback = (host: string): boolean => /^(?:localhost|127\.|\[::1\]|\[?0)/.test(host);

/** A request line names the path alone; the scheme is in none of it. */
const addressFor = (target: string, host: string, isVerbose: boolean, before: string): string => {
  if (!target.startsWith('/')) return target;
  const isPlain =
    isLoopback(host) || (isVerbose && /\bport 80\b/.test(before) && !/\b(?:TLS|SSL)/.test(before));
  return `${isPlain ? 'http' : 'https'}://${host}${target}`;
};

/** Editors let `Authorization: Basic user password` stand for what it means. */
const meant = ([name, value]: readonly [string, string]): readonly [string, string] => {
  const [, user, password] = /^basic\s+(\S+?)(?:\s+|:)(\S.*)$/i.exec(value) ?? [];
  return /^authorization$/i.test(name) && user !== undefined
    ? [name, basicHeader(`${user}:${password}`)[1]]
    : [name, value];
};

/** `name = value &` on a line of its own: the blanks are the editor's, and are not sent (JetBrains' HTTP client). */
const SPACED = /^[\w.-]+ = [^\n]*&[^\S\n]*\n/;

const trimmed = (form: string): string =>
  form
    .split('&')
    .map((field) =>
      field
        .split('=')
        .map((part) => part.trim())
        .join('='),
    )
    .join('&');

/** As the network panel of a browser lists the fields of a form. */
const LISTED = /^Form Data:?\s+([^]+)/i;

/** Editors send a form that is written on several lines as one. */
const bodyText = (text: string): string => {
  const body = text.trim();
  const listed = LISTED.exec(body)?.[1];
  if (listed !== undefined) return listedForm(listed) ?? body;
  if (SPACED.test(body)) return trimmed(body);
  return /^[\w.%~-]+=/.test(body) && !body.includes('Content-Disposition')
    ? body.replaceAll(/\s*\n\s*/g, '')
    : body;
};

const isBodyLeftOut = (headers: HttpRequest['headers'], body: string): boolean =>
  body === '' && headers.some(([name]) => /^content-(?:type|length)$/i.test(name));

const hasHiddenBody = (method: string, headers: HttpRequest['headers']): boolean =>
  !/^(GET|HEAD|OPTIONS)$/.test(method) && valueOf(headers, 'content-length') !== '0';

const FORM = 'application/x-www-form-urlencoded';

/** What a program adds by itself: where none of it is there, a person wrote down what mattered. */
const BY_PROGRAM = /^(?:content-length|transfer-encoding|user-agent|accept(?:-encoding)?|connection)$/i;

/** Who writes a request down leaves out the header that goes without saying. */
const complete = (headers: HttpRequest['headers'], body: string): HttpRequest['headers'] => {
  const isCaptured = headers.some(([name]) => /^content-type$/i.test(name) || BY_PROGRAM.test(name));
  return isCaptured || !/^[\w.~%-]+=/.test(body) ? headers : [...headers, ['Content-Type', FORM]];
};

/**
 * Alone in a log or a sentence a first line says where a request went, not what was in it; nor does one tell of a body
 * who writes it down without the headers that a program adds.
 */
const isMentioned = (method: string, headers: HttpRequest['headers'], body: string): boolean =>
  body === '' &&
  (headers.length === 0 || (method !== 'GET' && !headers.some(([name]) => BY_PROGRAM.test(name))));

/** What editors write between requests, and before them. */
const OF_EDITOR = /^(?:###|[^\S\n]*@[\w-]+[^\S\n]*=|[^\S\n]*#[^\S\n]*@)/m;

const labelBefore = (text: string, at: number): string | undefined => {
  const before = text.slice(Math.max(at - 500, 0), at);
  const [, separator, name] =
    /(?:^|\n)###[^\S\n]*([^\n]*)\n(?:[^\S\n]*(?:#|\/\/)[^\S\n]*@name[^\S\n]+([^\n]*)\n|\s*\n|[^\S\n]*(?:#|\/\/)[^\n]*\n)*$/.exec(
      before,
    ) ?? [];
  return name?.trim() || separator?.trim() || undefined;
};

const foundAt = (text: string, line: RegExpExecArray, isOfEditor: boolean): FoundRequest => {
  const { mark = '', method = '', target = '' } = line.groups!;
  const isVerbose = mark.includes('>');
  const { headers: written, query, end: headEnd, isClosed } = headAt(text, line.index + line[0].length + 1);
  const headers = written.filter(([name]) => !name.startsWith(':')).map(meant);
  const bodyStart = headEnd + /^\s*/.exec(text.slice(headEnd))![0].length;
  const hasBody = isClosed && !isVerbose && !/^(GET|HEAD)$/.test(method);
  const end = Math.max(hasBody ? bodyEnd(text, bodyStart) : headEnd, headEnd);
  const body = hasBody ? bodyText(text.slice(bodyStart, end)) : '';
  const before = text.slice(Math.max(line.index - 4000, 0), line.index);
  const filledIn = unfilledIn(text.slice(line.index, end));
  const isMention = !isOfEditor && isMentioned(method, headers, body);
  const request: HttpRequest = {
    method,
    url: addressFor(target, valueOf(headers, 'host'), isVerbose, before) + query,
    headers: complete(headers, body),
    body: body ? { kind: 'raw', text: body } : undefined,
    // A trace shows no body, and who names its type or its length has left it out.
    ...((isVerbose || isBodyLeftOut(headers, body)) && hasHiddenBody(method, headers) && { isSketch: true }),
    ...(isMention && { isSketch: true }),
    ...(filledIn.length > 0 && { filledIn }),
  };
  return { start: line.index, end, request, label: labelBefore(text, line.index) };
};

const withAddress = ({ request, ...found }: FoundRequest): FoundRequest => {
  const { url, isSchemeAssumed } = addressOf(request.url);
  return { ...found, request: { ...request, url, ...(isSchemeAssumed && { isSchemeAssumed }) } };
};

/** Requests as they go over the wire, as `curl -v` shows them, or as a file of an editor has them. */
export const httpRequests: FindRequests = (text) => {
  const found: FoundRequest[] = [];
  const pattern = requestLine();
  const isOfEditor = OF_EDITOR.test(text);
  for (let line = pattern.exec(text); line; line = pattern.exec(text)) {
    const request = foundAt(text, line, isOfEditor);
    found.push(request);
    pattern.lastIndex = Math.max(request.end, line.index + line[0].length);
  }
  return found.length === 0 ? [] : readable(found, withAddress);
};
