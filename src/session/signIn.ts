import type { SignInRequest } from '../grants/grantDeps.ts';
import type { Identity } from './identity.ts';
import type { Runner } from './runner.ts';
import type { SignInCalls } from './signInCalls.ts';

/** What the calls of a session work with. */
export interface CallDeps<User> {
  readonly runner: Runner;
  readonly identity: Identity<User>;
  /** Starts the session where it does not run. */
  start(): unknown;
}

/** Starts the session, and settles when it is known whether somebody is signed in. */
export const whenKnown = ({ runner, start }: Pick<CallDeps<unknown>, 'runner' | 'start'>): Promise<true> => {
  start();
  return runner.until((now) => (now.matches({ anonymous: 'restoring' }) ? undefined : true));
};

/** Signs in, and returns who it was. While signed in it does so only where it is given options. */
export type SignIn<User> = (request: SignInRequest) => Promise<User>;

export const createSignIn =
  <User>(deps: CallDeps<User>, calls: SignInCalls): SignIn<User> =>
  async (request) => {
    const { runner, identity } = deps;
    await whenKnown(deps);
    const isAlready = runner.snapshot.hasTag('signedIn') && Object.keys(request.options).length === 0;
    if (!isAlready) await calls.call(request, runner);
    return identity.user as User;
  };
