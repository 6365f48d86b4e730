import type { ClientTokens } from './clientTokens.ts';

interface Read {
  readonly text: string;
  readonly end: number;
}

const DEEPEST = 20;
const LONGEST = 20_000;
const MOST_TERMS = 200;

const BASE64 =
  /^(?:ToBase64String|[eE]ncodeToString|base64_encode|encodeBase64(?:String)?|(?:strict_|urlsafe_)?encode64)$/;
const ENCODE =
  /^(?:urlencode|rawurlencode|EscapeDataString|UrlEncode|QueryEscape|PathEscape|escape|encode_www_form_component|encode)$/;
/** What gives the same in another form. */
const SAME =
  /^(?:Uri|URI|URL|Url|HttpUrl|create|get|parse|GetBytes|getBytes|byte|string|String|strval|valueOf|trim|strip|to_s|freeze|toString|ToString|build|StringContent|MediaTypeHeaderValue)$/;
const FORMAT = /^(?:[fF]ormat|Sprintf|sprintf)$/;
const BEFORE_VALUE = /^(?:new|await|return|as|[&*!])$/;

/** Constants that Spring and others have. */
const mediaTypes = [
  ['APPLICATION_JSON', 'application/json'],
  ['APPLICATION_FORM_URLENCODED', 'application/x-www-form-urlencoded'],
  ['MULTIPART_FORM_DATA', 'multipart/form-data'],
] as const;

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const encoded = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, ''));

