import { causes } from './causes.ts';
import type { RankedCause } from './explanation.ts';
import { factsOf } from './facts.ts';
import type { FailedGrant } from './failedGrant.ts';
import { rank } from './rank.ts';

/**
 * The causes that fit the evidence about a failed token request, the most likely first; none if nothing fits.
 * It sends no request, keeps nothing and claims no more than the evidence shows. It knows Keycloak best; for other providers it
 * knows what RFC 6749 §5.2 says.
 */
export const explain = (failure: FailedGrant): readonly RankedCause[] => rank(causes, factsOf(failure));
