import type { Token } from './token.ts';
import { callValue, type Entry, joined, nameValue, textValue, type Value } from './value.ts';
import type { Read } from './readValue.ts';

const DEEPEST = 40;

const isMark = (token: Token | undefined, mark: string): boolean =>
  token?.kind === 'mark' && token.written === mark;

const isLine = (token: Token | undefined): boolean => token?.kind === 'line' || isMark(token, ';');

/** `$name`, `${name}`, `$env:NAME`; `$null` and the like are no variables. */
export const variableIn = (written: string): string | undefined => {
  const [, name] = /^\$\{?([^{}]+)\}?$/.exec(written) ?? [];
  return name;
};

/** Where a value is assigned, a bare word is a command: `Get-Secret`, `cat`, `.\secret.ps1`. */
const isCommand = (token: Token | undefined): boolean =>
  token?.kind === 'word' && /^[^[$\d-]/.test(token.written);

/** Reads values out of the tokens of PowerShell. It never fails. */
export const powershellReader = (tokens: readonly Token[]) => {
  const skipLines = (at: number): number => {
    let next = at;
    while (isLine(tokens[next])) next += 1;
    return next;
  };

  const hash = (start: number, depth: number): Read => {
    const entries: Entry[] = [];
    let at = skipLines(start);
    while (at < tokens.length && !isMark(tokens[at], '}')) {
      const key = tokens[at]!;
      const name =
        key.kind === 'text'
          ? (key.parts ?? []).map((part) => (typeof part === 'string' ? part : '')).join('')
          : key.written;
      if (isMark(tokens[at + 1], '=')) {
        const { value, end } = assigned(at + 2, depth);
        entries.push([name, value]);
        at = Math.max(end, at + 2);
      } else at += 1;
      at = skipLines(at);
    }
    return { value: { kind: 'record', entries }, end: at + 1 };
  };

  const list = (start: number, depth: number): { readonly items: readonly Value[]; readonly end: number } => {
    const items: Value[] = [];
    let at = skipLines(start);
    while (at < tokens.length && !isMark(tokens[at], ')')) {
      const { value, end } = pipeline(at, depth);
      items.push(value);
      at = skipLines(Math.max(end, at + 1));
      if (isMark(tokens[at], ',')) at = skipLines(at + 1);
    }
    return { items, end: at + 1 };
  };

  const word = (at: number, depth: number): Read => {
    const { written } = tokens[at]!;
    const variable = variableIn(written);
    if (variable !== undefined) return { value: nameValue(variable), end: at + 1 };
    if (written.startsWith('[') && isMark(tokens[at + 1], '(')) {
      const { items, end } = list(at + 2, depth);
      return { value: callValue(written.replace(/^\[([^\]]*)\]/, '$1'), ...items), end };
    }
    // A type in front of what it makes: `[string]$x`, `[ordered]@{…}`, `[uri]'…'`.
    if (/^\[[^\]]*\]$/.test(written)) return term(at + 1, depth + 1);
    return { value: textValue(written), end: at + 1 };
  };

  const term = (at: number, depth: number): Read => {
    const token = tokens[at];
    if (!token || depth > DEEPEST) return { value: nameValue('value'), end: at + 1 };
    if (token.kind === 'text') return { value: { kind: 'text', parts: token.parts! }, end: at + 1 };
    if (isMark(token, '@') && isMark(tokens[at + 1], '{')) return hash(at + 2, depth + 1);
    if (isMark(token, '(') || (isMark(token, '@') && isMark(tokens[at + 1], '('))) {
      const { items, end } = list(at + (isMark(token, '@') ? 2 : 1), depth + 1);
      return { value: items.length === 1 ? items[0]! : { kind: 'list', items }, end };
    }
    return token.kind === 'word' ? word(at, depth) : { value: nameValue('value'), end: at + 1 };
  };

  const expression = (start: number, depth = 0): Read => {
    let { value, end } = term(start, depth + 1);
    for (let steps = 0; isMark(tokens[end], '+') && steps < 1000; steps++) {
      const other = term(skipLines(end + 1), depth + 1);
      value = joined(value, other.value);
      end = Math.max(other.end, end + 1);
    }
    return { value, end };
  };

  /** What `| ConvertTo-Json` makes of it. */
  const pipeline = (start: number, depth = 0): Read => {
    const read = expression(start, depth);
    const isJson =
      isMark(tokens[read.end], '|') && /^ConvertTo-Json$/i.test(tokens[read.end + 1]?.written ?? '');
    if (!isJson) return read;
    let end = read.end + 2;
    while (end < tokens.length && !isLine(tokens[end]) && !/^[),}|]$/.test(tokens[end]!.written)) end += 1;
    return { value: callValue('JSON.stringify', read.value), end };
  };

  /** Nobody knows what a command answers. */
  const assigned = (start: number, depth = 0): Read => {
    if (!isCommand(tokens[start])) return pipeline(start, depth);
    let end = start + 1;
    while (end < tokens.length && !isLine(tokens[end]) && !isMark(tokens[end], '}')) end += 1;
    return { value: nameValue('value'), end };
  };

  return {
    assigned,
    expression,
    isLine: (at: number) => isLine(tokens[at]),
    isMark: (at: number, mark: string) => isMark(tokens[at], mark),
  };
};

export type PowershellReader = ReturnType<typeof powershellReader>;
