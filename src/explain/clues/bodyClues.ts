import type { Clue } from '../cause.ts';
import type { BodyEncoding } from '../failedGrant.ts';
import { clue } from './clue.ts';
import { isInQuery, lacks } from './fieldClues.ts';

const FORM = 'application/x-www-form-urlencoded';

export const encodedAs = (encoding: BodyEncoding, says: string): Clue =>
  clue(({ request }) => request?.encoding === encoding && !(encoding === 'none' && request.isSketch), says);

/** Only a body that is known to be a form, and says so, is one. */
const isForm: Clue = clue(
  ({ request }) => request?.encoding === 'form' && request.contentType === FORM,
  'The body is a form.',
);

/** What is known of the body speaks against it. */
export const notEncodedAs = (encoding: BodyEncoding): Clue =>
  clue(
    (facts) =>
      facts.request !== undefined &&
      (!facts.request.isSketch || isForm(facts) !== undefined) &&
      facts.request.encoding !== encoding &&
      !(encoding === 'json' && facts.request.isEncodingUnsure),
    'The body is encoded in another way.',
  );

export const formUnderAnotherType: Clue = clue(
  ({ request }) => request?.encoding === 'form' && !request.isSketch && request.contentType !== FORM,
  ({ request }) =>
    request?.contentType === undefined
      ? 'The body looks like a form, but no `Content-Type` was sent.'
      : 'The body looks like a form, but its `Content-Type` is another one.',
);

export const strayPercent: Clue = clue(
  ({ request }) => request?.encoding === 'form' && request.hasStrayPercent,
  'The body holds a `%` that is no part of an encoded character.',
);

export const otherBody: Clue = encodedAs('other', 'The body is neither a form nor JSON.');

export const parametersInQuery: Clue = clue(
  (facts) => lacks(facts, 'grant_type') && isInQuery(facts, 'grant_type'),
  '`grant_type` is in the address, not in the body.',
);

export const repeatedField: Clue = clue(
  ({ request }) => request && Object.values(request.fields).some(({ count }) => count > 1),
  'A field comes more than once in the body.',
);

export const noRepeatedField: Clue = clue(
  ({ request }) =>
    request !== undefined &&
    !request.isSketch &&
    Object.values(request.fields).every(({ count }) => count <= 1),
  'No field comes twice.',
);

const ofToken = new Set([
  'refresh_token',
  'subject_token',
  'actor_token',
  'token',
  'assertion',
  'client_assertion',
]);

export const longParameter: Clue = clue(
  ({ request }) =>
    request &&
    Object.entries(request.fields).some(([name, { length = 0 }]) => length > 4000 && !ofToken.has(name)),
  'A field that is no token is longer than 4000 characters.',
);

/** A grant that was weighed was seen. */
export const grantWasSeen: Clue = clue(
  ({ answer, request }) =>
    answer?.error === 'invalid_grant' && request?.contentType === 'multipart/form-data',
  'It was the grant that was refused, so that the server may well have read it.',
);
