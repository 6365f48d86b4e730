import { type Saying, secretFaults, secretMissed } from './saying.ts';

const code = (...numbers: readonly number[]): Pick<Saying, 'within'> => ({
  within: numbers.map((number) => `AADB2C${number}`),
});

/** The codes of Azure AD B2C, which has its own: learn.microsoft.com/azure/active-directory-b2c/error-codes. */
export const entraB2c: readonly Saying[] = [
  { ...code(90006), means: ['redirect-uri-not-registered'], orIfSeen: ['redirect-uri-nearly-right'] },
  { ...code(90007, 90287), means: ['redirect-uri-not-registered'] },
  { within: ['The request contains invalid redirect URI'], means: ['redirect-uri-not-registered'] },
  { ...code(90008), means: ['client-id-missing'] },
  { ...code(90010), means: ['scope-missing'] },
  { ...code(90012, 90055, 90117), means: ['scope-unknown'] },
  { ...code(99068), means: ['scope-not-default'] },
  { ...code(90018, 90068), means: ['client-id-unknown'] },
  { ...code(90092), means: ['client-disabled'] },
  { ...code(90079), means: ['client-secret-missing'], orIfSeen: secretMissed },
  { ...code(90081), means: ['client-secret-wrong'], orIfSeen: secretFaults },
  { ...code(90084), means: ['client-secret-superfluous'] },
  { ...code(90058), means: ['client-not-public'] },
  { ...code(90052, 90053, 90054, 90225), means: ['user-credentials-wrong'] },
  { ...code(90111, 90114), means: ['user-locked-out'] },
  { ...code(90128), means: ['user-gone'] },
  { ...code(90080), means: ['refresh-token-expired', 'code-expired'] },
  { ...code(90129), means: ['session-ended'] },
  { ...code(90088), means: ['grant-of-other-tenant'] },
  { ...code(90086), means: ['grant-type-not-offered'] },
  { ...code(90057, 90224), means: ['grant-off-for-client'] },
  { ...code(90077), means: ['nobody-signed-in'] },
  { ...code(90091), means: ['access-denied'] },
  { ...code(99059), means: ['pkce-verifier-missing'] },
  { ...code(90182), means: ['pkce-verifier-wrong'] },
  { ...code(90183), means: ['pkce-verifier-malformed'] },
  { ...code(90146), means: ['scope-of-two-resources'] },
  { ...code(90205), means: ['consent-missing'] },
  { ...code(90035), means: ['server-unavailable'] },
  { ...code(90085, 90048), means: ['server-error'] },
];
