import type { GrantAnswer, ServerFindings } from '../../../explain/failedGrant.ts';
import type { HttpRequest } from '../../curl/httpRequest.ts';
import { isOnlyTheClient } from '../../request/withJunkToken.ts';
import type { Probes } from '../probes.ts';
import { originOf } from '../issuers.ts';
import { askAuthorization } from './askAuthorization.ts';
import { askPreflight } from './askPreflight.ts';
import { clockDifferenceSeconds } from './clockDifference.ts';
import type { Ask, Reply } from './createAsk.ts';
import type { Discovered } from './discover.ts';
import { fetchInitOf } from './fetchInitOf.ts';
import { grantAnswerOf } from './grantAnswerOf.ts';
import { productOf } from './productOf.ts';

/** What the server is asked about. */
export interface Interrogated {
  /** As it was: read, never sent. */
  readonly request: HttpRequest;
  readonly probes: Probes;
  readonly origin?: string | undefined;
  readonly clientId?: string | undefined;
  readonly discovered?: Discovered | undefined;
}

const askWith = (ask: Ask, what: string, probe: HttpRequest | undefined): Promise<Reply> | undefined =>
  probe && ask({ what, url: probe.url, init: fetchInitOf(probe) });

const answerIn = ({ heard }: Reply, origin: string | undefined): GrantAnswer | undefined =>
  heard && grantAnswerOf(heard, origin);

const isOfClient = (answer: GrantAnswer | undefined): boolean =>
  /^(invalid|unauthorized)_client$/.test(answer?.error ?? '');

const clientAtAuthorization = async (
  ask: Ask,
  { request, clientId, discovered }: Interrogated,
): Promise<ServerFindings['clientAtAuthorization']> => {
  const endpoint = discovered?.authorizationEndpoint;
  // Even what stands in the place of a client id goes to no other host.
  if (!endpoint || !clientId || originOf(endpoint) !== originOf(request.url)) return undefined;
  if (!isOnlyTheClient(clientId, request)) return undefined;
  return askAuthorization(ask, endpoint, clientId);
};

/** Asks everything that can be asked with a junk token. */
export const interrogate = async (ask: Ask, subject: Interrogated): Promise<ServerFindings> => {
  const { request, probes, origin, discovered } = subject;
  const isOfPage = probes.request && origin !== undefined;
  const [junk, other, preflight] = await Promise.all([
    askWith(ask, 'the request, with a junk token', probes.request),
    askWith(ask, 'the corrected request, with a junk token', probes.corrected),
    isOfPage ? askPreflight(ask, probes.request.url, request.headers, origin) : undefined,
  ]);
  const junkTokenAnswer = junk && answerIn(junk, origin);
  const correctedAnswer = other && answerIn(other, origin);
  const product = productOf(request.url, discovered?.discovery, junkTokenAnswer);
  // The corrected request can be of another client: the one that the token was issued to.
  const isClientInDoubt =
    product === 'keycloak' && (isOfClient(junkTokenAnswer) || isOfClient(correctedAnswer));
  const timed = discovered?.reply.heard ?? junk?.heard ?? other?.heard;
  return {
    product,
    discovery: discovered?.discovery,
    issuerNearby: discovered?.nearby,
    junkTokenAnswer,
    correctedAnswer,
    preflight,
    clientAtAuthorization: isClientInDoubt ? await clientAtAuthorization(ask, subject) : undefined,
    clockDifferenceSeconds: timed && clockDifferenceSeconds(timed),
  };
};
