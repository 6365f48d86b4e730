import type { Recorded } from './row.ts';

const readable = { isReadable: true } as const;
const hidden = { isReadable: false } as const;

/** The answer, and no page may read it. */
export const unread = (answer: Recorded): Recorded => ({ ...answer, ...hidden });

export const tokens: Recorded = { status: 200, ...readable };

export const clientRefused: Recorded = {
  status: 401,
  error: 'invalid_client',
  says: 'Invalid client or Invalid client credentials',
  ...readable,
};

export const secretRefused: Recorded = { ...clientRefused, error: 'unauthorized_client' };

export const refusal = (status: number, error: string, says?: string): Recorded => ({
  status,
  error,
  ...(says && { says }),
  ...readable,
});

export const grantRefused = (says: string): Recorded => refusal(400, 'invalid_grant', says);

export const badRequest = (says: string): Recorded => refusal(400, 'invalid_request', says);

/** 401 up to 26.5. */
export const userRefused = [
  refusal(401, 'invalid_grant', 'Invalid user credentials'),
  grantRefused('Invalid user credentials'),
] as const;

export const tokenRefused = grantRefused('Invalid refresh token');

/** Raised before the client is known: no page may read it. */
export const fieldsNotSeen = unread(badRequest('Missing form parameter: grant_type'));

export const noSuchGrant = unread(refusal(400, 'unsupported_grant_type', 'Unsupported grant_type'));

export const methodNotAllowed = unread(refusal(405, 'HTTP 405 Method Not Allowed'));

export const invalidOrigin = unread(refusal(403, 'Invalid origin'));

/** The older performs the refresh and hides the answer, the newer refuses first. */
export const hiddenFromPage = [unread(tokens), invalidOrigin] as const;
