import type { RequestShape } from '../../explain/failedGrant.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { correctedRequest } from '../request/correctedRequest.ts';
import { requestShapeOf } from '../request/requestShapeOf.ts';
import { tokenShapeOf } from '../request/tokenShapeOf.ts';
import { type Endpoint, endpointFrom } from './endpointFrom.ts';
import type { Examined } from './examined.ts';
import { requestOfSetUp } from './requestOfSetUp.ts';

/** The request in question, with what follows from it. */
export interface Case {
  readonly request: HttpRequest;
  readonly shape: RequestShape;
  readonly corrected: HttpRequest;
  /** The token endpoint, wherever the request went. */
  readonly endpoint: Endpoint | undefined;
}

const requestFrom = (
  { options, sent, secrets }: Examined,
  endpoint: Endpoint | undefined,
): HttpRequest | undefined => sent ?? (endpoint && requestOfSetUp(endpoint.url, options, secrets));

/** Of the client. What was given in its place is perhaps not what was sent. */
const unknownIn = (fields: RequestShape['fields'] = {}): RequestShape['fields'] =>
  Object.fromEntries(
    Object.entries(fields).filter(([name, { isUnknown }]) => isUnknown && name.startsWith('client_')),
  );

const shapeOf = (request: HttpRequest, { sent, written, secrets }: Examined): RequestShape => {
  const shape = requestShapeOf(request);
  const asWritten = written && requestShapeOf(written);
  return {
    ...shape,
    fields: { ...shape.fields, ...unknownIn(asWritten?.fields) },
    basicFields: shape.basicFields && { ...shape.basicFields, ...unknownIn(asWritten?.basicFields) },
    // A set-up without a refresh token carries one that is none.
    refreshToken: sent || secrets.refreshToken ? shape.refreshToken : undefined,
    accessToken: shape.accessToken ?? (secrets.accessToken ? tokenShapeOf(secrets.accessToken) : undefined),
  };
};

/** `stated`: the token endpoint by discovery. `undefined`: nobody knows where the token endpoint is. */
export const caseOf = (examined: Examined, stated?: string): Case | undefined => {
  const { options, sent } = examined;
  const endpoint = endpointFrom(options, sent, stated);
  const request = requestFrom(examined, endpoint);
  if (!request) return undefined;
  const tokenEndpoint = endpoint?.isNamed ? endpoint.url : undefined;
  const corrected = correctedRequest(request, { clientId: options.clientId, tokenEndpoint });
  return { request, shape: shapeOf(request, examined), corrected, endpoint };
};
