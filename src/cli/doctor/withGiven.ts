import { meantBy } from '../../explain/fieldNames.ts';
import { basicHeader } from '../curl/options/headersOf.ts';
import type { HttpBody, HttpRequest } from '../curl/httpRequest.ts';
import { authorizationOf } from '../request/authorizationOf.ts';
import { bodyFieldsOf } from '../request/bodyFields.ts';
import type { Field } from '../request/field.ts';
import { isFilledIn } from '../request/fieldShapes.ts';
import { formPiecesOf } from '../request/formFields.ts';

/** Values by the fields that they are meant for. */
type Given = Readonly<Record<string, string | undefined>>;

/** What to put in place of a value: nothing, unless it stands for what nobody copied. */
type Fill = (field: Field) => string | undefined;

/** As a shell puts it in, where a variable stands by itself; as a form has it, where that was encoded. */
const filledPiece = (piece: string, value: string, isVerbatim: boolean): string =>
  piece.slice(0, piece.indexOf('=') + 1) + (isVerbatim ? value : encodeURIComponent(value));

const filledForm = (text: string, fill: Fill): string =>
  formPiecesOf(text)
    .map(([piece, field]) => {
      const value = fill(field);
      return value === undefined ? piece : filledPiece(piece, value, piece.endsWith(`=${field[1]}`));
    })
    .join('&');

const filledJson = (text: string, fill: Fill): string =>
  JSON.stringify(JSON.parse(text), (name, value: unknown) =>
    typeof value === 'string' ? (fill([name, value]) ?? value) : value,
  );

const filledBody = (body: HttpBody | undefined, fill: Fill): HttpBody | undefined => {
  const { format, fields } = bodyFieldsOf(body);
  if (!body || fields.every((field) => fill(field) === undefined)) return body;
  if (body.kind === 'multipart')
    return { ...body, parts: body.parts.map(([name, value]) => [name, fill([name, value]) ?? value]) };
  if (format === 'json') return { ...body, text: filledJson(body.text, fill) };
  return format === 'form' ? { ...body, text: filledForm(body.text, fill) } : body;
};

const filledHeaders = (request: HttpRequest, fill: Fill): HttpRequest['headers'] => {
  const { user, password } = authorizationOf(request)?.basic ?? {};
  if (user === undefined || password === undefined) return request.headers;
  const [id, secret] = [fill(['client_id', user]), fill(['client_secret', password])];
  if ((id ?? secret) === undefined) return request.headers;
  const others = request.headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  return [...others, basicHeader(`${id ?? user}:${secret ?? password}`)];
};

/** The request with what was given beside it in place of its variables, and of what was blacked out in it. */
export const withGiven = (request: HttpRequest, given: Given): HttpRequest => {
  const fill: Fill = ([name, value]) =>
    isFilledIn(value, request.filledIn) ? given[meantBy(name) ?? ''] : undefined;
  return { ...request, body: filledBody(request.body, fill), headers: filledHeaders(request, fill) };
};
