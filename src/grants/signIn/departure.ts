import type { GrantParts } from '../grantParts.ts';
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

/** Leaving the page for the provider: what it promises never comes, unless as an error. */
export interface Departure {
  leave(asked: SignInOptions, by: Attempt, how?: Leaving): Promise<never>;
  /** Nobody asked for it: only a page that is seen leaves, and the Back button skips it. */
  leaveUnasked(asked: SignInOptions, by: Attempt, how?: Leaving): Promise<never>;
}

/** The page is about to be left: nothing after this happens in it. */
export const leaving = (): Promise<never> => new Promise(() => {});

export const createDeparture = (page: GrantParts['page'], redirects: Redirects): Departure => {
  const leave: Departure['leave'] = async (
    asked,
    { isCurrent },
    { silent = false, replaces = false, count = () => {} } = {},
  ) => {
    const url = await redirects.begin(asked, silent);
    if (!isCurrent()) throw cancelled();
    count();
    page?.navigate(url, { replaces });
    return leaving();
  };

  return {
    leave,
    async leaveUnasked(asked, by, how) {
      await page?.whenVisible();
      return leave(asked, by, { ...how, replaces: true });
    },
  };
};
