import { type IdTokenClaims, type UserMapper, userOf } from '../claims/user.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { TokenSet } from '../vault/vault.ts';

/** Who is signed in, read once per token set; outside the machine, so that no claim reaches an inspector. */
export interface UserCell<User> {
  readonly user: User | null;
  read(tokens: TokenSet): void;
  clear(): void;
}

/** Nobody yet. */
export const createUserCell = <User>(
  mapper: UserMapper<User> | undefined,
  onWarning: (warning: SessionError) => void,
): UserCell<User> => {
  let user: User | null = null;

  const mapped = (tokens: TokenSet): User => {
    try {
      return userOf(tokens, mapper);
    } catch {
      const message = 'createSession: `user` threw; the claims are used as they are';
      onWarning(new SessionError('option_invalid', message));
      return userOf<IdTokenClaims>(tokens) as User;
    }
  };

  return {
    get user() {
      return user;
    },
    read(tokens) {
      const renewed = mapped(tokens);
      // A renewal that changed nothing about the user must not make a UI believe so.
      if (JSON.stringify(renewed) !== JSON.stringify(user)) user = renewed;
    },
    clear: () => void (user = null),
  };
};
