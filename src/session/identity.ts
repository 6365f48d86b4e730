import type { SessionError } from '../errors/sessionError.ts';

/** Who the tokens belong to, and what went wrong last. */
export interface Identity<User> {
  /** The user of the newest tokens. One and the same object until something about them changes. */
  readonly user: User | null;
  /** The last failure of a grant, until one succeeds. */
  readonly error: SessionError | undefined;
  /** A grant brought tokens of this user. */
  noteUser(user: unknown): void;
  noteError(error: SessionError): void;
  /** There is no user any more. */
  forget(): void;
}

export const createIdentity = <User>(): Identity<User> => {
  let user: User | null = null;
  let error: SessionError | undefined;
  return {
    get user() {
      return user;
    },
    get error() {
      return error;
    },
    noteUser(told) {
      error = undefined;
      // A renewal that changed nothing about the user must not make a UI believe so.
      if (JSON.stringify(told) !== JSON.stringify(user)) user = told as User;
    },
    noteError(failure) {
      error = failure;
    },
    forget() {
      user = null;
    },
  };
};
