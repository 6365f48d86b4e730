import { bodyOptions } from './bodyOptions.ts';
import { headerOptions } from './headerOptions.ts';
import type { HttpRequest } from './httpRequest.ts';
import { maskFor, type Mask } from './mask.ts';
import { maskedAddress } from './maskedAddress.ts';
import { bashQuoted } from './shell/bashQuoted.ts';

/**
 * A request as a command of curl for bash, which Postman and Insomnia import.
 *
 * @param mask what of it may be seen. @default only what is known to be no secret
 */
export const toCurl = (request: HttpRequest, mask: Mask = maskFor(request)): string => {
  const options = [...headerOptions(request, mask), ...bodyOptions(request.body, mask)];
  const method = /^[a-z]{1,20}$/i.test(request.method) ? request.method : 'POST';
  return [
    `curl --request ${method} ${bashQuoted(maskedAddress(request.url, mask))}`,
    ...options.map(([name, value]) => `  ${name} ${bashQuoted(value)}`),
  ].join(' \\\n');
};
