import type { Recorded } from './recorded.ts';
import { requestsTo } from './requests.ts';

const to = requestsTo('https://authentik.example.com/application/o/token/');

const ERRORS = 'goauthentik/authentik, authentik/providers/oauth2/errors.py';
const TOKEN = 'goauthentik/authentik, authentik/providers/oauth2/views/token.py';

const GENERAL =
  'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)';

/** What authentik answers. */
export const authentikRecord: readonly Recorded[] = [
  {
    status: 400,
    error: 'Redirect URI Error',
    description:
      'The request fails due to a missing, invalid, or mismatching redirection URI (redirect_uri).',
    first: 'redirect-uri-not-registered',
    source: ERRORS,
  },
  {
    status: 400,
    error: 'Client ID Error',
    description: 'The client identifier (client_id) is missing or invalid.',
    first: 'client-id-unknown',
    source: ERRORS,
  },
  {
    status: 400,
    error: 'invalid_client',
    description: GENERAL,
    request: to.exchange,
    first: 'client-authentication-failed',
    source: TOKEN,
  },
];
