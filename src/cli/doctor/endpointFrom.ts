import type { ServerFindings } from '../../explain/failedGrant.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import type { DoctorOptions } from './doctorOptions.ts';
import { endpointOfIssuer, isWebAddress, originOf } from './issuers.ts';

/** The token endpoint beside the one that a request went to. */
export interface Endpoint {
  readonly url: string;
  /** Whether the user named its host. Secrets go to no other. */
  readonly isNamed: boolean;
}

/** From the options, else as the server states it, else where Keycloak has it. */
export const endpointFrom = (
  { issuer, tokenEndpoint }: DoctorOptions,
  sent: HttpRequest | undefined,
  stated: NonNullable<ServerFindings['discovery']>['tokenEndpoint'],
): Endpoint | undefined => {
  const url = tokenEndpoint ?? (isWebAddress(stated) ? stated : endpointOfIssuer(issuer));
  if (url === undefined) return undefined;
  const named = [issuer, tokenEndpoint, sent?.url].map(originOf);
  return { url, isNamed: named.includes(originOf(url)) };
};
