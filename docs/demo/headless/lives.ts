import { demoUsers } from '../provider/users.ts';

/** How long everything lives in the story. */
export interface StoryLives {
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly idleAfterMs: number;
  readonly warnBeforeMs: number;
  /** How many times as long as usual everything may take. */
  readonly pace: number;
}

/**
 * Short, so that a minute shows it all; the warning's 20 s are the least there is. In Keycloak the client `demo-headless` has
 * the same.
 */
export const shortLives: StoryLives = {
  accessTokenSeconds: 5,
  refreshTokenSeconds: 24,
  idleAfterMs: 6000,
  warnBeforeMs: 20_000,
  pace: 1,
};

/** For a machine that has other work: there a request can be on its way for longer than a short life lasts. */
export const longLives: StoryLives = {
  accessTokenSeconds: 15,
  refreshTokenSeconds: 72,
  idleAfterMs: 18_000,
  warnBeforeMs: 60_000,
  pace: 3,
};

/** Who the story is about. */
export const heroine = demoUsers[0]!;
