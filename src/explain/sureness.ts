import type { KnownProvider } from './cause.ts';
import type { Facts } from './facts.ts';

/** They read nothing but a form, and each field only where RFC 6749 has it. Many others are more lenient. */
const strict: ReadonlySet<KnownProvider | 'other' | undefined> = new Set<KnownProvider>([
  'keycloak',
  'entra',
  'okta',
  'cognito',
  'zitadel',
]);

/** Whether a departure from the standard is certainly refused there, or was seen to be what was refused. */
export const isStrict = ({ provider, corrected }: Facts, isTold = false): boolean =>
  isTold || strict.has(provider) || corrected === 'passed';

const OAUTH =
  /^(invalid_(client|grant|request|scope|token)|unauthorized_client|unsupported_grant_type|insufficient_scope)$/i;

/** Whether an authorization server refused the request: what it cannot do without was certainly missed. */
export const isRefusedByIssuer = (facts: Facts, isTold = false): boolean =>
  isStrict(facts, isTold) || OAUTH.test(facts.answer?.error ?? '');

/** A token that has expired by now may have been good when it was refused. */
export const isTimeKnown = ({ answer, isSeenLater }: Facts): boolean =>
  !isSeenLater || answer?.dateSeconds !== undefined;

/** Where only the words of the server are certain. */
export const ifTold = (_facts: Facts, isTold: boolean): boolean => isTold;
