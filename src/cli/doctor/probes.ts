import type { HttpRequest } from '../curl/httpRequest.ts';
import { bodyFieldsOf } from '../request/bodyFields.ts';
import { isClientKnown } from '../request/correctedRequest.ts';
import { namesGrant } from '../request/namesGrant.ts';
import { queryFieldsOf } from '../request/queryFields.ts';
import { isRepeatable, withJunkToken } from '../request/withJunkToken.ts';
import type { Case } from './caseOf.ts';
import type { Examined } from './examined.ts';
import { mayProbe } from './safety.ts';
import { tokenEndpointOf } from './tokenEndpoints.ts';

/** What may be sent without `--spend`, each built by us. Nothing in it: the request can only be read. */
export interface Probes {
  /** Stands for the request as it was. */
  readonly request?: HttpRequest | undefined;
  readonly corrected?: HttpRequest | undefined;
}

const junkOf = (
  request: HttpRequest,
  endpoint: string | undefined,
  written: HttpRequest,
): HttpRequest | undefined =>
  endpoint !== undefined && isRepeatable(request) ? withJunkToken(request, endpoint, written) : undefined;

const isPost = ({ method }: HttpRequest): boolean => /^\s*post\s*$/i.test(method);

const isOfGrant = (request: HttpRequest): boolean =>
  namesGrant([...bodyFieldsOf(request.body).fields, ...queryFieldsOf(request)]);

export const isNothing = ({ request, corrected }: Probes): boolean => !request && !corrected;

/** The requests that may be tried, with nothing of anybody but the client in them. `stated`: by discovery. */
export const probesFor = (examined: Examined, looked: Case, stated: string | undefined): Probes => {
  if (!mayProbe(examined, looked)) return {};
  const { request, corrected, endpoint } = looked;
  if (!examined.sent) return endpoint ? { request: withJunkToken(request, endpoint.url) } : {};
  const named = [stated, examined.options.tokenEndpoint];
  const ofRequest = tokenEndpointOf(request, named);
  // What is not there may be what was wrong, and a secret beside it need not be what was sent.
  const isTokenRequest = !request.isSketch && (ofRequest !== undefined || isOfGrant(request));
  const ofCorrected = isTokenRequest && isClientKnown(corrected) && tokenEndpointOf(corrected, named);
  return {
    request: isPost(request) ? junkOf(request, ofRequest, request) : undefined,
    corrected: ofCorrected ? junkOf(corrected, ofCorrected, request) : undefined,
  };
};
