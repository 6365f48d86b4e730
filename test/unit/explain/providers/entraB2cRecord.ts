import type { RequestShape } from '../../../../src/explain/failedGrant.ts';
import type { Recorded } from './recorded.ts';
import { requestsTo } from './requests.ts';

const to = requestsTo('https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin/oauth2/v2.0/token');

const said = (number: number, sentence: string, first: string, request?: RequestShape): Recorded => ({
  status: 400,
  error: 'invalid_request',
  description: `AADB2C${number}: ${sentence} Correlation ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333`,
  first,
  source: 'learn.microsoft.com/azure/active-directory-b2c/error-codes',
  ...(request && { request }),
});

/** What Azure AD B2C answers, by code. */
export const entraB2cRecord: readonly Recorded[] = [
  said(
    90006,
    "The redirect URI 'x' provided in the request is not registered for the client ID 'y'.",
    'redirect-uri-not-registered',
  ),
  said(
    90007,
    "The application associated with client ID 'x' has no registered redirect URIs.",
    'redirect-uri-not-registered',
  ),
  said(90008, 'The request does not contain a client ID parameter.', 'client-id-missing'),
  said(90010, 'The request does not contain a scope parameter.', 'scope-missing'),
  said(90012, "The scope 'x' provided in request is not supported.", 'scope-unknown'),
  said(90055, "The scope 'x' provided in request must specify a resource.", 'scope-unknown'),
  {
    ...said(
      99068,
      'Scope parameter (x) must be formatted like https://<application-uri>/.default',
      'scope-not-default',
    ),
    source: 'github.com/dotnet/aspnetcore/issues/56311',
  },
  said(90117, "The scope 'x' provided in the request is not supported.", 'scope-unknown'),
  said(
    90018,
    "The client ID 'x' specified in the request is not registered in tenant 'y'.",
    'client-id-unknown',
  ),
  said(90068, "The provided application with ID 'x' is not valid against this service.", 'client-id-unknown'),
  said(90092, "The provided application with ID 'x' is disabled for the tenant 'y'.", 'client-disabled'),
  said(
    90079,
    'Clients must send a client_secret when redeeming a confidential grant.',
    'client-secret-missing',
    to.withoutSecret,
  ),
  said(
    90081,
    'The specified client_secret does not match the expected value for this client.',
    'client-secret-wrong',
    to.exchange,
  ),
  said(
    90084,
    'Public clients should not send a client_secret when redeeming a publicly acquired grant.',
    'client-secret-superfluous',
    to.exchange,
  ),
  said(
    90058,
    'The provided application is not configured to allow public clients.',
    'client-not-public',
    to.password,
  ),
  said(90052, 'Invalid username or password.', 'user-credentials-wrong', to.password),
  said(
    90053,
    'A user with the specified credential could not be found.',
    'user-credentials-wrong',
    to.password,
  ),
  said(90054, 'Invalid username or password.', 'user-credentials-wrong', to.password),
  said(
    90225,
    'The username or password provided in the request are invalid.',
    'user-credentials-wrong',
    to.password,
  ),
  said(90111, 'Your account has been locked.', 'user-locked-out', to.password),
  said(
    90114,
    'Your account is temporarily locked to prevent unauthorized use.',
    'user-locked-out',
    to.password,
  ),
  said(90128, 'The account associated with this grant no longer exists.', 'user-gone', to.refresh),
  said(90080, 'The provided grant has expired.', 'refresh-token-expired', to.refresh),
  said(90080, 'The provided grant has expired.', 'code-expired', to.exchange),
  said(90129, 'The provided grant has been revoked.', 'session-ended', to.refresh),
  said(
    90088,
    'The provided grant has not been issued for this endpoint.',
    'grant-of-other-tenant',
    to.refresh,
  ),
  said(90086, 'The supplied grant_type [x] is not supported.', 'grant-type-not-offered'),
  said(
    90057,
    'The provided application is not configured to allow the OAuth Implicit flow.',
    'grant-off-for-client',
  ),
  said(
    90224,
    'Resource owner flow has not been enabled for the application.',
    'grant-off-for-client',
    to.password,
  ),
  said(
    90077,
    "User does not have an existing session and request prompt parameter has a value of 'none'.",
    'nobody-signed-in',
  ),
  said(90091, 'User cancellation.', 'access-denied'),
  said(99059, 'The supplied request must present a code_challenge.', 'pkce-verifier-missing', to.exchange),
  said(
    90182,
    'The supplied code_verifier does not match associated code_challenge',
    'pkce-verifier-wrong',
    to.exchangeWithProof,
  ),
  said(90183, 'The supplied code_verifier is invalid', 'pkce-verifier-malformed', to.exchangeWithProof),
  said(
    90146,
    "The scope 'x' provided in request specifies more than one resource for an access token.",
    'scope-of-two-resources',
  ),
  said(
    90205,
    'This application does not have sufficient permissions against this web resource to perform the operation.',
    'consent-missing',
  ),
  said(90035, 'The service is temporarily unavailable.', 'server-unavailable'),
  said(90085, 'The service has encountered an internal error.', 'server-error'),
  said(90048, 'An unhandled exception has occurred on the server.', 'server-error'),
  said(
    90287,
    "The request contains invalid redirect URI 'http://localhost:3033/'.",
    'redirect-uri-not-registered',
  ),
];
