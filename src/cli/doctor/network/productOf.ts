import type { GrantAnswer, ServerFindings } from '../../../explain/failedGrant.ts';

const PATH = /\/realms\/[^/]+\/protocol\/openid-connect\//;
const SAYING = /^(Realm does not exist|Unable to find matching target resource method)/;

/** Keycloak is known by its paths and by words of its own. Without metadata nothing says that it is not Keycloak. */
export const productOf = (
  url: string,
  discovery: ServerFindings['discovery'],
  answer: GrantAnswer | undefined,
): ServerFindings['product'] => {
  const isKeycloak = PATH.test(discovery?.tokenEndpoint ?? '') || SAYING.test(answer?.error ?? '');
  if (isKeycloak || (!discovery?.isMetadata && answer !== undefined && PATH.test(url))) return 'keycloak';
  return discovery?.isMetadata ? 'unknown' : undefined;
};
