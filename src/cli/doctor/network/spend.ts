import type { GrantAnswer } from '../../../explain/failedGrant.ts';
import type { HttpRequest } from '../../curl/httpRequest.ts';
import type { Ask } from './createAsk.ts';
import { fetchInitOf } from './fetchInitOf.ts';
import { grantAnswerOf } from './grantAnswerOf.ts';

/** Sends the request as it is, once. The tokens of its answer are dropped. */
export const spend = async (
  ask: Ask,
  request: HttpRequest,
  origin: string | undefined,
): Promise<GrantAnswer | undefined> => {
  const { heard } = await ask({ what: 'the request as it is', url: request.url, init: fetchInitOf(request) });
  return heard && grantAnswerOf(heard, origin);
};
