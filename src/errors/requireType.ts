import { SessionError } from './sessionError.ts';

/**
 * What a call was given, if it is of this type; `null` is as good as nothing. It is not quoted: it can be a secret.
 *
 * @throws {SessionError} `option_invalid`
 */
export const requireType = <T>(type: 'object' | 'function', given: T): NonNullable<T> => {
  const value = given ?? ({} as NonNullable<T>);
  if (typeof value === type) return value;
  throw new SessionError('option_invalid', `Wrong argument: this call takes one of type ${type}`);
};
