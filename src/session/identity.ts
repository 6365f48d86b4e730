import type { SessionError } from '../errors/sessionError.ts';
import type { Writable } from './writable.ts';

/** Who the tokens belong to, and what went wrong last. */
export interface Identity<User> {
  /**
   * The user of an epoch: what a sign-in brings is in the vault a moment before the machine knows of it. One and the same
   * object until something about them changes.
   */
  userIn(lease: { readonly epoch: number } | null): User | null;
  /** The last failure of a grant, until one succeeds. */
  readonly error: SessionError | undefined;
  /** A grant brought tokens of this user. */
  noteUser(user: unknown, epoch: number): void;
  noteError(error: SessionError): void;
  /** There is no user any more. */
  forget(): void;
}

export const createIdentity = <User>(): Identity<User> => {
  /** By epoch: that of the machine, and one that it is about to hear of. */
  const users = new Map<number, User>();
  const identity: Writable<Identity<User>> = {
    error: undefined,
    userIn: (lease) => (lease && users.get(lease.epoch)) ?? null,
    noteUser(told, epoch) {
      identity.error = undefined;
      // A renewal that changed nothing about the user must not make a UI believe so.
      if (JSON.stringify(told) === JSON.stringify(users.get(epoch))) return;
      users.set(epoch, told as User);
      const [oldest] = users.keys();
      if (users.size > 2) users.delete(oldest!);
    },
    noteError(failure) {
      identity.error = failure;
    },
    forget: () => users.clear(),
  };
  return identity;
};
