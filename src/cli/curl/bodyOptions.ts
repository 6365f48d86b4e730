import { bodyFieldsOf } from '../request/bodyFields.ts';
import type { Field } from '../request/field.ts';
import { formPiecesOf } from '../request/formFields.ts';
import type { HttpBody } from './httpRequest.ts';
import type { Mask } from './mask.ts';
import { urlEncoded } from './options/dataOf.ts';

/** An option of curl with its value. */
export type Option = readonly [option: string, value: string];

const raw = (text: string): Option => ['--data-raw', text];

/** curl encodes the value itself, as far as that gives the same piece. No argument holds a NUL. */
const seenPiece = (piece: string, value: string): Option => {
  const written = `${piece.slice(0, piece.indexOf('=') + 1)}${value}`;
  const isSame = !/^[^=]*@|\0/.test(written) && urlEncoded(written) === piece;
  return isSame && piece.includes('=') ? ['--data-urlencode', written] : raw(piece);
};

const formOption = ([piece, [name, value]]: readonly [string, Field], mask: Mask): Option => {
  const masked = mask.value(name, value);
  if (masked === value && mask.name(name) === name) return seenPiece(piece, value);
  return ['--data-urlencode', `${encodeURIComponent(mask.name(name))}=${masked}`];
};

const partOption = ([name, value]: Field, mask: Mask): Option => {
  const quoted = mask.value(name, value).replaceAll(/["\\]/g, String.raw`\$&`);
  return ['--form', `${mask.name(name)}="${quoted}"`];
};

const maskedJson = (fields: readonly Field[], mask: Mask): string =>
  JSON.stringify(
    Object.fromEntries(fields.map(([name, value]) => [mask.name(name), mask.value(name, value)])),
  );

const maskedText = (text: string, mask: Mask): readonly Option[] => {
  const whole = mask.value('body', text);
  const { format, fields } = bodyFieldsOf({ kind: 'raw', text });
  if (format === 'form') return formPiecesOf(text).map((piece) => formOption(piece, mask));
  if (whole === text) return [raw(text)];
  if (format === 'multipart') return fields.map((part) => partOption(part, mask));
  return [raw(format === 'json' && fields.length > 0 ? maskedJson(fields, mask) : whole)];
};

/** The options of curl for a body, one for each field where it has fields. */
export const bodyOptions = (body: HttpBody | undefined, mask: Mask): readonly Option[] => {
  if (!body) return [];
  if (body.kind === 'multipart') return body.parts.map((part) => partOption(part, mask));
  return maskedText(body.text, mask);
};
