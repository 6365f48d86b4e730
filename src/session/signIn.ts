import { SessionError } from '../errors/sessionError.ts';
import type { Identity } from './identity.ts';
import type { Runner } from './runner.ts';
import type { SignInAsked, SignInCalls } from './signInCalls.ts';

/** What the calls of a session work with. */
export interface CallDeps<User> {
  readonly runner: Runner;
  readonly identity: Identity<User>;
  /** Starts the session where it does not run. */
  start(): unknown;
  /** How often the app has signed out. */
  signOuts(): number;
}

/** Starts the session, and settles when it is known whether somebody is signed in. */
export const whenKnown = ({ runner, start }: Pick<CallDeps<unknown>, 'runner' | 'start'>): Promise<true> => {
  start();
  return runner.until((now) => (now.matches({ anonymous: 'restoring' }) ? undefined : true));
};

/** Signs in, and returns who it was. While signed in it does so only where it is given options. */
export type SignIn<User> = (asked: SignInAsked) => Promise<User>;

const givenUp = (): SessionError =>
  new SessionError('sign_in_cancelled', 'The sign-in was given up: signed out meanwhile');

export const createSignIn =
  <User>(deps: CallDeps<User>, calls: SignInCalls): SignIn<User> =>
  async (asked) => {
    const { runner, identity, signOuts } = deps;
    const before = signOuts();
    await whenKnown(deps);
    // The last word counts: a sign-out that came meanwhile is about this call, too.
    if (before !== signOuts()) throw givenUp();
    const isAlready = runner.snapshot.hasTag('signedIn') && Object.keys(asked.options).length === 0;
    if (!isAlready) await calls.call(asked, runner);
    if (identity.user === null) throw givenUp();
    return identity.user;
  };
