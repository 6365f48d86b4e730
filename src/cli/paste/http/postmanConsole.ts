import { balancedEnd } from '../answer/balancedEnd.ts';
import { type Json, isJson, textIn } from '../document/documentsIn.ts';
import { formText } from '../requestFromParts.ts';

/** A line with a method and an address, as the console lists it, or in front of an object. */
const FIRST_LINE =
  /^[^\S\n]{0,9}[▶▼▸▾]?[^\S\n]{0,9}(?<method>GET|POST|PUT|PATCH|DELETE)[^\S\n]+(?<url>https?:\/\/\S+?|\{\{\S+?)(?::[^\S\n]*(?=\{)|(?=\s))/gm;

const PARTS = 'Network|Request Headers|Request Body|Response Headers|Response Body';
const TITLE = new RegExp(String.raw`^[^\S\n]{0,9}[▶▼▸▾]?[^\S\n]{0,9}(${PARTS}):?[^\S\n]*$`, 'm');
const PAIR = /^"?(?<name>[\w.-]{1,80})"?\s*:\s*(?:"(?<quoted>.*)"|(?<plain>.*))$/;

type Pairs = readonly (readonly [name: string, value: string])[];

const pairsOf = (part: unknown): Pairs => {
  if (isJson(part)) return Object.entries(part).map(([name, value]) => [name, textIn(value)] as const);
  return textIn(part)
    .split('\n')
    .flatMap((line) => {
      const { name, quoted, plain = '' } = PAIR.exec(line.trim().replace(/[,↵]$/, ''))?.groups ?? {};
      return name === undefined ? [] : [[name, quoted ?? plain] as const];
    });
};

/** The parts by their titles, as an object or as lines. */
const partsOf = (text: string): Json => {
  const end = /^\s*\{/.test(text) ? balancedEnd(text, text.indexOf('{')) : -1;
  if (end !== -1) {
    try {
      return JSON.parse(text.slice(0, end)) as Json;
    } catch {
      return {};
    }
  }
  const [, ...pieces] = text.split(new RegExp(TITLE, 'gm'));
  return Object.fromEntries(pieces.flatMap((title, at) => (at % 2 === 0 ? [[title, pieces[at + 1]]] : [])));
};

const BOUNDARY = 'part-of-a-form';

const bodyOf = (part: unknown, type: string): string => {
  const fields = pairsOf(part);
  if (fields.length > 0 && /urlencoded/i.test(type)) return formText(fields);
  if (fields.length > 0 && /multipart/i.test(type))
    return `${fields.map(([name, value]) => `--${BOUNDARY}\nContent-Disposition: form-data; name="${name}"\n\n${value}\n`).join('')}--${BOUNDARY}--`;
  return isJson(part) ? JSON.stringify(part) : textIn(part).trim();
};

const headOf = (part: unknown): string =>
  pairsOf(part)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');

const STATUS = /^\s*([1-5]\d\d)\b/;

/** One request with its answer, as it went over the wire. */
const onWire = ({ method, url }: { readonly [name: string]: string }, behind: string): string | undefined => {
  const parts = partsOf(behind);
  if (!('Request Headers' in parts)) return undefined;
  const [, type = ''] =
    pairsOf(parts['Request Headers']).find(([name]) => /^content-type$/i.test(name)) ?? [];
  const [, status] = STATUS.exec(behind) ?? [];
  const answer = textIn(parts['Response Body']).trim();
  return [
    `${method} ${url}\n${headOf(parts['Request Headers'])}\n${bodyOf(parts['Request Body'], type)}\n`,
    status === undefined ? '###' : `HTTP/1.1 ${status}\n${headOf(parts['Response Headers'])}`,
    `${answer}\n`,
  ].join('\n');
};

/** A text in which what was copied out of Postman's console stands as it went over the wire. */
export const withoutPostmanConsole = (text: string): string => {
  if (!/Request Headers/.test(text)) return text;
  const starts = [...text.matchAll(FIRST_LINE)];
  if (starts.length === 0) return text;
  const pieces = starts.map((start, at) => {
    const written = text.slice(start.index, starts[at + 1]?.index);
    return onWire(start.groups!, written.slice(start[0].length)) ?? written;
  });
  return text.slice(0, starts[0]!.index) + pieces.join('\n');
};
