import { SessionError } from '../../errors/sessionError.ts';
import type { Milliseconds } from '../../time/clock.ts';
import { settleWithin } from '../../time/settleWithin.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { SignInOptions } from '../signInOptions.ts';
import { type Attempt, cancelled } from './attempt.ts';
import type { Redirects } from './redirects.ts';

/** How a page is left for the provider. */
interface Leaving {
  readonly silent?: 'redirect' | false;
  readonly replaces?: boolean;
  /** Called when it is sure; throws where it must not be. */
  count?(): void;
}

/** Leaving the page for the provider: what it promises never comes; a page that is not left is an error. */
export interface Departure {
  leave(asked: SignInOptions, by: Attempt, how?: Leaving): Promise<never>;
  /** Nobody asked for it: only a page that is seen leaves, and the Back button skips it. */
  leaveUnasked(asked: SignInOptions, by: Attempt, how?: Leaving): Promise<never>;
}

/** A page that is still here by then is not left any more: the user has answered `beforeunload` with "stay". */
const LEAVE_MS: Milliseconds = 30_000;

/** The page is about to be left: nothing after this happens in it. */
export const leaving = (): Promise<never> => new Promise(() => {});

const stayed = (): SessionError =>
  new SessionError('sign_in_cancelled', 'The sign-in was given up: the page was not left for the provider');

export const createDeparture = (
  { page, clock }: Pick<GrantDeps, 'page' | 'clock'>,
  redirects: Redirects,
): Departure => {
  const leave: Departure['leave'] = async (
    asked,
    { isCurrent },
    { silent = false, replaces = false, count = () => {} } = {},
  ) => {
    const url = await redirects.begin(asked, silent);
    if (!isCurrent()) throw cancelled();
    count();
    page?.navigate(url, { replaces });
    return settleWithin(clock, LEAVE_MS, leaving()).catch(() => {
      throw stayed();
    });
  };

  return {
    leave,
    async leaveUnasked(asked, by, how) {
      await page?.whenVisible();
      return leave(asked, by, { ...how, replaces: true });
    },
  };
};
