import type { Field } from './field.ts';
import { meantBy } from '../../explain/fieldNames.ts';

const decoded = (text: string): string =>
  /[%+]/.test(text) ? (new URLSearchParams(`=${text}`).get('') ?? '') : text;

/** What is no field by itself may be the rest of a value that held a `&`. */
const fieldOf = (piece: string): Field => {
  const at = piece.indexOf('=');
  if (at !== -1) return [decoded(piece.slice(0, at)), decoded(piece.slice(at + 1))];
  return meantBy(piece) ? [decoded(piece), ''] : ['', decoded(piece)];
};

/** The pieces of a form or a query as they are sent, each with the field it stands for. */
export const formPiecesOf = (text: string): readonly (readonly [piece: string, field: Field])[] =>
  text.split('&').map((piece) => [piece, fieldOf(piece)]);

/** The fields of a form or a query. */
export const formFieldsOf = (text: string): readonly Field[] =>
  text
    .split('&')
    .filter((piece) => piece !== '')
    .map(fieldOf);
