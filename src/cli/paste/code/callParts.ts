import type { RequestParts } from '../requestFromParts.ts';
import { type BodyMatter, bodyOf, type Resolver } from './resolver.ts';
import type { Entry, Value } from './value.ts';

type Call = Extract<Value, { kind: 'call' }>;
/** What a call asks for; `undefined`: it is none that asks. */
export type ReadCall = (call: Call, resolver: Resolver) => RequestParts | undefined;

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const MULTIPART = 'multipart/form-data';

const entry = (entries: readonly Entry[], ...names: readonly string[]): Value | undefined =>
  entries.find(([name]) => names.includes(name))?.[1];

const methodIn = (name: string): string | undefined => {
  const [, method] = /(?:^|\.)(get|post|put|patch|delete|head|options)$/i.exec(name) ?? [];
  return method?.toUpperCase();
};

const textIn = (value: Value | undefined, { text }: Resolver): string | undefined =>
  value ? text(value) : undefined;

const userIn = (value: Value | undefined, resolver: Resolver): RequestParts['user'] => {
  if (!value) return undefined;
  const held = resolver.resolved(value);
  const items = held.kind === 'list' ? held.items : held.kind === 'call' ? held.args : undefined;
  if (items) return [resolver.text(items[0]), resolver.text(items[1])];
  const pairs = new Map(resolver.fields(held));
  const [name = '', password = ''] = [
    pairs.get('username') ?? pairs.get('user'),
    pairs.get('password') ?? pairs.get('pass'),
  ];
  return name === '' && password === '' ? undefined : [name, password];
};

const typeIn = (headers: readonly (readonly [string, string])[]): string =>
  headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';

/** What a library says by itself of what is no text. */
const typeOf = (matter: BodyMatter | undefined, others: string): string | undefined => {
  if (!matter) return undefined;
  if (matter.kind === 'form') return FORM;
  return matter.kind === 'parts' ? MULTIPART : others;
};

/** "Copy as fetch" leaves out the header that tells the page, but not the page. */
const pageIn = (referrer: string | undefined): readonly (readonly [string, string])[] => {
  if (!referrer) return [];
  const origin = /^https?:/.test(referrer) && URL.canParse(referrer) ? new URL(referrer).origin : undefined;
  return [['Referer', referrer], ...(origin ? [['Origin', origin] as const] : [])];
};

/** `fetch(url, { method, headers, body })`: a record that is not made a text goes out as "[object Object]". */
const fetchCall: ReadCall = ({ args: [address, options] }, resolver) => {
  const entries = resolver.record(options);
  const matter = resolver.body(entry(entries, 'body'));
  const referrer = textIn(entry(entries, 'referrer'), resolver);
  return {
    method: textIn(entry(entries, 'method'), resolver),
    url: resolver.text(address),
    headers: [...resolver.fields(entry(entries, 'headers')), ...pageIn(referrer)],
    body: matter?.kind === 'record' ? { kind: 'raw', text: '[object Object]' } : bodyOf(matter, 'json'),
    contentType: typeOf(matter, 'text/plain;charset=UTF-8'),
  };
};

/** axios makes of a record what the header says since 0.27; before, it was JSON whatever the header said. */
const axiosBody = (
  matter: BodyMatter | undefined,
  headers: readonly (readonly [string, string])[],
): Pick<RequestParts, 'body' | 'contentType' | 'isEncodingUnsure'> => {
  const type = typeIn(headers);
  const recordAs = type.includes(FORM) ? 'form' : type.includes(MULTIPART) ? 'parts' : 'json';
  return {
    isEncodingUnsure: matter?.kind === 'record' && recordAs === 'form',
    body: bodyOf(matter, recordAs),
    contentType: typeOf(matter, matter?.kind === 'record' ? JSON_TYPE : FORM),
  };
};

const axiosConfig = (
  method: string | undefined,
  address: Value | undefined,
  data: Value | undefined,
  config: Value | undefined,
  resolver: Resolver,
): RequestParts => {
  const entries = resolver.record(config);
  const headers = resolver.fields(entry(entries, 'headers'));
  const base = textIn(entry(entries, 'baseURL'), resolver) ?? '';
  const url = textIn(address ?? entry(entries, 'url'), resolver) ?? '';
  return {
    method: method ?? textIn(entry(entries, 'method', 'type'), resolver),
    url: /^https?:/.test(url) ? url : base + url,
    query: resolver.fields(entry(entries, 'params')),
    headers,
    ...axiosBody(resolver.body(data ?? entry(entries, 'data')), headers),
    user: userIn(entry(entries, 'auth'), resolver),
  };
};

const hasBody = (method: string): boolean => /^(?:POST|PUT|PATCH)$/.test(method);

