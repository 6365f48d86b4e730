import type { RankedCause } from '../../explain/explanation.ts';
import type { FailedGrant } from '../../explain/failedGrant.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { endpointOfIssuer } from './issuers.ts';

const REALM = /\/realms\/[^/?#]+/;

/** The realm that issued the token, else none that is known. */
const realmFor = ({ request }: FailedGrant, wrong: string | undefined): string => {
  const realm = REALM.exec(request?.refreshToken?.issuer ?? '')?.[0];
  return realm === undefined || realm === wrong ? '/realms/<realm>' : realm;
};

/** A corrected request does not go where the verdict says that nothing is. */
export const withRightAddress = (
  corrected: HttpRequest,
  [first]: readonly RankedCause[],
  failure: FailedGrant,
): HttpRequest => {
  if (!first || first.certainty === 'possible') return corrected;
  const { url } = corrected;
  const nearby = endpointOfIssuer(failure.server?.issuerNearby);
  if (first.id === 'base-path-wrong' && nearby) return { ...corrected, url: nearby };
  const isOfRealm = /^realm-(?:unknown|mismatch)$/.test(first.id);
  return isOfRealm
    ? { ...corrected, url: url.replace(REALM, (wrong) => realmFor(failure, wrong)) }
    : corrected;
};
