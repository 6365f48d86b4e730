import { SessionError } from './sessionError.ts';

/**
 * What a call was given, if it is of this type; `null` is as good as nothing. It is not quoted: it can be a secret.
 *
 * @param what Its name; for the argument itself there is none.
 * @throws {SessionError} `option_invalid`
 */
export const requireType = <T>(
  type: 'object' | 'function' | 'string' | 'number',
  given: T,
  what = 'The argument',
): NonNullable<T> => {
  const value = given ?? ({} as NonNullable<T>);
  if (typeof value === type && !Number.isNaN(value)) return value;
  throw new SessionError('option_invalid', `${what} must be of type ${type}`);
};
