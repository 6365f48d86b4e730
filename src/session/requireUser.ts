import type { Session } from './session.ts';
import { type CallDeps, type SignIn, whenKnown } from './signIn.ts';

/** The restored user, or a sign-in that nobody has to ask for. */
export const createRequireUser = <User>(
  deps: CallDeps<User>,
  signIn: SignIn<User>,
): Session<User>['require'] => {
  const { runner, identity } = deps;
  let requiring: Promise<User> | undefined;
  return async (asked = {}) => {
    await whenKnown(deps);
    if (runner.snapshot.hasTag('signedIn')) return identity.user as User;
    // A guard on every route and two runs of an effect ask for one and the same.
    requiring ??= signIn({ options: asked, isRequired: true }).finally(() => (requiring = undefined));
    return requiring;
  };
};
