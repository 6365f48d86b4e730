import type { ClientTokens } from './clientTokens.ts';

/** A name and where its value is, wherever a program puts the two side by side. */
export interface Pair {
  readonly name: string;
  readonly at: number;
  readonly valueAt: number;
  /** The calls and keys around it, the innermost last. */
  readonly context: string;
}

/** The pairs of one variable, or of one bracket. */
export interface PairGroup {
  readonly pairs: Pair[];
  readonly variable?: string | undefined;
  readonly context: string;
  /** Of the last bracket. */
  end: number;
}

interface Bracket {
  readonly at: number;
  readonly group: string;
  readonly callee: string;
  readonly context: string;
  commas: number;
}

interface Target {
  readonly name: string;
  readonly depth: number;
}

const NAME = /^[A-Za-z][\w.-]{0,60}$/;
/** Makes a pair that something else takes. */
const MAKER = /(?:^|\.)(?:\w*Pair|new|entry|Entry|Pair\.of|to)$/;
const MOST_CONTEXT = 200;

const TOP: Bracket = { at: -1, group: '', callee: '', context: '', commas: 0 };

/** Finds pairs, and hands over each assignment. */
export const clientPairs = (
  code: ClientTokens,
  language: string,
  assign: (name: string, at: number) => void,
): readonly PairGroup[] => {
  const { tokens, written, isWord, isOpening, isClosing, skip, back, partner, chainBefore, baseOf } = code;
  const groups = new Map<string, PairGroup>();
  const groupsAt = new Map<number, string>();
  const stack: Bracket[] = [TOP];
  /** A variable that gets another value begins another group. */
  const versions = new Map<string, number>();
  let target: Target | undefined;
  let key: { readonly name: string; readonly valueAt: number } | undefined;

  const ofVariable = (name: string): string => `${name}#${versions.get(name) ?? 0}`;

  const top = (): Bracket => stack.at(-1)!;
  const parent = (): Bracket => stack.at(-2) ?? TOP;

  const add = (name: string, at: number, valueAt: number, { group, context }: Bracket): void => {
    const found = groups.get(group) ?? {
      pairs: [],
      variable: /^(.+)#/.exec(group)?.[1],
      context,
      end: tokens.length,
    };
    groups.set(group, found);
    found.pairs.push({ name, at, valueAt: skip(valueAt), context });
    key = { name, valueAt: skip(valueAt) };
  };

  const groupOf = (at: number, callee: ReturnType<typeof chainBefore>): string => {
    if (target?.depth === stack.length) return ofVariable(target.name);
    const base = callee && baseOf(callee);
    if (base !== undefined) return groupsAt.get(base) ?? '';
    if (callee && (MAKER.test(callee.name) || (written(at - 1) === '>' && written(at) === '(')))
      return top().group;
    // Inside of what makes a list: `parameters { append("a", "b") }`.
    if (/^(?:append|add|put|set)$/.test(callee?.name ?? '')) return top().group;
    const owner = /^([a-z].*)\.\w+$/.exec(callee?.name ?? '')?.[1];
    return written(at) === '(' && owner !== undefined ? ofVariable(owner) : `#${at}`;
  };

  const open = (at: number): void => {
    const callee = written(at) === '[' ? undefined : chainBefore(at);
    const own = key && at - key.valueAt >= 0 && at - key.valueAt < 12 ? ` '${key.name}'` : '';
    const context = `${top().context}${own} ${callee?.name ?? ''}`.slice(-MOST_CONTEXT);
    const group = groupOf(at, callee);
    groupsAt.set(at, group);
    stack.push({ at, group, callee: callee?.name ?? '', context, commas: 0 });
  };

  const close = (at: number): void => {
    const { group } = stack.length > 1 ? stack.pop()! : TOP;
    const found = groups.get(group);
    if (found) found.end = at + 1;
    if (target && stack.length < target.depth) target = undefined;
  };

  /** `name = …`, `String name = …`, `val name: String = …`, `name := …`, `name += …` */
  const assignment = (at: number): void => {
    const typed = written(at - 2) === ':' && isWord(at - 3) && written(at) === '=';
    const chain = chainBefore(typed ? at - 2 : at);
    if (!chain) return;
    const isAdded = /^[+.]=$/.test(written(at));
    assign(chain.name, isAdded ? -at : at + 1);
    if (isAdded) return;
    versions.set(chain.name, (versions.get(chain.name) ?? 0) + 1);
    target = { name: chain.name, depth: stack.length };
  };

  /** A statement ends with its line, unless the next one goes on. */
  const endStatement = (at: number): void => {
    if (target?.depth !== stack.length) return;
    const next = skip(at);
    const goesOn =
      written(at) !== ';' &&
      (code.isDot(next) || written(next) === '.' || code.isJoin(next) || isOpening(next));
    if (!goesOn && !/^[=([{,+]$/.test(written(back(at - 1)))) target = undefined;
  };

  /** `owner["name"] = value`, and the same in an initializer. */
  const indexed = (name: string, at: number): void => {
    const owner = chainBefore(top().at)?.name;
    add(
      name,
      at,
      at + 3,
      owner === undefined ? parent() : { ...TOP, group: ofVariable(owner), context: owner },
    );
  };

  /** Guzzle: `['name' => 'grant_type', 'contents' => 'password']`. */
  const namedPart = (at: number): boolean => {
    const last = groups.get(top().group)?.pairs.at(-1);
    const name = last?.name === 'name' ? tokens[last.valueAt]?.parts?.[0] : undefined;
    if (typeof name !== 'string') return false;
    add(name, at, at + 2, parent());
    return true;
  };

  const isArgument = (at: number): boolean => {
    const { callee, commas } = top();
    const before = written(back(at - 1));
    return (
      (before === '(' && !/basic_?auth/i.test(callee)) ||
      (before === ',' && commas % 2 === 0 && /\bMap\.of$/.test(callee))
    );
  };

  const pairAt = (name: string, at: number): void => {
    const next = skip(at + 1);
    if (/^(?:=>|to)$/.test(written(next)) || (written(next) === ':' && language !== 'PHP')) {
      if (name !== 'contents' || !namedPart(at)) add(name, at, next + 1, top());
    } else if (written(next) === ',' && written(back(at - 1)) === '{') add(name, at, next + 1, parent());
    else if (written(next) === ',' && isArgument(at)) add(name, at, next + 1, top());
    else if (written(at - 1) === '[' && written(next) === ']' && written(next + 1) === '=') indexed(name, at);
    // C# has it the other way round: `parts.Add(new StringContent("password"), "grant_type")`.
    else if (language === 'C#' && written(next) === ')' && written(top().at + 1) === 'new')
      add(name, at, top().at + 1, top());
  };

  const wordPairAt = (at: number): void => {
    const name = written(at);
    const next = written(at + 1);
    // `.header(HttpHeaders.AUTHORIZATION, …)`
    if (next === ',' && written(at - 1) !== ':' && /^(?:authorization|content_?type)$/i.test(name))
      add(/^a/i.test(name) ? 'Authorization' : 'Content-Type', at, at + 2, top());
    if (language === 'Ruby' && next === ':' && written(at + 2) !== ':') add(name, at, at + 2, top());
    if (language === 'Ruby' && next === '=>' && written(at - 1) === ':') add(name, at, at + 2, top());
    if (language === 'PHP' && name.startsWith('CURLOPT_') && /^(?:=>|,)$/.test(next))
      add(name, at, at + 2, top());
    if (language === 'C#' && next === '=' && /^[a-z_]+$/.test(name) && written(top().at) === '{')
      add(name, at, at + 2, top());
  };

  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const name = token.kind === 'text' && token.parts?.length === 1 ? token.parts[0] : undefined;
    if (typeof name === 'string' && NAME.test(name)) pairAt(name, at);
    else if (token.kind === 'word') wordPairAt(at);
    else if (isOpening(at)) open(at);
    else if (isClosing(at) && (partner(at) !== undefined || stack.length > 1)) close(at);
    else if (/^(?:=|:=|[+.]=)$/.test(written(at))) assignment(at);
    else if (token.kind === 'line' || written(at) === ';') endStatement(at);
    else if (written(at) === ',') top().commas += 1;
  }
  return [...groups.values()];
};