const axiosCall: ReadCall = ({ name, args: [first, second, third] }, resolver) => {
  const method = methodIn(name);
  if (method)
    return axiosConfig(
      method,
      first,
      hasBody(method) ? second : undefined,
      hasBody(method) ? third : second,
      resolver,
    );
  const isAddress = first !== undefined && resolver.record(first).length === 0;
  return axiosConfig(
    undefined,
    isAddress ? first : undefined,
    undefined,
    isAddress ? second : first,
    resolver,
  );
};

/** jQuery sends a record as a form. */
const jqueryCall: ReadCall = ({ name, args: [first, second] }, resolver) => {
  const isShort = methodIn(name) !== undefined;
  const entries = isShort ? [] : resolver.record(second ?? first);
  const matter = resolver.body(isShort ? second : entry(entries, 'data'));
  return {
    method: methodIn(name) ?? textIn(entry(entries, 'method', 'type'), resolver),
    url: isShort || second ? resolver.text(first) : (textIn(entry(entries, 'url'), resolver) ?? ''),
    headers: resolver.fields(entry(entries, 'headers')),
    body: bodyOf(matter, 'form'),
    contentType: textIn(entry(entries, 'contentType'), resolver) ?? FORM,
  };
};

/** Angular, and clients that take the same: a record is JSON whatever the header says. */
const angularCall: ReadCall = ({ name, args: [address, second, third] }, resolver) => {
  const method = methodIn(name) ?? 'GET';
  const entries = resolver.record(hasBody(method) ? third : second);
  const matter = hasBody(method) ? resolver.body(second) : undefined;
  return {
    method,
    url: resolver.text(address),
    query: resolver.fields(entry(entries, 'params')),
    headers: resolver.fields(entry(entries, 'headers')),
    body: bodyOf(matter, 'json'),
    contentType: typeOf(matter, matter?.kind === 'text' ? 'text/plain' : JSON_TYPE),
  };
};

/** `got.post(url, { form })`, `ky.post(url, { json })`. */
const optionsCall: ReadCall = ({ name, args: [address, options] }, resolver) => {
  const entries = resolver.record(options);
  const form = resolver.body(entry(entries, 'form'));
  const json = resolver.body(entry(entries, 'json'));
  const matter = resolver.body(entry(entries, 'body'));
  return {
    method: methodIn(name) ?? textIn(entry(entries, 'method'), resolver),
    url: resolver.text(address),
    query: resolver.fields(entry(entries, 'searchParams')),
    headers: resolver.fields(entry(entries, 'headers')),
    body: form ? bodyOf(form, 'form') : bodyOf(json ?? matter, 'json'),
    contentType: form ? FORM : json ? JSON_TYPE : typeOf(matter, 'text/plain;charset=UTF-8'),
  };
};

/** Python's requests and httpx. */
export const pythonCall: ReadCall = ({ name, args, named }, resolver) => {
  const isGeneral = name.endsWith('.request');
  const positional = isGeneral ? args.slice(1) : args;
  const method =
    methodIn(name) ?? textIn(isGeneral ? (args[0] ?? entry(named, 'method')) : undefined, resolver);
  const address = entry(named, 'url') ?? positional[0];
  if (!address) return undefined;
  const data = resolver.body(
    entry(named, 'data', 'content') ?? (hasBody(method ?? '') ? positional[1] : undefined),
  );
  const json = resolver.body(entry(named, 'json'));
  const files = resolver.body(entry(named, 'files'));
  const parts =
    files?.kind === 'record' ? [...(data?.kind === 'record' ? data.fields : []), ...files.fields] : undefined;
  return {
    method,
    url: resolver.text(address),
    query: resolver.fields(entry(named, 'params')),
    headers: resolver.fields(entry(named, 'headers')),
    body: parts ? { kind: 'multipart', parts } : (bodyOf(data, 'form') ?? bodyOf(json, 'json')),
    contentType: parts ? MULTIPART : data ? (data.kind === 'text' ? undefined : FORM) : JSON_TYPE,
    user: userIn(entry(named, 'auth'), resolver),
  };
};

/** By the name that is called; the first that fits counts. */
export const javascriptCalls: readonly (readonly [name: RegExp, read: ReadCall])[] = [
  [/^(?:(?:window|globalThis|self|undici)\.)?(?:\$?fetch|node_?fetch|ofetch|fetchImpl)$/i, fetchCall],
  [/^(?:\$|jQuery)\.(?:ajax|post|get)$/, jqueryCall],
  [/^(?:got|ky)(?:\.\w+)?$/, optionsCall],
  [/(?:^|\.)(?:http|httpClient|_http|httpService)\.(?:get|post|put|patch|delete)$/, angularCall],
  [/(?:^|\.)\w*axios\w*(?:\.(?:request|get|post|put|patch|delete|head))?$/i, axiosCall],
  [/(?:^|\.)(?:api|client|instance|apiClient)\.(?:get|post|put|patch|delete)$/i, axiosCall],
];
