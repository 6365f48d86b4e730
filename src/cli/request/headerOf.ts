import type { HttpRequest } from '../curl/httpRequest.ts';

/** The value of a header; the name in lower case. */
export const headerOf = (request: HttpRequest, name: string): string | undefined =>
  request.headers.find(([header]) => header.toLowerCase() === name)?.[1];

/** The `Content-Type` without parameters, lower case. */
export const mediaTypeOf = (request: HttpRequest): string | undefined =>
  headerOf(request, 'content-type')?.split(';', 1)[0]!.trim().toLowerCase() || undefined;
