import type { AnswerPattern } from '../answerPattern.ts';

/** Keycloak's words before about version 20 told the two apart. */
export const secretRefused: AnswerPattern = { status: 401, error: 'unauthorized_client' };
export const secretMissing: AnswerPattern = {
  error: 'unauthorized_client',
  words: ['Client secret not provided in request'],
};

/** Keycloak says so of whatever goes wrong while it looks at a client: a `%` in its Basic header, and much else. */
export const unexpected: AnswerPattern = {
  error: 'unauthorized_client',
  words: ['Unexpected error when authenticating client'],
  isHint: true,
};
