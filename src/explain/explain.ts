import { causes } from './causes.ts';
import type { RankedCause } from './explanation.ts';
import { factsOf } from './facts.ts';
import type { FailedGrant } from './failedGrant.ts';
import { rank } from './rank.ts';

/**
 * The causes that fit what is known of a failed token request, the likeliest first; none where nothing fits.
 * It asks nobody, keeps nothing and claims no more than was seen. Keycloak is known best; of other providers what
 * RFC 6749 §5.2 says.
 */
export const explain = (failure: FailedGrant): readonly RankedCause[] => rank(causes, factsOf(failure));
