import type { Token } from './token.ts';
import type { Value } from './value.ts';
import type { ValueReader } from './readValue.ts';

/** What a program has said of its variables before it asks. */
export interface Scope {
  readonly valueOf: (name: string) => Value | undefined;
  /** What was added to a variable: `form.append(name, value)`, `data['name'] = value`. */
  readonly addedTo: (name: string) => readonly (readonly [Value, Value])[];
}

const withoutOwner = (name: string): string => name.replace(/^(?:this|self)\.(?=\w+$)/, '');

/** Behind the type of a variable in TypeScript or Python: `data: Record<string, string> = …`. */
const behindType = (tokens: readonly Token[], at: number): number => {
  if (tokens[at]?.written !== ':') return at;
  const equals = tokens
    .slice(at, at + 12)
    .findIndex(({ written, kind }) => written === '=' || kind === 'line' || written === ',');
  return equals !== -1 && tokens[at + equals]?.written === '=' ? at + equals : at;
};

const isBeginning = (token: Token | undefined): boolean =>
  token === undefined ||
  token.kind === 'line' ||
  /^(?:[;{}]|const|let|var|readonly|private|public|static|protected)$/.test(token.written);

const isOpening = ({ kind, written }: Token): boolean => kind === 'mark' && /^[([{]$/.test(written);
const isClosing = ({ kind, written }: Token): boolean => kind === 'mark' && /^[)\]}]$/.test(written);

/** Where a keyword argument looks like an assignment: inside of brackets, in Python. */
const depthsOf = (tokens: readonly Token[]): readonly number[] => {
  let depth = 0;
  return tokens.map((token) => {
    if (isClosing(token)) depth = Math.max(depth - 1, 0);
    const at = depth;
    if (isOpening(token)) depth += 1;
    return at;
  });
};

/** The variables of a program, and what was put into them. */
export const scopeOf = (tokens: readonly Token[], reader: ValueReader, isPython: boolean): Scope => {
  const values = new Map<string, Value>();
  const added = new Map<string, [Value, Value][]>();
  const depths = isPython ? depthsOf(tokens) : [];
  const add = (name: string, key: Value, value: Value) => {
    const known = added.get(name);
    if (known) known.push([key, value]);
    else added.set(name, [[key, value]]);
  };

  const assignment = (at: number): number => {
    const { name, end } = reader.chain(at);
    const equals = behindType(tokens, end);
    if (reader.written(equals) === '=') {
      const { value, end: behind } = reader.expression(equals + 1);
      const [owner = '', key] = withoutOwner(name).split('.');
      if (key === undefined) values.set(owner, value);
      else add(owner, { kind: 'text', parts: [key] }, value);
      return Math.max(behind, equals + 1);
    }
    const method = /^(.+)\.(?:append|set|add)$/.exec(name)?.[1];
    if (method !== undefined && reader.written(end) === '(') {
      const call = reader.expression(at);
      if (call.value.kind === 'call' && call.value.args.length >= 2)
        add(withoutOwner(method), call.value.args[0]!, call.value.args[1]!);
      return Math.max(call.end, end);
    }
    // `data['name'] = value`
    const key = tokens[end + 1];
    if (
      reader.written(end) === '[' &&
      key?.kind === 'text' &&
      reader.written(end + 2) === ']' &&
      reader.written(end + 3) === '='
    ) {
      const { value, end: behind } = reader.expression(end + 4);
      add(withoutOwner(name), { kind: 'text', parts: key.parts! }, value);
      return Math.max(behind, end + 4);
    }
    return at + 1;
  };

  for (let at = 0; at < tokens.length;) {
    const isStatement = tokens[at]?.kind === 'word' && isBeginning(tokens[at - 1]) && (depths[at] ?? 0) === 0;
    at = isStatement ? assignment(at) : at + 1;
  }
  return {
    valueOf: (name) => values.get(withoutOwner(name)),
    addedTo: (name) => added.get(withoutOwner(name)) ?? [],
  };
};
