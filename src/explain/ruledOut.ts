import { type Cause, type Step, steps } from './cause.ts';
import type { Facts } from './facts.ts';

const isBetween = (step: Step, from: Step, to: Step): boolean =>
  steps.indexOf(step) >= steps.indexOf(from) && steps.indexOf(step) <= steps.indexOf(to);

const isOfOtherGrant = ({ grants }: Cause, { grantType }: Facts): boolean =>
  grantType !== undefined && grants !== undefined && !grants.includes(grantType);

/** The checks that a junk token has passed; of another grant only what is the same for all grants. */
const isPassed = ({ step }: Cause, { probe, request }: Facts): boolean => {
  if (probe !== 'passed') return false;
  if (request?.grantType === undefined || request.grantType === 'refresh_token') {
    return isBetween(step, 'address', 'length');
  }
  return ['address', 'realm', 'client'].includes(step);
};

/** What the corrected request did not try: another client than the token's, another grant than the refresh. */
const isUntried = ({ step }: Cause, { isCorrectedOfOther, request }: Facts): boolean =>
  (step === 'client' && isCorrectedOfOther) ||
  (step === 'grant_type' && (request?.grantType ?? 'refresh_token') !== 'refresh_token');

/** Where the corrected request gets through, the fault was in the request. */
const isElsewhere = (cause: Cause, isInRequest: boolean, facts: Facts): boolean =>
  facts.corrected === 'passed' &&
  !isInRequest &&
  !isUntried(cause, facts) &&
  isBetween(cause.step, 'address', 'length');

/** Where a browser is led to be signed out, no client proves itself. */
const isOfNobody = ({ step }: Cause, { endpoint, request }: Facts): boolean =>
  step === 'client' && endpoint === 'logout' && request !== undefined && request.method !== 'POST';

/** Whether something that was seen speaks against it for good. */
export const isRuledOut = (cause: Cause, isInRequest: boolean, facts: Facts): boolean =>
  isOfOtherGrant(cause, facts) ||
  isOfNobody(cause, facts) ||
  (cause.outlastsProbe?.(facts) === undefined &&
    (isPassed(cause, facts) || isElsewhere(cause, isInRequest, facts))) ||
  (cause.excludedBy ?? []).some((clue) => clue(facts) !== undefined);
