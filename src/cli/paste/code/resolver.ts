import type { HttpBody } from '../../curl/httpRequest.ts';
import { formBody, rawBody } from '../requestFromParts.ts';
import type { Scope } from './scope.ts';
import type { Entry, Value } from './value.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** What a body is made of in a program. */
export type BodyMatter =
  | { readonly kind: 'form'; readonly fields: Pairs }
  | { readonly kind: 'parts'; readonly fields: Pairs }
  | { readonly kind: 'record'; readonly fields: Pairs; readonly json: string }
  | { readonly kind: 'text'; readonly text: string };

const DEEPEST = 30;

const FORM_CALL = /(?:^|\.)(?:URLSearchParams|stringify|urlencode|HttpParams|FormUrlEncodedContent)$/;
const JSON_CALL = /^(?:JSON\.stringify|json\.dumps|dumps)$/;
const BASE64_CALL = /(?:^|\.)(?:btoa|b64encode|standard_b64encode|encodeBase64)$|ToBase64String$/;
const TRANSPARENT_CALL =
  /(?:^|\.)(?:String|str|from|bytes|GetBytes|URL|encode|Headers|HttpHeaders|dict|freeze)$/;
const VARIABLE_CALL = /^(?:os\.getenv|os\.environ\.get|getenv|config\.get|Deno\.env\.get)$/;

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** Reads texts, fields and bodies off values. What is not known stands there as `${name}`, which `filledIn` learns. */
export const resolver = (scope: Scope) => {
  const filledIn = new Set<string>();

  const unknown = (name: string): string => {
    const written = `\${${
      name
        .replaceAll(/[^\w.$:-]+/g, ' ')
        .trim()
        .slice(0, 60) || 'value'
    }}`;
    filledIn.add(written);
    return written;
  };

  const ofName = (name: string, depth: number): string => {
    const value = depth < DEEPEST ? scope.valueOf(name) : undefined;
    if (value) return text(value, depth + 1);
    const [, owner = '', key] = /^(.+)\.(\w+)$/.exec(name) ?? [];
    const held =
      key === undefined || depth >= DEEPEST
        ? undefined
        : record(scope.valueOf(owner), depth + 1).find(([each]) => each === key);
    return held ? text(held[1], depth + 1) : unknown(name);
  };

  const ofCall = (value: Extract<Value, { kind: 'call' }>, depth: number): string => {
    const { name, args } = value;
    const [first] = args;
    if (name === '+') return args.map((each) => text(each, depth + 1)).join('');
    if (!first) return unknown(name);
    if (BASE64_CALL.test(name)) return base64(text(first, depth + 1));
    if (JSON_CALL.test(name)) return JSON.stringify(plain(first, depth + 1));
    if (/^encodeURIComponent$|\.(?:quote|quote_plus)$/.test(name))
      return encodeURIComponent(text(first, depth + 1).replaceAll(/\p{Surrogate}/gu, ''));
    if (VARIABLE_CALL.test(name)) return unknown(text(first, depth + 1));
    if (FORM_CALL.test(name))
      return new URLSearchParams(fields(first, depth + 1).map(([...each]) => each)).toString();
    return TRANSPARENT_CALL.test(name) ? text(first, depth + 1) : unknown(name);
  };

  const text = (value: Value | undefined, depth = 0): string => {
    if (!value || depth > DEEPEST) return unknown('value');
    if (value.kind === 'text')
      return value.parts
        .map((part) => (typeof part === 'string' ? part : ofName(part.name, depth + 1)))
        .join('');
    if (value.kind === 'name') return ofName(value.name, depth);
    return value.kind === 'call' ? ofCall(value, depth) : unknown('value');
  };

  /** The entries of a record, of a variable that holds one, of a list of pairs. */
  const record = (value: Value | undefined, depth = 0): readonly Entry[] => {
    if (!value || value.kind === 'text' || depth > DEEPEST) return [];
    if (value.kind === 'record')
      return value.entries.flatMap(([name, each]) =>
        name === '...' ? record(each, depth + 1) : [[name, each] as const],
      );
    if (value.kind === 'list')
      return value.items.flatMap((item) =>
        item.kind === 'list' && item.items.length === 2
          ? [[text(item.items[0], depth + 1), item.items[1]!] as const]
          : [],
      );
    if (value.kind === 'call')
      return [...record(value.args[0], depth + 1), ...value.named].flatMap(([name, each]) =>
        name === 'fromObject' ? record(each, depth + 1) : [[name, each] as const],
      );
    const added = scope.addedTo(value.name).map(([key, each]) => [text(key, depth + 1), each] as const);
    const own = record(scope.valueOf(value.name), depth + 1);
    return [...own.filter(([name]) => !added.some(([key]) => key === name)), ...added];
  };

  const fields = (value: Value | undefined, depth = 0): Pairs =>
    record(value, depth).map(([name, each]) => [name, text(each, depth + 1)] as const);

  /** As JSON would have it. */
  const plain = (value: Value, depth = 0): unknown => {
    const held = value.kind === 'name' && depth < DEEPEST ? scope.valueOf(value.name) : undefined;
    if (held && held.kind !== 'text') return plain(held, depth + 1);
    if (value.kind === 'list' && depth < DEEPEST) return value.items.map((each) => plain(each, depth + 1));
    if (value.kind === 'record')
      return Object.fromEntries(
        record(value, depth).map(([name, each]) => [name, depth < DEEPEST ? plain(each, depth + 1) : '']),
      );
    return text(value, depth + 1);
  };

  const isAdded = (value: Value): boolean => value.kind === 'name' && scope.addedTo(value.name).length > 0;

  const callMatter = (value: Extract<Value, { kind: 'call' }>, owner: Value, depth: number): BodyMatter => {
    const [first] = value.args;
    if (value.name.endsWith('FormData')) return { kind: 'parts', fields: fields(owner, depth) };
    if (/^JSON\.stringify$|dumps$/.test(value.name)) return { kind: 'text', text: text(value, depth) };
    if (/^(?:dict|Object\.fromEntries)$/.test(value.name))
      return {
        kind: 'record',
        fields: fields(owner, depth),
        json: JSON.stringify(Object.fromEntries(fields(owner, depth))),
      };
    if (!FORM_CALL.test(value.name)) return { kind: 'text', text: text(value, depth) };
    const written = first && first.kind !== 'record' && !isAdded(owner) ? resolved(first) : undefined;
    if (written?.kind === 'text')
      return { kind: 'form', fields: [...new URLSearchParams(text(written, depth))] };
    return { kind: 'form', fields: fields(owner, depth) };
  };

  const resolved = (value: Value, depth = 0): Value => {
    const held = value.kind === 'name' && depth < DEEPEST ? scope.valueOf(value.name) : undefined;
    return held ? resolved(held, depth + 1) : value;
  };

  /** `undefined`: there is none. */
  const body = (value: Value | undefined): BodyMatter | undefined => {
    if (!value || (value.kind === 'name' && /^(?:null|undefined|None)$/.test(value.name))) return undefined;
    const held = resolved(value);
    if (held.kind === 'call' && held.name !== '+') return callMatter(held, value, 0);
    if (held.kind === 'record' || held.kind === 'list')
      return { kind: 'record', fields: fields(value), json: JSON.stringify(plain(value)) };
    return { kind: 'text', text: text(value) };
  };

  return { text, record, fields, body, resolved, filledIn };
};

export type Resolver = ReturnType<typeof resolver>;

/** A body as a matter becomes it, where a record becomes JSON or a form. */
export const bodyOf = (
  matter: BodyMatter | undefined,
  recordAs: 'form' | 'json' | 'parts',
): HttpBody | undefined => {
  if (!matter) return undefined;
  if (matter.kind === 'text') return rawBody(matter.text);
  if (matter.kind === 'form') return formBody(matter.fields);
  if (matter.kind === 'parts' || recordAs === 'parts') return { kind: 'multipart', parts: matter.fields };
  return recordAs === 'form' ? formBody(matter.fields) : rawBody(matter.json);
};
