/** Tokens that a page has got by itself, and that it numbers by itself, while its record failed. */
export interface OwnTokens {
  readonly epoch: number;
  /** The generation that their refresh token came with, where other tabs may have it as well; `null`: nobody else has it. */
  readonly sharedSince: number | null;
}
