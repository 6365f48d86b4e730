import type { Token } from './token.ts';
import { callValue, type Entry, joined, nameValue, textValue, type Value } from './value.ts';

/** A value, and the token behind it. */
export interface Read {
  readonly value: Value;
  readonly end: number;
}

const DEEPEST = 60;
const CLOSING: { readonly [mark in string]: string } = { '(': ')', '[': ']', '{': '}' };

const BEFORE_VALUE = /^(?:new|await|return|yield|typeof|async)$/;
/** What gives the same in another form. */
const SAME = /^(?:toString|encode|decode|trim|strip|href|toUpperCase|json)$/;

const OWNER = /^(.+)\.(?:toString|encode|decode|trim|strip)$/;

/** `toString('base64')` */
const sameIn = (value: Value, [encoding]: readonly Value[]): Value =>
  encoding?.kind === 'text' && encoding.parts[0] === 'base64' ? callValue('btoa', value) : value;

const keyText = (key: Value): string =>
  key.kind === 'text'
    ? key.parts.map((part) => (typeof part === 'string' ? part : `\${${part.name}}`)).join('')
    : '';

/** Reads values out of the tokens of JavaScript or Python. It never fails: what it cannot read has a name only. */
export const valueReader = (tokens: readonly Token[]) => {
  const written = (at: number): string => (tokens[at]?.kind === 'text' ? '' : (tokens[at]?.written ?? ''));

  const skipLines = (at: number): number => {
    let next = at;
    while (tokens[next]?.kind === 'line') next += 1;
    return next;
  };

  /** Behind the bracket that closes the one at `at`. */
  const skipGroup = (at: number): number => {
    let depth = 0;
    for (let next = at; next < tokens.length; next++) {
      if (Object.hasOwn(CLOSING, written(next))) depth += 1;
      else if (/^[)\]}]$/.test(written(next))) depth -= 1;
      if (depth <= 0) return next + 1;
    }
    return tokens.length;
  };

  /** The next comma or closing bracket of this group. */
  const skipRest = (at: number): number => {
    let next = at;
    while (next < tokens.length && !/^[,)\]}]$/.test(written(next)))
      next = Object.hasOwn(CLOSING, written(next)) ? skipGroup(next) : next + 1;
    return next;
  };

  const keyAt = (at: number, depth: number): { readonly key: Value; readonly end: number } => {
    const token = tokens[at];
    if (written(at) === '[') {
      const { value, end } = expression(at + 1, depth);
      return { key: value, end: skipRest(end) + 1 };
    }
    return {
      key: token?.kind === 'text' ? { kind: 'text', parts: token.parts! } : textValue(written(at)),
      end: at + 1,
    };
  };

  const record = (start: number, depth: number): Read => {
    const entries: Entry[] = [];
    let at = skipLines(start);
    while (at < tokens.length && written(at) !== '}') {
      if (/^(?:\.\.\.|\*\*)$/.test(written(at))) {
        const { value, end } = expression(at + 1, depth);
        entries.push(['...', value]);
        at = end;
      } else {
        const { key, end } = keyAt(at, depth);
        const colon = skipLines(end);
        if (written(colon) === ':') {
          const { value, end: behind } = expression(colon + 1, depth);
          entries.push([keyText(key), value]);
          at = behind;
        } else {
          if (tokens[at]?.kind === 'word') entries.push([written(at), nameValue(written(at))]);
          at = end;
        }
      }
      at = skipRest(at);
      if (/^[)\]]$/.test(written(at))) break;
      if (written(at) === ',') at += 1;
      at = skipLines(at);
    }
    return { value: { kind: 'record', entries }, end: at + 1 };
  };

  /** Values with commas between, to the bracket that closes, whichever it is. */
  const list = (start: number, depth: number) => {
    const items: Value[] = [];
    const named: Entry[] = [];
    let commas = 0;
    let at = skipLines(start);
    while (at < tokens.length && !/^[)\]}]$/.test(written(at))) {
      const isNamed = tokens[at]?.kind === 'word' && written(at + 1) === '=';
      const { value, end } = expression(isNamed ? at + 2 : at, depth);
      if (isNamed) named.push([written(at), value]);
      else items.push(value);
      at = skipRest(end);
      if (written(at) === ',') {
        commas += 1;
        at += 1;
      }
      at = skipLines(at);
    }
    return { items, named, commas, end: at + 1 };
  };

  /** `.name`, `.name(…)` and `[…]` behind a value. */
  const behind = ({ value, end }: Read, depth: number): Read => {
    const dot = /^\??\.$/.test(written(end)) ? end : skipLines(end);
    if (/^\??\.$/.test(written(dot)) && tokens[dot + 1]?.kind === 'word') {
      const name = written(dot + 1);
      const isCall = written(dot + 2) === '(';
      const args = isCall ? list(dot + 3, depth + 1) : undefined;
      const next = args?.end ?? dot + 2;
      const same = name === 'toString' ? sameIn(value, args?.items ?? []) : value;
      if (SAME.test(name) || value.kind === 'call')
        return depth > DEEPEST ? { value: same, end: next } : behind({ value: same, end: next }, depth + 1);
      return { value: nameValue(name), end: next };
    }
    return { value, end };
  };

  /** The names of a chain such as `this.http.post`. */
  const chain = (at: number): { readonly name: string; readonly end: number } => {
    let name = written(at);
    let end = at + 1;
    while (/^\??\.$/.test(written(end)) && tokens[end + 1]?.kind === 'word') {
      name += `.${written(end + 1)}`;
      end += 2;
    }
    return { name, end };
  };

  /** Behind the types of TypeScript: `post<Token>(`. */
  const behindTypes = (at: number): number => {
    if (written(at) !== '<') return at;
    const close = tokens.slice(at, at + 12).findIndex(({ written: each }) => each === '>');
    return close !== -1 && written(at + close + 1) === '(' ? at + close + 1 : at;
  };

  const named = (at: number, depth: number): Read => {
    const { name, end: behindName } = chain(at);
    const end = behindTypes(behindName);
    if (written(end) === '(') {
      const { items, named: byName, end: next } = list(end + 1, depth + 1);
      const owner = OWNER.exec(name)?.[1];
      if (owner !== undefined) return { value: sameIn(nameValue(owner), items), end: next };
      return behind({ value: { kind: 'call', name, args: items, named: byName }, end: next }, depth);
    }
    if (written(end) === '[') {
      const index = tokens[end + 1];
      const key = index?.parts?.[0];
      return { value: nameValue(typeof key === 'string' ? `${name}.${key}` : name), end: skipGroup(end) };
    }
    return { value: nameValue(name), end };
  };

  const term = (start: number, depth: number): Read => {
    const at = skipLines(start);
    const token = tokens[at];
    if (!token || depth > DEEPEST) return { value: nameValue('value'), end: Math.min(at + 1, tokens.length) };
    if (token.kind === 'text')
      return behind({ value: { kind: 'text', parts: token.parts! }, end: at + 1 }, depth);
    if (token.kind === 'number') return { value: textValue(token.written), end: at + 1 };
    if (token.kind === 'word')
      return BEFORE_VALUE.test(token.written) ? term(at + 1, depth + 1) : named(at, depth);
    if (token.written === '{') return record(at + 1, depth + 1);
    if (token.written === '[') {
      const { items, end } = list(at + 1, depth + 1);
      return { value: { kind: 'list', items }, end };
    }
    if (token.written === '(') {
      const { items, commas, end } = list(at + 1, depth + 1);
      const [only] = items;
      return behind({ value: only && commas === 0 ? only : { kind: 'list', items }, end }, depth);
    }
    if (/^[)\]},;]$/.test(token.written)) return { value: nameValue('value'), end: at };
    return { value: nameValue('value'), end: at + 1 };
  };

  const expression = (start: number, depth = 0): Read => {
    let { value, end } = term(start, depth + 1);
    let steps = 0;
    for (; steps < 1000; steps++) {
      const next = skipLines(end);
      const isPlus = written(next) === '+';
      // Python joins strings that stand side by side.
      const isBeside = tokens[next]?.kind === 'text' && value.kind === 'text' && (depth > 0 || next === end);
      if (!isPlus && !isBeside) break;
      const other = term(isPlus ? next + 1 : next, depth + 1);
      value = joined(value, other.value);
      end = Math.max(other.end, next + 1);
    }
    // What may stand in its place is only a default: `process.env.ID || 'web'`.
    if (/^(?:\|\||\?\?)$/.test(written(skipLines(end))) && value.kind === 'name') {
      const other = term(skipLines(end) + 1, depth + 1);
      return { value, end: other.end };
    }
    return { value, end };
  };

  /** Whether the bracket at `at` is ever closed. */
  const isClosed = (at: number): boolean => /^[)\]}]$/.test(written(skipGroup(at) - 1));

  return { expression, chain, behindTypes, isClosed, written };
};

export type ValueReader = ReturnType<typeof valueReader>;
