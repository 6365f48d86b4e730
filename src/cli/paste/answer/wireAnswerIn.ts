import type { HttpAnswer } from '../exchange.ts';
import { balancedEnd } from './balancedEnd.ts';

/** As it goes over the wire, or as `curl -v` shows it. */
const STATUS_LINE =
  /^(?<mark>[^\S\n]{0,8}<?[^\S\n]{0,8})HTTP\/\d(?:\.\d)?[^\S\n]+(?<status>[1-5]\d\d)\b[^\n]*$/gm;

const HEADER = /^[^\S\n]*(?:<[^\S\n]?)?(?<name>[\w-]+)[^\S\n]*:(?<value>.*)$/;

/** What `curl -v` and `wget -S` say between the lines. */
const REMARK = /^(?:[*<>{}](?: |$)|[{}] \[)/;

const headersIn = (lines: readonly string[]): HttpAnswer['headers'] =>
  lines.flatMap((line) => {
    const { name, value } = HEADER.exec(line)?.groups ?? {};
    return name === undefined ? [] : [[name, value!.trim()] as const];
  });

/** `[OTHER HEADERS]`, `...` */
const LEFT_OUT = /^\s*(?:\[[^\]]{1,60}\]|\.{3}|…|<[\w ]{1,40}>)\s*$/;

const isEndOfHead = (line: string): boolean =>
  /^\s*<?\s*$/.test(line) || !(HEADER.test(line) || LEFT_OUT.test(line));

/** What follows a body is words about it. */
const bodyIn = (text: string): string => {
  const body = text.trim();
  if (!/^[{[]/.test(body)) return body.startsWith('<') ? body : (body.split(/\n\s*\n/, 1)[0] ?? '');
  const end = balancedEnd(body, 0);
  return end === -1 ? body : body.slice(0, end);
};

/** As `curl -v` says it; without `-v` the answer does. */
const BECOMES_GET = /from POST to GET|goes with GET/;

/**
 * The last one, since what is before it are interim answers (`100 Continue`), proxies and redirects; or the redirect that made a
 * GET of the POST, which is what went wrong.
 */
const placeOf = (statusLines: readonly RegExpExecArray[], text: string): number => {
  const isLost = BECOMES_GET.test(text) || statusLines.at(-1)?.groups!['status'] === '405';
  const redirect = statusLines.findIndex(({ groups }) => /^30[1-3]/.test(groups!['status']!));
  return isLost && redirect !== -1 ? redirect : statusLines.length - 1;
};

export const wireAnswerIn = (text: string): HttpAnswer | undefined => {
  const statusLines = [...text.matchAll(STATUS_LINE)];
  const place = placeOf(statusLines, text);
  const [statusLine, next] = [statusLines[place], statusLines[place + 1]];
  if (!statusLine) return undefined;
  const all = text.slice(statusLine.index + statusLine[0].length + 1, next?.index).split('\n');
  const isVerbose = statusLine.groups!['mark']!.includes('<') || all.some((line) => /^< [\w-]+:/.test(line));
  // `curl -v` also says something between two headers.
  const lines = isVerbose ? all.filter((line) => !line.startsWith('* ')) : all;
  const end = lines.findIndex(isEndOfHead);
  const head = end === -1 ? lines : lines.slice(0, end);
  const rest = end === -1 ? [] : lines.slice(end).filter((line) => !isVerbose || !REMARK.test(line));
  return {
    status: Number(statusLine.groups!['status']),
    headers: headersIn(head),
    text: bodyIn(rest.join('\n')),
  };
};
