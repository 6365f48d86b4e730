import type { HttpBody, HttpRequest } from '../../curl/httpRequest.ts';

/** The transport makes these itself. */
const MADE_BY_TRANSPORT =
  /^(host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|accept-encoding)$|^:/i;

const isOurs = ([name, value]: readonly [string, string]): boolean =>
  !MADE_BY_TRANSPORT.test(name) && isHeader(name, value);

/** A header that HTTP cannot carry (RFC 9110 §5.5) would keep the whole request from being sent. */
const isHeader = (name: string, value: string): boolean => {
  try {
    return new Headers([[name, value]]).has(name);
  } catch {
    return false;
  }
};

const formDataOf = (parts: readonly (readonly [string, string])[]): FormData => {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  return form;
};

/** As bytes: of a string the transport would state that it is plain text, where the request states nothing. */
const bodyOf = (body: HttpBody | undefined): BodyInit | null => {
  if (!body) return null;
  return body.kind === 'multipart' ? formDataOf(body.parts) : new TextEncoder().encode(body.text);
};

/** What `fetch` needs to send it as it is; GET and HEAD go without their body. */
export const fetchInitOf = ({ method, headers, body }: HttpRequest): RequestInit => {
  // The media type of a form goes with a boundary that the transport makes.
  const isKept = ([name]: readonly [string, string]) =>
    body?.kind !== 'multipart' || !/^content-type$/i.test(name);
  const sent = headers
    .filter(isOurs)
    .filter(isKept)
    .map(([name, value]): [string, string] => [name, value]);
  return { method, headers: sent, body: /^(get|head)$/i.test(method) ? null : bodyOf(body) };
};
