import type { HttpRequest } from '../curl/httpRequest.ts';
import type { DoctorOptions } from './doctorOptions.ts';
import type { Secrets } from './secrets.ts';
import { withOrigin } from './withOrigin.ts';

const JUNK = 'junk-token-of-the-doctor';

/** The refresh request of a set-up. Without a refresh token it carries one that is none. */
export const requestOfSetUp = (
  url: string,
  { clientId = '', scope, origin }: DoctorOptions,
  { refreshToken = JUNK, clientSecret }: Secrets,
): HttpRequest => {
  const fields = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: refreshToken,
  });
  if (clientSecret !== undefined) fields.set('client_secret', clientSecret);
  if (scope !== undefined) fields.set('scope', scope);
  const headers = [['Content-Type', 'application/x-www-form-urlencoded']] as const;
  return withOrigin({ method: 'POST', url, headers, body: { kind: 'raw', text: fields.toString() } }, origin);
};
