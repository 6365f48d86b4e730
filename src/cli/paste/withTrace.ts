import type { HttpRequest } from '../curl/httpRequest.ts';
import { headerOf } from '../request/headerOf.ts';
import { isBlackedOut } from '../request/isBlackedOut.ts';
import { httpRequests } from './http/httpRequests.ts';

const TRACE = /^[^\S\n]{0,20}>[^\S\n]{1,4}[A-Z]{3,7} \S+ HTTP\//m;

/**
 * A command as `curl -v` shows below it that it went out: what the shell made of its variables and quotation marks is in
 * the headers of the trace. The trace has neither scheme nor body.
 */
export const withTrace = (request: HttpRequest, below: string): HttpRequest => {
  const [trace] = TRACE.test(below) ? httpRequests(below) : [];
  if (!trace) return request;
  const { method, headers } = trace.request;
  const shown = headers.filter(([name]) => !/^host$/i.test(name));
  return {
    ...request,
    method,
    headers: shown.map(([name, value]) => [
      name,
      isBlackedOut(value) ? (headerOf(request, name.toLowerCase()) ?? value) : value,
    ]),
  };
};
