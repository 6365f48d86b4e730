import type { HttpRequest } from '../curl/httpRequest.ts';

/** A page's origin, said on the command line, is what the request would carry. */
export const withOrigin = (request: HttpRequest, origin: string | undefined): HttpRequest => {
  if (origin === undefined) return request;
  const others = request.headers.filter(([name]) => name.toLowerCase() !== 'origin');
  return { ...request, headers: [...others, ['Origin', origin]] };
};
