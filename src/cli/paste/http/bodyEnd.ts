import { balancedEnd } from '../answer/balancedEnd.ts';
import { isOfAnswer } from '../answer/jsonAnswerIn.ts';
import { looseObject } from '../answer/looseObject.ts';

/** An answer, the next request, a remark of an editor or of `curl -v`. */
const STOP =
  /^[^\S\n]*(?:<?[^\S\n]*HTTP\/\d|###|[<>] |[<>]\{%|<>|\*[^\S\n]|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[^\S\n]+\S+|[45]\d\d[^\S\n]+[A-Z])/m;

const stopIn = (text: string, start: number): number => {
  const at = text.slice(start).search(STOP);
  return at === -1 ? text.length : start + at;
};

const endOfJson = (text: string, start: number, stop: number): number => {
  const end = balancedEnd(text, start);
  if (end === -1 || end > stop) return stop;
  const object = looseObject(text.slice(start, end));
  return object && isOfAnswer(object) ? start : end;
};

const endOfParts = (text: string, start: number, stop: number): number => {
  const [boundary = ''] = text.slice(start).split(/\s/, 1);
  const at = text.indexOf(`${boundary}--`, start);
  return at === -1 || at > stop ? stop : at + boundary.length + 2;
};

/** A form ends at a blank line, or where something begins that is none. */
const endOfForm = (text: string, start: number, stop: number): number => {
  const body = text.slice(start, stop);
  const at = body.search(/\n\s*\n|\n\s*[{<[]/);
  return at === -1 ? stop : start + at;
};

/**
 * Where the body ends that begins at `start`. What was answered often stands right below it, and is no part of it:
 * it would be sent.
 */
export const bodyEnd = (text: string, start: number): number => {
  const stop = stopIn(text, start);
  const body = text.slice(start, stop);
  if (/^[{[]/.test(body)) return endOfJson(text, start, stop);
  return /^--\S/.test(body) ? endOfParts(text, start, stop) : endOfForm(text, start, stop);
};
