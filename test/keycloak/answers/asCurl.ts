import type { HttpBody, HttpRequest } from '../../../src/cli/curl/httpRequest.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** In the quotation that browsers use for line ends. */
const ansi = (text: string): string =>
  `$'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\n', String.raw`\n`)}'`;

/** Postman puts the value of a part in quotation marks of its own. */
const part = ([name, value]: readonly [string, string]): string =>
  `--form ${quoted(`${name}="${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`)}`;

const bodyOf = (body: HttpBody | undefined): readonly string[] => {
  if (!body) return [];
  if (body.kind === 'multipart') return body.parts.map(part);
  return [`--data-raw ${/[\r\n]/.test(body.text) ? ansi(body.text) : quoted(body.text)}`];
};

/** curl says by itself that a body is a form. */
const typeTakenAway = ({ headers, body }: HttpRequest): readonly string[] =>
  body?.kind === 'raw' && headers.every(([name]) => name.toLowerCase() !== 'content-type')
    ? [`-H 'Content-Type:'`]
    : [];

/** The request as a browser's "Copy as cURL (bash)" has it; multipart bodies as Postman has them. */
export const asCurl = (request: HttpRequest): string =>
  [
    `curl ${quoted(request.url)}`,
    `-X ${quoted(request.method)}`,
    ...request.headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...typeTakenAway(request),
    ...bodyOf(request.body),
  ].join(' \\\n  ');
