import { SessionError } from '../errors/sessionError.ts';
import type { Ticket } from '../grants/signIn/attempt.ts';
import type { SignInOptions } from '../grants/signInOptions.ts';
import type { Runner } from './runner.ts';

/** What the app asks of a sign-in. */
export interface SignInAsked {
  readonly options: SignInOptions;
  /** The page leaves by itself: once it is seen, not in a loop. */
  readonly isRequired?: boolean;
}

/** The app's calls of `signIn`: their options stay out of events, and each hears of its own end. */
export interface SignInCalls {
  /** The ticket of this number, while it is pending. */
  ticketOf(number: number | null): Ticket | undefined;
  /** Called with the number of each ticket that is pending no more. */
  onClosed(listener: (number: number) => void): void;
  /** Settles when this sign-in has brought somebody in; rejects with its own error. */
  call(asked: SignInAsked, runner: Runner): Promise<true>;
}

const givenUp = (): SessionError => new SessionError('sign_in_cancelled', 'The sign-in was given up');

/** No calls yet. */
export const createSignInCalls = (): SignInCalls => {
  const tickets = new Map<number, Ticket>();
  let count = 0;
  let tellClosed: ((number: number) => void) | undefined;
  return {
    ticketOf: (number) => (number === null ? undefined : tickets.get(number)),
    onClosed: (listener) => void (tellClosed = listener),
    call({ options, isRequired = false }, runner) {
      const number = ++count;
      let outcome: SessionError | 'signedIn' | undefined;
      tickets.set(number, { options, isRequired, settle: (its) => void (outcome = its) });
      runner.send({ type: 'session.signIn', ticket: number });
      return runner
        .until<true>(({ context }) => {
          if (context.signInWanted === number || context.login?.ticket === number) return undefined;
          if (outcome !== 'signedIn') return outcome ?? givenUp();
          return context.lease ? true : givenUp();
        })
        .finally(() => {
          tickets.delete(number);
          tellClosed?.(number);
        });
    },
  };
};
