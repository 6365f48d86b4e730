/** Tokens that a page has got by itself, and that it numbers by itself, while its record failed. */
export interface OwnTokens {
  readonly epoch: number;
  /** Whether their refresh token came with them: else it is the one that other tabs have as well. */
  readonly hasRefreshToken: boolean;
}
