import { isFresh, supersedes } from '../../machines/freshness.ts';
import type { Lease } from '../../machines/lease.ts';
import { isSessionError, SessionError } from '../errors/sessionError.ts';
import type { SignInOptions } from '../grants/signInOptions.ts';
import type { CallDeps } from './calls.ts';
import { given } from './given.ts';

/** What the app asks of a sign-in. */
export interface SignInAsked {
  readonly options: SignInOptions;
  /** The page leaves by itself: once it is seen, not in a loop. */
  readonly isRequired?: boolean | undefined;
}

const givenUp = (): SessionError =>
  new SessionError('sign_in_cancelled', 'The sign-in was given up: signed out meanwhile');

/** A session that the provider does not go on with, and that has no token left, is nothing to show an app with. */
const requireAccepted = ({ runner, identity }: CallDeps<unknown>): void => {
  const { failure, lease, now } = runner.snapshot().context;
  const isRefused = failure && failure.class !== 'transient' && failure.class !== 'unknown';
  if (isRefused && lease && !isFresh(lease, now) && identity.error) throw identity.error;
};

/** Settles with the lease when this sign-in has brought somebody in; rejects with its own error. */
const call = (
  { runner, tickets, vault }: CallDeps<unknown>,
  { options, isRequired = false }: SignInAsked,
): Promise<Lease> => {
  let outcome: SessionError | Lease | undefined;
  const number = tickets.open({ options, isRequired, settle: (its) => void (outcome = its) });
  runner.send({ type: 'session.signIn', ticket: number });
  return runner
    .until(({ context }) => {
      if (context.signInWanted === number || context.login?.ticket === number) return undefined;
      if (!outcome || isSessionError(outcome)) return outcome ?? givenUp();
      // Whoever was signed in before is not who has signed in now.
      if (!supersedes(outcome, context.lease)) return context.lease!;
      // Others can have taken their place before the machine heard of them.
      return vault.lease()?.epoch === outcome.epoch ? undefined : givenUp();
    })
    .finally(() => tickets.close(number));
};

/**
 * Signs in, and returns who it was. While signed in it does so only where it is given options. `signOuts`: how many there
 * had been when it was asked for.
 */
export const signIn = async <User>(
  deps: CallDeps<User>,
  { options, isRequired }: SignInAsked,
  signOuts: number,
): Promise<User> => {
  const asked = { options: given(options), isRequired };
  const { runner, identity, endings } = deps;
  // The last word counts: a sign-out that came meanwhile is about this call, too.
  if (signOuts !== endings.signOuts) throw givenUp();
  const isEnough = asked.isRequired || Object.keys(asked.options).length === 0;
  const snapshot = runner.snapshot();
  const isDone = snapshot.hasTag('signedIn') && isEnough;
  if (isDone && asked.isRequired) requireAccepted(deps);
  const user = identity.userIn(isDone ? snapshot.context.lease : await call(deps, asked));
  if (user === null) throw givenUp();
  return user;
};
