import { request as open, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { HttpBody, HttpRequest } from '../../src/cli/curl/httpRequest.ts';

/** An answer as it came over the wire; status 0: none came, for the reason in `error`. */
export interface RawAnswer {
  readonly status: number;
  readonly error: string | undefined;
  readonly says: string | undefined;
  /** Whether a page of the request's `Origin` may read it. */
  readonly isReadable: boolean;
}

const BOUNDARY = '----boundary-of-the-tests';

const encoded = (body: HttpBody): string => {
  if (body.kind === 'raw') return body.text;
  const parts = body.parts.map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
};

const headersOf = ({ headers, body }: HttpRequest): Record<string, string> => ({
  ...Object.fromEntries(headers),
  ...(body?.kind === 'multipart' && { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` }),
});

const objectIn = (json: string): Readonly<Record<string, unknown>> => {
  try {
    return Object(JSON.parse(json)) as Record<string, unknown>;
  } catch {
    return {};
  }
};

const wordIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const answerFrom = async (response: IncomingMessage, origin: string | undefined): Promise<RawAnswer> => {
  const body = objectIn(await text(response));
  const allowed = response.headers['access-control-allow-origin'];
  return {
    status: response.statusCode ?? 0,
    error: wordIn(body['error']),
    says: wordIn(body['error_description']),
    isReadable: allowed === '*' || (allowed !== undefined && allowed === origin),
  };
};

const noAnswer = (error: string | undefined): RawAnswer => ({
  status: 0,
  error,
  says: undefined,
  isReadable: false,
});

/** Sends a request byte for byte, by none of the ways in which the library sends one. */
export const sendRaw = (request: HttpRequest): Promise<RawAnswer> => {
  const body = request.body && Buffer.from(encoded(request.body));
  const headers = { ...headersOf(request), ...(body && { 'Content-Length': body.length }) };
  const origin = request.headers.find(([name]) => name.toLowerCase() === 'origin')?.[1];
  return new Promise<RawAnswer>((resolve, reject) => {
    open(request.url, { method: request.method, headers, agent: false }, (response) =>
      answerFrom(response, origin).then(resolve, reject),
    )
      .on('error', (error: NodeJS.ErrnoException) => resolve(noAnswer(error.code)))
      .end(body);
  });
};
