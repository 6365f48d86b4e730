import { bodyOptions } from './bodyOptions.ts';
import { headerOptions } from './headerOptions.ts';
import type { HttpRequest } from './httpRequest.ts';
import { maskFor, type Mask } from './mask.ts';
import { maskedAddress } from './maskedAddress.ts';
import { bashQuoted } from './shell/bashQuoted.ts';

/** What is no method is not said: a token request is a POST. */
const methodOf = ({ method }: HttpRequest, mask: Mask): string =>
  /^[a-z]{1,20}$/i.test(method) && mask.value('method', method) === method ? method : 'POST';

/**
 * A request as a command of curl for bash, which Postman and Insomnia import.
 *
 * @param mask what of it may be seen. @default only what is known to be no secret
 */
export const toCurl = (request: HttpRequest, mask: Mask = maskFor(request)): string => {
  const address = maskedAddress(request.url, mask);
  const options = [...headerOptions(request, mask), ...bodyOptions(request.body, mask)];
  return [
    `curl --request ${methodOf(request, mask)} ${bashQuoted(request.isSchemeAssumed ? address.replace(/^https:\/\//, '') : address)}`,
    ...options.map(([name, value]) => `  ${name} ${bashQuoted(value)}`),
  ].join(' \\\n');
};
