import type { Recorded } from './recorded.ts';
import { requestsTo } from './requests.ts';

const to = requestsTo('https://contoso.auth.eu-central-1.amazoncognito.com/oauth2/token');

const DOCS = 'docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html';

/** What Cognito answers: at its token endpoint mostly a code alone. */
export const cognitoRecord: readonly Recorded[] = [
  {
    status: 400,
    error: 'invalid_client',
    description: 'invalid_client_secret',
    request: to.exchange,
    first: 'client-secret-wrong',
    source: 'public code and reports that quote the answer of Cognito',
  },
  {
    status: 400,
    error: 'NotAuthorizedException',
    description: 'Unable to verify secret hash for client 1example23456789',
    request: { ...to.password, url: 'https://cognito-idp.eu-central-1.amazonaws.com/' },
    first: 'client-secret-missing',
    source:
      'the AWS knowledge center: How do I troubleshoot "Unable to verify secret hash for client" errors',
  },
  {
    status: 400,
    error: 'unauthorized_client',
    description: 'invalid_redirect',
    request: to.exchange,
    first: 'redirect-uri-differs',
    source: DOCS,
  },
  {
    status: 400,
    error: 'redirect_mismatch',
    first: 'redirect-uri-not-registered',
    source:
      'docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html, and public reports',
  },
  {
    status: 400,
    error: 'unauthorized_client',
    request: to.exchange,
    first: 'redirect-uri-differs',
    source: 'stackoverflow.com/questions/50264679: a slash was missing in redirect_uri',
  },
  {
    status: 400,
    error: 'unauthorized_client',
    request: to.refresh,
    first: 'grant-off-for-client',
    source: DOCS,
  },
  {
    status: 400,
    error: 'invalid_client',
    request: to.exchange,
    first: 'client-authentication-failed',
    source: DOCS,
  },
];
