import { SessionError } from '../errors/sessionError.ts';
import type { SignInRequest } from '../grants/grantDeps.ts';
import type { Runner } from './runner.ts';

/** The app's calls of `signIn`: their options stay out of events, and each hears of its own end. */
export interface SignInCalls {
  /** What the login service looks up. */
  readonly requests: ReadonlyMap<number, SignInRequest>;
  /** Settles when this sign-in has brought somebody in; rejects with its own error. */
  call(asked: SignInRequest, runner: Runner): Promise<true>;
}

/** No calls yet. */
export const createSignInCalls = (): SignInCalls => {
  const requests = new Map<number, SignInRequest>();
  let count = 0;
  return {
    requests,
    call(asked, runner) {
      const ticket = ++count;
      requests.set(ticket, asked);
      runner.send({ type: 'session.signIn', ticket });
      return runner
        .until<true>(({ context }) => {
          if (context.signInWanted === ticket || context.login?.ticket === ticket) return undefined;
          if (asked.error) return asked.error;
          return context.lease ? true : new SessionError('sign_in_cancelled', 'The sign-in was given up');
        })
        .finally(() => requests.delete(ticket));
    },
  };
};
