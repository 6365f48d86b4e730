import { isSessionError, SessionError } from '../errors/sessionError.ts';
import type { Since } from '../grants/adopt.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { TokenResponse } from '../grants/tokenResponse.ts';
import { type Clock, type Instant, readInstant } from '../time/clock.ts';
import { instantAtWall } from '../time/deadline.ts';
import type { Bearer, Vault } from '../vault/vault.ts';
import type { Runner } from './runner.ts';
import type { Session } from './session.ts';
import type { SessionOptions } from './sessionOptions.ts';

/** What adoption needs of its session. */
export interface AdoptionParts {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly tokensIn: SessionOptions['tokensIn'];
  grants(): Promise<Pick<Grants, 'adopt'>>;
  send: Runner['send'];
  onWarning(warning: SessionError): void;
}

/** Tokens that a backend sends along, handed over by the app or found in an answer. */
export interface Adoption {
  readonly adopt: Session<unknown>['adopt'];
  /** Looks for tokens in an answer; absent where the app has nothing to look with. */
  readonly onAnswer: ((answer: Response, bearer: Bearer, sentAt: Instant) => void) | undefined;
}

const warningOf = (thrown: unknown): SessionError =>
  isSessionError(thrown)
    ? thrown
    : new SessionError(
        'option_invalid',
        'createSession: `tokensIn` failed; the answer is passed on without it',
      );

export const createAdoption = ({
  vault,
  clock,
  tokensIn,
  grants,
  send,
  onWarning,
}: AdoptionParts): Adoption => {
  const take = async (tokens: TokenResponse, sentAt: Instant, since: Since | undefined): Promise<boolean> => {
    const { adopt } = await grants();
    const lease = await adopt(tokens, sentAt, since);
    if (lease) send({ type: 'session.adopt', lease });
    return lease !== undefined;
  };

  const lookInto = async (answer: Response, bearer: Bearer, sentAt: Instant): Promise<void> => {
    const tokens = await tokensIn!(answer);
    if (tokens) await take(tokens, sentAt, bearer);
  };

  return {
    adopt(tokens, { requestedAt = Infinity } = {}) {
      const now = readInstant(clock);
      // A time that has not come yet would lengthen their life.
      return take(tokens, instantAtWall(Math.min(requestedAt, now.wallMs), now), vault.lease);
    },
    onAnswer:
      tokensIn &&
      ((...seen) => void lookInto(...seen).catch((thrown: unknown) => onWarning(warningOf(thrown)))),
  };
};
