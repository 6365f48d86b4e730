import { isFresh } from '../../machines/freshness.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { Endings } from './endings.ts';
import type { Identity } from './identity.ts';
import type { Runner } from './runner.ts';
import type { SignInAsked, SignInCalls } from './signInCalls.ts';

/** What the calls of a session work with. */
export interface CallDeps<User> {
  readonly runner: Runner;
  readonly identity: Identity<User>;
  /** Starts the session where it does not run. */
  start(): unknown;
  readonly endings: Pick<Endings, 'signOuts'>;
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

/** A session that the provider does not go on with, and that has no token left, is nothing to show an app with. */
const requireAccepted = ({ runner, identity }: CallDeps<unknown>): void => {
  const { failure, lease, now } = runner.snapshot.context;
  const isRefused = failure?.class === 'configuration' || failure?.class === 'interaction';
  if (isRefused && lease && !isFresh(lease, now) && identity.error) throw identity.error;
};

export const createSignIn =
  <User>(deps: CallDeps<User>, calls: SignInCalls): SignIn<User> =>
  async (asked) => {
    const { runner, identity, endings } = deps;
    const before = endings.signOuts;
    await whenKnown(deps);
    // The last word counts: a sign-out that came meanwhile is about this call, too.
    if (before !== endings.signOuts) throw givenUp();
    const isEnough = asked.isRequired || Object.keys(asked.options).length === 0;
    if (!runner.snapshot.hasTag('signedIn') || !isEnough) await calls.call(asked, runner);
    else if (asked.isRequired) requireAccepted(deps);
    const user = identity.userIn(runner.snapshot.context.lease);
    if (user === null) throw givenUp();
    return user;
  };
