import {
  assertionFaults,
  bodyFaults,
  clientIdFaults,
  clientIdMissed,
  codeFaults,
  refreshTokenFaults,
  type Saying,
  secretFaults,
  secretMissed,
} from './saying.ts';

/** A code often stands behind the number of a more general one. */
const code = (...numbers: readonly number[]): Pick<Saying, 'within'> => ({
  within: numbers.map((number) => `AADSTS${number}`),
});

/** The sentence for a field that is missing, which names it. */
const missing = (field: string): Pick<Saying, 'within'> => ({
  within: [
    `AADSTS900144: The request body must contain the following parameter: '${field}'`,
    `AADSTS90014: The required field '${field}'`,
  ],
});

/** The codes of Entra ID: learn.microsoft.com/entra/identity-platform/reference-error-codes. */
export const entra: readonly Saying[] = [
  { ...code(7000215), means: ['client-secret-wrong'], orIfSeen: secretFaults },
  {
    within: ['The specified client_secret does not match'],
    means: ['client-secret-wrong'],
    orIfSeen: secretFaults,
  },
  // It stands before codes that say more.
  { words: ['AADSTS70002'], means: ['client-refused'] },
  { ...code(7000222), means: ['client-secret-expired'] },
  { ...code(7000218, 7000216), means: ['client-secret-missing'], orIfSeen: secretMissed },
  { ...code(700025), means: ['client-secret-superfluous'] },
  { ...code(700016, 700011, 70001), means: ['client-id-unknown'], orIfSeen: clientIdFaults },
  { ...code(7000112), means: ['client-disabled'] },
  { ...code(7000229), means: ['client-not-in-tenant'] },
  { ...code(700027, 700030), means: ['client-assertion-key'], orIfSeen: assertionFaults },
  // Of older versions, for all that can be wrong with what a client proves itself by: the sentence tells it.
  {
    within: ['AADSTS50012: Client assertion contains an invalid signature'],
    means: ['client-assertion-key'],
    orIfSeen: assertionFaults,
  },
  {
    within: ['AADSTS50012: Client assertion is not within its valid time range'],
    means: ['client-assertion-expired', 'client-assertion-too-early'],
  },
  { within: ['AADSTS50012: Invalid client secret'], means: ['client-secret-wrong'], orIfSeen: secretFaults },
  {
    ...code(700024),
    means: ['client-assertion-expired'],
    orIfSeen: ['client-assertion-too-early'],
  },
  { ...code(700021, 50048), means: ['client-assertion-issuer'] },
  {
    within: ['Client assertion audience claim does not match'],
    means: ['client-assertion-audience'],
  },

  {
    ...missing('grant_type'),
    means: ['grant-type-missing'],
    orIfSeen: ['grant-type-misspelt', ...bodyFaults],
  },
  { ...missing('client_id'), means: ['client-id-missing'], orIfSeen: clientIdMissed },
  { ...missing('scope'), means: ['scope-missing'] },
  { ...missing('code'), means: ['code-missing'] },
  { ...missing('username'), means: ['username-missing'] },
  { ...missing('password'), means: ['password-missing'] },
  {
    ...missing('refresh_token'),
    means: ['field-missing'],
    orIfSeen: ['refresh-token-empty', 'refresh-token-misspelt'],
  },
  { ...code(900144, 90014), means: ['field-missing'], orIfSeen: bodyFaults },
  { ...code(90023, 9002313, 90004, 90100), means: ['request-malformed'], orIfSeen: bodyFaults },
  { ...code(900561), means: ['method-not-post'] },
  { ...code(70003), means: ['grant-type-not-offered'], orIfSeen: ['grant-type-unknown'] },
  { ...code(7000114), means: ['grant-off-for-client'] },
  { ...code(1002016), means: ['tls-too-old'] },

  { ...code(54005), means: ['code-used-or-unknown'] },
  { ...code(70008), means: ['code-expired', 'refresh-token-expired'], orIfSeen: codeFaults },
  {
    ...code(70000),
    means: ['refresh-token-no-longer-valid', 'code-used-or-unknown'],
    orIfSeen: [...refreshTokenFaults, ...codeFaults],
  },
  { ...code(70016), means: ['device-not-confirmed-yet'] },
  { ...code(70018), means: ['device-code-unknown'] },
  { error: 'bad_verification_code', isCommonplace: true, means: ['device-code-unknown'] },
  { ...code(70019, 70020), means: ['device-code-expired'] },
  { words: ['Unexpected polling state code_expired'], means: ['device-code-expired'] },
  { error: 'authorization_declined', means: ['device-declined'] },
  { ...code(501481), means: ['pkce-verifier-wrong'] },
  { ...code(9002325), means: ['pkce-verifier-missing'] },
  {
    within: ['AADSTS9002326', 'Cross-origin token redemption is permitted only'],
    means: ['redirect-uri-not-of-a-page'],
  },
  { ...code(9002327), means: ['redirect-uri-of-a-page'] },
  { ...code(7000012, 70000121, 700005), means: ['grant-of-other-tenant'] },
  { ...code(700082, 50089), means: ['refresh-token-expired'] },
  { ...code(700084), means: ['refresh-token-of-page-expired'] },
  { ...code(70043), means: ['sign-in-too-long-ago'] },
  { ...code(50173, 50132, 50133), means: ['session-ended'] },

  { ...code(50011, 70004), means: ['redirect-uri-not-registered'], orIfSeen: ['redirect-uri-nearly-right'] },
  { ...code(500116, 500117, 90102), means: ['redirect-uri-malformed'] },
  { ...code(500113, 900971), means: ['redirect-uri-not-registered'] },
  { ...code(65001, 65005, 650056, 90008, 90094, 90095), means: ['consent-missing'] },
  { ...code(65004), means: ['consent-declined'] },
  { ...code(500011, 50001, 650052, 650057), means: ['resource-unknown'] },
  { ...code(70011, 28002, 28003), means: ['scope-unknown'] },
  { ...code(1002012), means: ['scope-not-default'] },
  { ...code(700022), means: ['scope-of-two-resources'] },
  { ...code(901002), means: ['resource-parameter'] },
  { ...code(90009), means: ['token-for-itself'] },
  { ...code(501461), means: ['mapped-claims'] },

  { ...code(90002, 900023, 50059, 50128, 90019), means: ['tenant-unknown'] },
  {
    ...code(50194, 9001023, 9002332, 9002339, 90124, 90130),
    means: ['account-kind-not-allowed'],
  },
  { ...code(50020, 50034, 500208, 51004, 90072, 16000, 16003), means: ['user-not-in-tenant'] },
  { ...code(50126, 50056, 50064), means: ['user-credentials-wrong'], orIfSeen: ['password-missing'] },
  { ...code(50053), means: ['user-locked-out'] },
  { ...code(50055, 50144), means: ['password-expired'] },
  { ...code(50057), means: ['user-disabled'] },
  { ...code(50105), means: ['user-not-assigned'] },
  { ...code(50058), means: ['nobody-signed-in'] },
  { ...code(50072, 50074, 50076, 50078, 50079, 53004), means: ['second-factor-needed'] },
  { ...code(50131, 53000, 53001, 53002, 53003, 530003, 530032, 530035), means: ['blocked-by-policy'] },
  { ...code(700020, 50097, 50158), means: ['interaction-needed'] },
  { ...code(75011), means: ['sign-in-method-differs'] },
  { ...code(81010), means: ['seamless-sign-in-failed'] },
  { ...code(500133, 50013), means: ['assertion-refused'], orIfSeen: ['assertion-expired'] },

  { ...code(50196, 90055), means: ['too-many-requests'] },
  { ...code(90006, 90012, 90024, 90033, 90090), means: ['server-unavailable'] },
  { ...code(50000, 90036), means: ['server-error'] },
];
