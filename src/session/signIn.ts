import { isTransient } from '../../machines/failureOf.ts';
import { isFresh, supersedes } from '../../machines/freshness.ts';
import type { Lease } from '../../machines/lease.ts';
import { cancelled } from '../errors/cancelled.ts';
import { isSessionError, type SessionError } from '../errors/sessionError.ts';
import type { SignInOptions } from '../grants/signInOptions.ts';
import { abortable } from '../time/abortable.ts';
import { readInstant } from '../time/clock.ts';
import type { CallDeps } from './calls.ts';
import { given } from './given.ts';
import type { SessionSnapshot } from './session.ts';

/** What the app asks of a sign-in. */
interface SignInAsked {
  readonly options: SignInOptions;
  /** The page leaves by itself: once it is seen, not in a loop. */
  readonly isRequired?: boolean | undefined;
}

/** A session that the provider does not go on with, and that has no token left, is nothing to show an app with. */
const requireAccepted = ({ runner, identity }: CallDeps<unknown>): void => {
  const { failure, lease, now } = runner.snapshot().context;
  const isRefused = failure && !isTransient(failure);
  if (isRefused && lease && !isFresh(lease, now) && identity.error) throw identity.error;
};

/** One sign-in that is under way. */
interface SigningIn {
  /** Settles with the lease when this sign-in has brought somebody in; rejects with its own error. */
  readonly work: Promise<Lease>;
  /** Nothing more happens of it, unless the page was left for it already. */
  onEnd(): void;
}

const begin = (
  { runner, tickets, vault }: CallDeps<unknown>,
  { options, isRequired = false }: SignInAsked,
): SigningIn => {
  let outcome: SessionError | Lease | undefined;
  const number = tickets.open({ options, isRequired, settle: (its) => void (outcome = its) });
  runner.send({ type: 'session.signIn', ticket: number });
  const work = runner.until(({ context }) => {
    if (context.signInWanted === number || context.login?.ticket === number) return undefined;
    if (!outcome || isSessionError(outcome)) return outcome ?? cancelled();
    // Whoever was signed in before is not who has signed in now.
    if (!supersedes(outcome, context.lease)) return context.lease!;
    // Others can have taken their place before the machine heard of them.
    return vault.lease()?.epoch === outcome.epoch ? undefined : cancelled();
  });
  return { work, onEnd: () => tickets.close(number) };
};

/** Makes one of all that are begun at the same time. It ends when nobody waits for it any longer. */
const createShared = () => {
  let current: (SigningIn & { readonly waiting: Set<object> }) | undefined;
  return (beginOne: () => SigningIn): SigningIn => {
    const mine = (current ??= { ...beginOne(), waiting: new Set() });
    const me = {};
    mine.waiting.add(me);
    const onEnd = (): void => {
      mine.waiting.delete(me);
      if (mine.waiting.size > 0) return;
      // Whoever asks next, in this same turn, begins another.
      if (current === mine) current = undefined;
      mine.onEnd();
    };
    return { work: mine.work, onEnd };
  };
};

/** Whether it is known who is signed in: another tab's sign-in can have begun a restore, and a page that slept looks first. */
const isKnown = ({ continuity, clock }: CallDeps<unknown>, snapshot: SessionSnapshot): boolean =>
  !snapshot.matches({ anonymous: 'restoring' }) &&
  !(snapshot.hasTag('signedIn') && continuity.isBroken(readInstant(clock)));

/** Signs in, and settles with who it was. `signOuts`: how many there had been when it was asked for. */
export type SignIn<User> = (asked: SignInAsked, signOuts: number) => Promise<User>;

/** Signs in. While signed in it does so only where it is given options. */
export const createSignIn = <User>(deps: CallDeps<User>): SignIn<User> => {
  const { runner, identity, endings } = deps;
  // A guard on every route and two runs of an effect ask for one and the same.
  const share = createShared();

  const call = (asked: SignInAsked): SigningIn => {
    const beginOne = (): SigningIn => begin(deps, asked);
    return asked.isRequired ? share(beginOne) : beginOne();
  };

  return async (asked, signOuts) => {
    const { signal, ...options } = given(asked.options);
    while (!isKnown(deps, runner.snapshot()))
      await runner.until((snapshot) => isKnown(deps, snapshot) || undefined);
    // The last word counts: a sign-out that came meanwhile is about this call, too.
    if (signOuts !== endings.signOuts) throw cancelled();
    const isEnough = asked.isRequired || Object.keys(options).length === 0;
    const snapshot = runner.snapshot();
    const isDone = snapshot.hasTag('signedIn') && isEnough;
    if (isDone && asked.isRequired) requireAccepted(deps);
    const user = identity.userIn(
      isDone ? snapshot.context.lease : await abortable(signal, () => call({ ...asked, options })),
    );
    if (user === null) throw cancelled();
    return user;
  };
};
