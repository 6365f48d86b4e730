import type { Clue } from '../cause.ts';
import type { Facts } from '../facts.ts';
import { clue, quoted } from './clue.ts';
import { holds, isNowhere, lacks } from './fieldClues.ts';

const sendsBasic = ({ request }: Facts): boolean => request?.authorization === 'basic';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** An assertion as grant names its client by itself (RFC 7521 §4.1); Entra wants it named all the same. */
const needsClientId = ({ provider, request }: Facts): boolean =>
  request?.grantType !== JWT_BEARER || provider === 'entra';

/** So that a missing `client_id` is no fault. */
export const namedByAssertion: Clue = clue(
  (facts) => holds(facts, 'assertion') && !needsClientId(facts),
  'The assertion names who asks.',
);

/** No name of a client anywhere a server looks. */
export const namesNoClient: Clue = clue(
  (facts) =>
    isNowhere(facts, 'client_id') &&
    needsClientId(facts) &&
    !sendsBasic(facts) &&
    !holds(facts, 'client_assertion'),
  'The request names no client: no `client_id`, no Basic header.',
);

export const bearerInstead: Clue = clue(
  (facts) => facts.request?.authorization === 'bearer' && lacks(facts, 'client_id'),
  'An `Authorization: Bearer` header is there in its place; it does not name a client.',
);

export const namesClient: Clue = clue(
  (facts) => holds(facts, 'client_id') || sendsBasic(facts) || holds(facts, 'client_assertion'),
  'The request names a client.',
);

export const namesTwoClients: Clue = clue(
  ({ request }) =>
    request?.clientId !== undefined &&
    request.basicClientId !== undefined &&
    request.clientId !== request.basicClientId,
  ({ request }) =>
    `The form names ${quoted(request?.clientId)}, the Basic header ${quoted(request?.basicClientId)}.`,
);

export const sendsSecret: Clue = clue(
  (facts) =>
    holds(facts, 'client_secret') ||
    facts.request?.hasBasicSecret === true ||
    holds(facts, 'client_assertion'),
  'The request carries a client secret.',
);

export const sendsNoSecret: Clue = clue(
  (facts) =>
    lacks(facts, 'client_secret') &&
    facts.request?.hasBasicSecret !== true &&
    !holds(facts, 'client_assertion'),
  'The request carries no client secret.',
);

export const emptyBasicSecret: Clue = clue(
  (facts) => sendsBasic(facts) && facts.request?.hasBasicSecret === false && !holds(facts, 'client_secret'),
  'The Basic header has no password.',
);

export const provesItselfByAssertion: Clue = clue(
  (facts) =>
    holds(facts, 'client_assertion') &&
    !holds(facts, 'client_secret') &&
    facts.request?.hasBasicSecret !== true,
  'The client proves itself by an assertion, not by a secret.',
);

/** Only one way is allowed (RFC 6749 §2.3). */
export const provesItselfTwice: Clue = clue(
  (facts) =>
    [
      facts.request?.hasBasicSecret === true,
      holds(facts, 'client_secret'),
      holds(facts, 'client_assertion'),
    ].filter(Boolean).length > 1,
  ({ request }) =>
    request?.hasBasicSecret
      ? 'The request proves the client in the Basic header and once more in the body.'
      : 'The body holds both `client_secret` and `client_assertion`.',
);

/** So what the server missed was there when it left. */
export const basicWasSent: Clue = clue(
  (facts) =>
    sendsBasic(facts) &&
    (facts.request?.basicClientId !== undefined || facts.request?.basicFields !== undefined),
  'The request carries a Basic header that names a client.',
);

export const unreadableBasic: Clue = clue(
  (facts) =>
    sendsBasic(facts) &&
    lacks(facts, 'client_id') &&
    facts.request?.basicClientId === undefined &&
    facts.request?.basicFields === undefined,
  'The Basic header does not hold a name and a password.',
);

const isClientRefused = ({ answer }: Facts): boolean =>
  answer?.error === undefined ? answer?.status === 401 : answer.error.toLowerCase() === 'invalid_client';

/** So that this was refused, whatever became of the body. */
export const refusedInHeader: Clue = clue(
  (facts) =>
    isClientRefused(facts) &&
    (facts.request?.basicFields?.['client_id']?.isEmpty || unreadableBasic(facts) !== undefined),
  'The Basic header names no client, and it was the client that was refused.',
);

/** The header is read whatever the body is, so that its client or its secret may be what was refused. */
export const clientRefusedInHeader: Clue = clue(
  (facts) => isClientRefused(facts) && basicWasSent(facts) !== undefined,
  'The client is named in the Basic header, and it was the client that was refused.',
);

/** Only a header can be broken. */
export const sendsNoBasic: Clue = clue(
  (facts) => facts.request !== undefined && !facts.request.isSketch && !sendsBasic(facts),
  'The request has no Basic header.',
);

/** Most providers overlook it, so that an answer of which only the status is known does not point to it. */
export const sendsBearer: Clue = clue(
  ({ answer, request }) => request?.authorization === 'bearer' && answer?.isErrorUnknown !== true,
  'The request carries an `Authorization: Bearer` header.',
);

export const sendsNoBearer: Clue = clue(
  ({ request }) => request !== undefined && !request.isSketch && request.authorization !== 'bearer',
  'The request has no `Authorization: Bearer` header.',
);

/** Keycloak's words for a client that it does not have, or that nobody named. */
const unnamed = 'Invalid client or Invalid client credentials';

export const clientMayBeUnknown: Clue = clue(
  ({ answer, provider, server }) =>
    provider === 'keycloak' &&
    answer?.error === 'invalid_client' &&
    answer.status !== 400 &&
    !(answer.errorDescription?.startsWith(unnamed) && server.clientAtAuthorization === 'accepted'),
  'The client may be unknown.',
);
