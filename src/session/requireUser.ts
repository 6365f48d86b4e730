import type { Session } from './session.ts';
import type { SignIn } from './signIn.ts';

/** The restored user, or a sign-in that nobody has to ask for. */
export const createRequireUser = <User>(signIn: SignIn<User>): Session<User>['require'] => {
  let requiring: Promise<User> | undefined;
  return (asked = {}) => {
    // A guard on every route and two runs of an effect ask for one and the same.
    requiring ??= signIn({ options: asked, isRequired: true }).finally(() => (requiring = undefined));
    return requiring;
  };
};