/** Reads texts off a program. What is not known stands there as `${name}`, which `filledIn` learns. */
export const clientValues = (code: ClientTokens) => {
  const { tokens, written, isWord, isDot, isJoin, isOpening, isClosing, skip, back, partner } = code;
  const holes = new Set<string>();
  const filledIn = new Set<string>();
  const known = new Map<number, Read | undefined>();
  /** Where each variable gets its values; -1, if something is added. */
  const variables = new Map<string, number[]>();

  const unknown = (name: string): string => {
    const media = mediaTypes.find(([constant]) => name.includes(constant))?.[1];
    if (media !== undefined) return media;
    const hole = `\${${/[\w.]{1,60}$/.exec(name.trim())?.[0] ?? 'value'}}`;
    holes.add(hole);
    return hole;
  };

  const used = (text: string): string => {
    for (const [hole] of text.matchAll(/\$\{[^{}]*\}/g)) if (holes.has(hole)) filledIn.add(hole);
    return text;
  };

  const assign = (name: string, at: number): void => {
    const places = variables.get(name);
    if (places) places.push(at);
    else variables.set(name, [at]);
  };

  /** What was put into a variable last, or is put into it further down. */
  const ofName = (name: string, at: number, depth: number): string => {
    const places = variables.get(name.replace(/^[A-Z]\w*\.(?=\w+$)/, '')) ?? [];
    let low = 0;
    for (let high = places.length; low < high;) {
      const middle = (low + high) >> 1;
      if (Math.abs(places[middle]!) < at) low = middle + 1;
      else high = middle;
    }
    const place = places[Math.max(low - 1, 0)];
    if (place === undefined || place < 0 || depth > DEEPEST) return unknown(name);
    const { text } = read(place, depth + 1);
    return /^\$\{[^}]*\}$/.test(text) ? unknown(name) : text;
  };

  const argumentsIn = (open: number, most: number, depth = 0): readonly string[] => {
    const texts: string[] = [];
    const close = partner(open) ?? tokens.length;
    for (let at = skip(open + 1); at < close && texts.length < most;) {
      const named = /^(?:=>|:)$/.test(written(at + 1)) ? 2 : 0;
      const { text, end } = read(skip(at + named), depth + 1);
      texts.push(depth === 0 ? used(text) : text);
      at = skip(end);
      while (at < close && written(at) !== ',') at = isOpening(at) ? (partner(at) ?? close) + 1 : at + 1;
      at = skip(at + 1);
    }
    return texts;
  };

  const formatted = ([pattern = '', ...values]: readonly string[]): string => {
    let at = 0;
    return pattern.replaceAll(/%(?:\d\$)?[sv]|\{\d\}/g, () => values[at++] ?? unknown('value'));
  };

  const ofCall = (name: string, open: number, depth: number): string => {
    const last = /\w+$/.exec(name)?.[0] ?? '';
    const texts = depth > DEEPEST ? [] : argumentsIn(open, FORMAT.test(last) ? 20 : 1, depth);
    const [first] = texts;
    if (first === undefined) return unknown(name);
    if (FORMAT.test(last)) return formatted(texts);
    if (BASE64.test(last)) return base64(used(first));
    if (ENCODE.test(last)) return encoded(first);
    if (name === 'Credentials.basic') return `Basic ${base64(used(argumentsIn(open, 2, depth).join(':')))}`;
    return SAME.test(last) && !/env/i.test(name) ? first : unknown(/^\w{1,60}$/.test(first) ? first : name);
  };

  /** `.getBytes(…)` behind a value; anything else makes it another. */
  const behind = ({ text, end }: Read, depth: number): Read => {
    const dot = isDot(skip(end)) ? skip(end) : end;
    if (!isDot(dot) || !isWord(dot + 1) || depth > DEEPEST) return { text, end };
    const name = written(dot + 1);
    const close = written(dot + 2) === '(' ? partner(dot + 2) : undefined;
    const next = close === undefined ? dot + 2 : close + 1;
    if (close !== undefined && BASE64.test(name))
      return behind({ text: ofCall(name, dot + 2, depth + 1), end: next }, depth + 1);
    return behind({ text: SAME.test(name) ? text : unknown(name), end: next }, depth + 1);
  };

  const ofWord = (at: number, depth: number): Read => {
    const { name, end } = code.chainAt(at);
    const isMade = BEFORE_VALUE.test(written(at - 1));
    if (written(end) === '(') return { text: ofCall(name, end, depth), end: (partner(end) ?? end) + 1 };
    if (written(end) === '{' && !isMade) return group(end, depth);
    if (isOpening(end)) {
      const key = tokens[end + 1]?.parts?.[0];
      return { text: unknown(typeof key === 'string' ? key : name), end: (partner(end) ?? end) + 1 };
    }
    return { text: ofName(name, at, depth), end };
  };

  /** One value in brackets, or behind the type of a list: `[]string{"x"}`. */
  const group = (at: number, depth: number): Read => {
    const close = partner(at);
    if (close === undefined) return { text: unknown('value'), end: tokens.length };
    if (close === at + 1) return term(close + 1, depth + 1);
    const inner = read(at + 1, depth + 1);
    return { text: skip(inner.end) === close ? inner.text : unknown('value'), end: close + 1 };
  };

  const bare = (start: number, depth: number): Read => {
    const at = skip(start);
    const token = tokens[at];
    if (!token || depth > DEEPEST || isClosing(at)) return { text: unknown('value'), end: at };
    if (token.kind === 'text')
      return {
        text: token
          .parts!.map((part) => (typeof part === 'string' ? part : ofHole(part.name, at, depth)))
          .join(''),
        end: at + 1,
      };
    if (token.kind === 'number') return { text: token.written, end: at + 1 };
    if (BEFORE_VALUE.test(token.written)) return bare(at + 1, depth + 1);
    if (isOpening(at)) return group(at, depth);
    return token.kind === 'word' ? ofWord(at, depth) : { text: unknown('value'), end: at + 1 };
  };

  const ofHole = (name: string, at: number, depth: number): string => {
    const plain = name
      .replaceAll('->', '.')
      .replace(/^(?:\$?this|self)\./, '')
      .replace(/^[@$]/, '');
    return ofName(plain, at, depth);
  };

  const term = (at: number, depth: number): Read => behind(bare(at, depth), depth);

  const sum = (start: number, depth: number): Read => {
    let { text, end } = term(start, depth);
    for (let terms = 0; terms < MOST_TERMS && isJoin(skip(end)); terms++) {
      const next = term(skip(end) + 1, depth);
      text += next.text;
      end = Math.max(next.end, end + 1);
    }
    // What is chosen while it runs is not known: `a ? b : c`, `a ?: b`, `a ?? b`.
    return written(end) === '?' || written(end) === '??' || text.length > LONGEST
      ? { text: unknown('value'), end }
      : { text, end };
  };

  /** A value and the token behind it. Each place is read once. */
  const read = (at: number, depth = 0): Read => {
    if (known.has(at)) return known.get(at) ?? { text: unknown('value'), end: at + 1 };
    known.set(at, undefined);
    const found = sum(at, depth);
    known.set(at, found);
    return found;
  };

  /** Where the value begins of which a text is a part. */
  const startOf = (at: number): number => {
    let start = at;
    for (let steps = 0; steps < MOST_TERMS; steps++) {
      const before = back(start - 1);
      const call = written(before) === '(' ? code.chainBefore(before) : undefined;
      if (call && /(?:^|\.)(?:[fF]ormat|[sS]printf)$/.test(call.name)) start = call.start;
      else if (isJoin(before) && isEnd(back(before - 1))) start = termStart(back(before - 1));
      else break;
    }
    return start;
  };

  const isEnd = (at: number): boolean => tokens[at]?.kind === 'text' || isWord(at) || written(at) === ')';

  const termStart = (at: number): number => {
    const open = written(at) === ')' ? (partner(at) ?? at) : at;
    if (tokens[open]?.kind === 'text') return open;
    const chain = code.chainBefore(open === at ? at + 1 : open);
    if (!chain) return open;
    const base = code.baseOf(chain);
    return base === undefined ? chain.start : (code.chainBefore(base)?.start ?? base);
  };

  const readUsed = (at: number): Read => {
    const found = read(at);
    used(found.text);
    return found;
  };

  const hole = (): string => used(unknown('value'));

  return { read: readUsed, hole, assign, argumentsIn, startOf, filledIn };
};

export type ClientValues = ReturnType<typeof clientValues>;
