import type { AnswerPattern } from '../answerPattern.ts';
import type { EndpointKind } from '../failedGrant.ts';

/** Sentences of those who take access tokens. */
export const ofResource = (pattern: Pick<AnswerPattern, 'words' | 'within'>): AnswerPattern => ({
  ...pattern,
  isOfResource: true,
});

/** Sentences of programs that check access tokens, and nothing else. */
export const ofChecker = (...within: readonly string[]): AnswerPattern => ({
  within,
  isOfResource: true,
  isTelling: true,
});

/** What ASP.NET Core logs of an access token; of an ID token it logs the same number otherwise. */
export const ofBearer = (...numbers: readonly number[]): readonly string[] =>
  numbers.map((number) => `Bearer was not authenticated. Failure message: IDX${number}`);

/** Where nothing but an access token of the provider itself is taken. */
export const isOfProvider = (endpoint: EndpointKind): boolean => ['userinfo', 'admin'].includes(endpoint);

/** RFC 6750 §3.1, and what resource servers say that keep to it less. */
export const refused = [
  { status: 401 },
  { status: 401, error: 'invalid_token' },
  { error: 'invalid_token' },
] as const;

/** What Keycloak's userinfo says of every token that it cannot verify. */
export const refusedByUserinfo: AnswerPattern = {
  error: 'invalid_token',
  words: ['Token verification failed'],
};

/** What Keycloak's admin API says of every token that it does not take. */
export const refusedByAdmin: AnswerPattern = { error: 'HTTP 401 Unauthorized' };
