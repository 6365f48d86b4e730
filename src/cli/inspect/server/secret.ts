import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A word that only we and whom we told it know. */
export interface Secret {
  readonly value: string;
  /** In a time that does not depend on where they differ. */
  isSame(given: string | undefined): boolean;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export const createSecret = (): Secret => {
  const value = randomBytes(32).toString('base64url');
  const expected = digest(value);
  return { value, isSame: (given) => timingSafeEqual(digest(given ?? ''), expected) };
};
