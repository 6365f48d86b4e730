import { bashQuoted } from './bashQuoted.ts';

const HERE = /<<(?<dash>-?)[^\S\n]*(?<quote>["']?)(?<mark>\w{1,40})\k<quote>(?<rest>[^\n]*)\n/g;

const endMark = (mark: string): RegExp => new RegExp(String.raw`^[^\S\n]*${mark}[^\S\n]*$`, 'm');

const quoted = (content: string, isLiteral: boolean): string =>
  isLiteral
    ? bashQuoted(content)
    : `"${content.replaceAll(/\\?"/g, (mark) => (mark === '"' ? '\\"' : '\\\\\\"'))}"`;

/** A text in which what a here document holds stands in one word behind `<<<`, so that it is read with its command. */
export const withHereStrings = (text: string): string => {
  let written = '';
  let at = 0;
  // What is not closed behind one is not closed behind the next.
  const open = new Set<string>();
  HERE.lastIndex = 0;
  for (let match = HERE.exec(text); match; match = HERE.exec(text)) {
    const { quote, mark = '', rest = '', dash } = match.groups!;
    const begin = match.index + match[0].length;
    const end = open.has(mark) ? null : endMark(mark).exec(text.slice(begin));
    if (!end) open.add(mark);
    if (!end) continue;
    const content = text.slice(begin, begin + end.index).replace(/\n$/, '');
    const lines = dash ? content.replaceAll(/^\t+/gm, '') : content;
    written += `${text.slice(at, match.index)}<<< ${quoted(lines, quote !== '')}${rest}`;
    at = begin + end.index + end[0].length;
    HERE.lastIndex = at;
  }
  return written + text.slice(at);
};
