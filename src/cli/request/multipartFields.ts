import type { Field } from './field.ts';

const partOf = (text: string): readonly Field[] => {
  const gap = /\r?\n\r?\n/.exec(text);
  const [, name] = /\bname="?([^";\r\n]*)/i.exec(gap ? text.slice(0, gap.index) : '') ?? [];
  if (!gap || name === undefined) return [];
  return [[name, text.slice(gap.index + gap[0].length).replace(/\r?\n$/, '')]];
};

/** The fields of a `multipart/form-data` text, whose first line is its boundary (RFC 7578). */
export const multipartFieldsOf = (text: string): readonly Field[] => {
  const [boundary = ''] = text.trimStart().split(/\r?\n/, 1);
  return text.split(boundary).flatMap(partOf);
};
