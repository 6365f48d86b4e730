import type { AnswerPattern } from '../answerPattern.ts';

/** What a provider says, and what it means by it. */
export interface Saying extends Pick<
  AnswerPattern,
  'status' | 'error' | 'words' | 'within' | 'grants' | 'noAnswer' | 'isCommonplace' | 'isHint'
> {
  /** The ids of the causes that it can mean. */
  readonly means: readonly string[];
  /** The ids of those that it means only where the request shows them. */
  readonly orIfSeen?: readonly string[];
}

/** What is wrong with a secret that is refused, where that can be seen. */
export const secretFaults: readonly string[] = [
  'client-secret-empty',
  'client-secret-placeholder',
  'client-secret-padded',
  'client-secret-encoded-twice',
  'client-secret-not-encoded',
];

/** Why a secret that was meant to be there is missed. */
export const secretMissed: readonly string[] = [
  'client-secret-empty',
  'client-secret-misspelt',
  'client-secret-in-query',
  'authorization-dropped',
];

/** What is wrong with the id of a client that nobody knows. */
export const clientIdFaults: readonly string[] = [
  'client-id-empty',
  'client-id-placeholder',
  'client-id-padded',
  'client-id-encoded-twice',
];

/** Why the id of a client is missed. */
export const clientIdMissed: readonly string[] = [
  'client-id-misspelt',
  'client-id-in-query',
  'client-id-empty',
  'authorization-dropped',
];

/** Why no field was seen at all. */
export const bodyFaults: readonly string[] = [
  'json-body',
  'multipart-body',
  'body-missing',
  'parameters-in-query',
  'content-type-wrong',
  'body-not-a-form',
];

/** What is wrong with a refresh token that is refused. */
export const refreshTokenFaults: readonly string[] = [
  'refresh-token-expired',
  'refresh-token-of-other-client',
  'not-a-refresh-token',
  'refresh-token-padded',
  'refresh-token-placeholder',
  'refresh-token-with-scheme',
  'refresh-token-encoded-twice',
];

/** What is wrong with a code that is refused. */
export const codeFaults: readonly string[] = ['code-encoded-twice', 'code-padded', 'code-placeholder'];

/** What is wrong with an assertion that is refused. */
export const assertionFaults: readonly string[] = [
  'client-assertion-audience',
  'client-assertion-expired',
  'client-assertion-too-early',
  'client-assertion-issuer',
  'client-assertion-algorithm',
];
