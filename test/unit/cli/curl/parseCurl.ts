import type { HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';
import { chooseExchange } from '../../../../src/cli/paste/chooseExchange.ts';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';

/** The request that is examined of what was pasted. */
export const parseCurl = (pasted: string): HttpRequest => {
  const { request } = chooseExchange(readPaste(pasted), undefined, () => undefined).exchange;
  if (!request) throw new Error('only an answer was found');
  return request;
};
