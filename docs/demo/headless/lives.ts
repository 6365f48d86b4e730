import { demoUsers } from '../provider/users.ts';

/**
 * Short lives, so that a minute shows it all; the warning's 20 s are the least there is. In Keycloak the client `demo-headless` has
 * the same.
 */
export const lives = {
  accessTokenSeconds: 5,
  refreshTokenSeconds: 24,
  idleAfterMs: 6000,
  warnBeforeMs: 20_000,
};

/** Who the story is about. */
export const heroine = demoUsers[0]!;
