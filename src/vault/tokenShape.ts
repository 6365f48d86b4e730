import { isText, type Shape } from '../storage/hasShape.ts';
import { isBearerToken } from './isBearerToken.ts';
import type { TokenSet } from './vault.ts';

const isTokenOrAbsent = (value: unknown): boolean => value === undefined || (isText(value) && value !== '');

/** What tokens from a storage or from another tab must look like. */
export const tokenShape: Shape<TokenSet> = {
  accessToken: isBearerToken,
  refreshToken: isTokenOrAbsent,
  idToken: isTokenOrAbsent,
};
