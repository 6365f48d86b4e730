/** A line that says something, without its blanks. */
interface Line {
  readonly indent: number;
  readonly text: string;
  /** With its blanks: a part of a text that goes over several lines. */
  readonly whole: string;
}

interface Read {
  readonly value: unknown;
  readonly end: number;
}

const DEEPEST = 40;

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['~', null],
  ['', ''],
  ['[]', []],
  ['{}', {}],
]);

const scalar = (text: string): unknown => {
  if (constants.has(text)) return constants.get(text);
  if (/^".*"$/.test(text)) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text.slice(1, -1);
    }
  }
  return /^'.*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text;
};

const KEY = /^(?:"(?<quoted>[^"]*)"|(?<plain>[^\s"'#&*!|>{}[\]-][^:]*?|-[^\s:][^:]*?)):(?:\s+(?<rest>.*))?$/;
/** `|`, `>-`: a text on the lines below. */
const BLOCK = /^(?<style>[|>])[+-]?\d*$/;

const linesOf = (text: string): readonly Line[] =>
  text
    .split('\n')
    .filter((line) => !/^\s*(?:#.*|---)?$/.test(line))
    .map((line) => ({ indent: line.search(/\S/), text: line.trim(), whole: line }));

/** Whether an item of a list begins there. */
const isItem = ({ indent, text: own }: Line, wanted: number): boolean =>
  indent === wanted && /^-(?:\s|$)/.test(own);

/**
 * The part of YAML that tools write: maps, lists and scalars by indentation. What it does not know it takes for a text.
 */
export const plainYaml = (text: string): unknown => {
  const lines = [...linesOf(text)];

  const blockText = (start: number, indent: number, style: string): Read => {
    let end = start;
    while ((lines[end]?.indent ?? -1) > indent) end += 1;
    const own = lines.slice(start, end);
    const margin = own[0]?.indent ?? 0;
    return { value: own.map(({ whole }) => whole.slice(margin)).join(style === '|' ? '\n' : ' '), end };
  };

  const valueBehind = (rest: string, at: number, indent: number, depth: number): Read => {
    const style = BLOCK.exec(rest)?.groups?.['style'];
    if (style !== undefined) return blockText(at + 1, indent, style);
    if (rest !== '') return { value: scalar(rest), end: at + 1 };
    const below = lines[at + 1];
    const isBelow = below !== undefined && (below.indent > indent || isItem(below, indent));
    return isBelow ? node(at + 1, depth + 1) : { value: '', end: at + 1 };
  };

  const map = (start: number, indent: number, depth: number): Read => {
    const entries: [string, unknown][] = [];
    let at = start;
    while (lines[at]?.indent === indent) {
      const { quoted, plain, rest = '' } = KEY.exec(lines[at]!.text)?.groups ?? {};
      const key = quoted ?? plain;
      if (key === undefined) break;
      const { value, end } = valueBehind(rest, at, indent, depth);
      entries.push([key, value]);
      at = end;
    }
    return { value: Object.fromEntries(entries), end: Math.max(at, start + 1) };
  };

  const list = (start: number, indent: number, depth: number): Read => {
    const items: unknown[] = [];
    let at = start;
    for (let line = lines[at]; line && isItem(line, indent); line = lines[at]) {
      const own = line.text.replace(/^-\s*/, '');
      const inner = indent + line.text.length - own.length;
      // The first entry of a map stands behind the dash.
      lines[at] = { indent: inner, text: own, whole: line.whole.replace('-', ' ') };
      const { value, end } = node(at, depth + 1);
      items.push(value);
      at = Math.max(end, at + 1);
    }
    return { value: items, end: at };
  };

  const node = (at: number, depth: number): Read => {
    const line = lines[at];
    if (!line || depth > DEEPEST) return { value: '', end: at + 1 };
    if (isItem(line, line.indent)) return list(at, line.indent, depth);
    return KEY.test(line.text) ? map(at, line.indent, depth) : { value: scalar(line.text), end: at + 1 };
  };

  return node(0, 0).value;
};
