import { causes } from './causes.ts';
import type { RankedCause } from './explanation.ts';
import { factsOf } from './facts.ts';
import type { FailedGrant } from './failedGrant.ts';
import { rank } from './rank.ts';

/** What was mentioned may be of another request: it makes nothing more certain, and leaves something over. */
const withMention = (found: readonly RankedCause[], left: readonly RankedCause[]): readonly RankedCause[] => {
  const certainties = new Map(found.map(({ id, certainty }) => [id, certainty]));
  const ranked = left.map((cause) => ({ ...cause, certainty: certainties.get(cause.id) ?? 'possible' }));
  return ranked.length > 0 ? ranked : found;
};

/**
 * The causes that fit the evidence about a failed token request, the most likely first; none if nothing fits.
 * It sends no request, keeps nothing and claims no more than the evidence shows. It knows Keycloak best; for other providers it
 * knows what RFC 6749 §5.2 says.
 */
export const explain = (failure: FailedGrant): readonly RankedCause[] => {
  const { mention, ...evidence } = failure;
  const found = rank(causes, factsOf(evidence));
  return mention && !failure.request ? withMention(found, rank(causes, factsOf(failure))) : found;
};
