import type { HttpBody } from '../curl/httpRequest.ts';
import type { Field } from './field.ts';
import { formFieldsOf } from './formFields.ts';
import { multipartFieldsOf } from './multipartFields.ts';

/** What a body looks like, whatever its `Content-Type` says. */
export type BodyFormat = 'none' | 'form' | 'multipart' | 'json' | 'text';

/** A body with the fields that can be found in it. */
export interface BodyFields {
  readonly format: BodyFormat;
  readonly fields: readonly Field[];
}

const formats: readonly (readonly [looks: RegExp, format: BodyFormat])[] = [
  [/^\s*$/, 'none'],
  [/^\s*(?:\{|\[(?!object ))/, 'json'],
  [/^\s*--[^]*\bname=/, 'multipart'],
  [/^[^=&<]{1,100}=/, 'form'],
];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const jsonFieldsOf = (text: string): readonly Field[] => {
  try {
    return Object.entries(Object(JSON.parse(text)) as object).map(([name, value]) => [name, textOf(value)]);
  } catch {
    return [];
  }
};

const readers: { readonly [format in BodyFormat]: (text: string) => readonly Field[] } = {
  none: () => [],
  form: formFieldsOf,
  multipart: multipartFieldsOf,
  json: jsonFieldsOf,
  text: () => [],
};

/** The fields of a body, by what it looks like. */
export const bodyFieldsOf = (body: HttpBody | undefined): BodyFields => {
  if (!body) return { format: 'none', fields: [] };
  if (body.kind === 'multipart') return { format: 'multipart', fields: body.parts };
  const format = formats.find(([looks]) => looks.test(body.text))?.[1] ?? 'text';
  return { format, fields: readers[format](body.text) };
};
