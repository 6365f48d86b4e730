import type { Token } from './token.ts';
import { tokenCursor } from './tokenCursor.ts';
import { callValue, type Entry, joined, nameValue, textValue, type Value } from './value.ts';

/** A value, and the token behind it. */
export interface Read {
  readonly value: Value;
  readonly end: number;
}

const DEEPEST = 60;
const MOST_SUMMANDS = 1000;

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
  const { written, skipLines, skipGroup, skipRest, chain, behindTypes, isClosed } = tokenCursor(tokens);

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

  /** `...others`, `name: value`, or a name that stands for both. */
  const entryAt = (at: number, depth: number): { readonly entry?: Entry; readonly end: number } => {
    if (/^(?:\.\.\.|\*\*)$/.test(written(at))) {
      const { value, end } = expression(at + 1, depth);
      return { entry: ['...', value], end };
    }
    const { key, end } = keyAt(at, depth);
    const colon = skipLines(end);
    if (written(colon) === ':') {
      const { value, end: behindValue } = expression(colon + 1, depth);
      return { entry: [keyText(key), value], end: behindValue };
    }
    return tokens[at]?.kind === 'word' ? { entry: [written(at), nameValue(written(at))], end } : { end };
  };

  const record = (start: number, depth: number): Read => {
    const entries: Entry[] = [];
    let at = skipLines(start);
    while (at < tokens.length && written(at) !== '}') {
      const { entry, end } = entryAt(at, depth);
      if (entry) entries.push(entry);
      at = skipRest(end);
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

  /** What stands in brackets; `undefined`: no bracket opens there. */
  const group = (at: number, depth: number): Read | undefined => {
    if (written(at) === '{') return record(at + 1, depth + 1);
    if (!/^[[(]$/.test(written(at))) return undefined;
    const { items, commas, end } = list(at + 1, depth + 1);
    const all: Read = { value: { kind: 'list', items }, end };
    if (written(at) === '[') return all;
    return behind(items[0] && commas === 0 ? { value: items[0], end } : all, depth);
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
    return (
      group(at, depth) ?? { value: nameValue('value'), end: /^[)\]},;]$/.test(token.written) ? at : at + 1 }
    );
  };

  /** Values with `+` between; Python joins strings that stand side by side. */
  const sum = (start: number, depth: number): Read => {
    let { value, end } = term(start, depth + 1);
    for (let steps = 0; steps < MOST_SUMMANDS; steps++) {
      const next = skipLines(end);
      const isPlus = written(next) === '+';
      const isBeside = tokens[next]?.kind === 'text' && value.kind === 'text' && (depth > 0 || next === end);
      if (!isPlus && !isBeside) break;
      const other = term(isPlus ? next + 1 : next, depth + 1);
      value = joined(value, other.value);
      end = Math.max(other.end, next + 1);
    }
    return { value, end };
  };

  const expression = (start: number, depth = 0): Read => {
    const { value, end } = sum(start, depth);
    // What may stand in its place is only a default: `process.env.ID || 'web'`.
    if (/^(?:\|\||\?\?)$/.test(written(skipLines(end))) && value.kind === 'name') {
      const other = term(skipLines(end) + 1, depth + 1);
      return { value, end: other.end };
    }
    return { value, end };
  };

  return { expression, chain, behindTypes, isClosed, written };
};

export type ValueReader = ReturnType<typeof valueReader>;
