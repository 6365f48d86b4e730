import { isSessionError, SessionError } from '../errors/sessionError.ts';
import type { Instant } from '../time/clock.ts';
import type { Adopt, Since } from './adopt.ts';
import type { GrantDeps } from './grantDeps.ts';

/** Looks for tokens in an answer to a request that carried `bearer`; what goes wrong is a warning. */
export type AdoptFrom = (answer: Response, bearer: Since, sentAt: Instant) => Promise<void>;

const warningOf = (thrown: unknown): SessionError =>
  isSessionError(thrown)
    ? thrown
    : new SessionError(
        'option_invalid',
        'createSession: `extractTokens` failed; the answer is passed on without it',
      );

export const createAdoptFrom =
  (adopt: Adopt, { options, onWarning }: Pick<GrantDeps, 'options' | 'onWarning'>): AdoptFrom =>
  async (answer, bearer, sentAt) => {
    try {
      const tokens = await options.extractTokens?.(answer);
      if (tokens) await adopt(tokens, sentAt, bearer);
    } catch (thrown) {
      onWarning(warningOf(thrown));
    }
  };
