import { createDepart, type Departure } from '../../page/navigator.ts';
import { settleWithin } from '../../time/settleWithin.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { SignInOptions } from '../signInOptions.ts';
import type { Attempt } from './attempt.ts';
import type { AuthorizationRequests } from './authorizationRequests.ts';
import type { Prompting } from './prompting.ts';
import { SILENT_LIMIT_MS } from './silent.ts';

/** Leaving the page for the provider: what it promises never comes; a page that is not left is an error. */
export interface ProviderRedirect {
  /** `clicked`: the user comes back to this page by the Back button. `required`: not, and only a page that is seen leaves. */
  leave(asked: SignInOptions, by: Attempt, urgency: 'clicked' | 'required'): Promise<never>;
  /** Asks who is signed in; settles with nothing where the page is being left already. `onLeaving`: the try counts. */
  leaveSilently(by: Attempt, onLeaving: () => void): Promise<undefined>;
}

const departureOf = ({ signal, permit }: Attempt): Pick<Departure, 'signal' | 'isWanted'> => ({
  signal,
  isWanted: permit.isValid,
});

export const createProviderRedirect = (
  { page, clock }: Pick<GrantDeps, 'page' | 'clock'>,
  { begin }: AuthorizationRequests,
  { withPrompt }: Prompting,
): ProviderRedirect => {
  // Without a page the request for where to go says what is missing.
  const depart = page
    ? createDepart(page, clock)
    : ({ url }: Departure): Promise<undefined> => url().then(() => undefined);

  /** Whether the address bar shows already where the user will come back to: then Back need not lead here. */
  const isShown = (returnTo: string | undefined): boolean =>
    !page || returnTo === undefined || new URL(returnTo, page.url).href === page.url;

  return {
    leave: async (asked, by, urgency) =>
      depart({
        ...departureOf(by),
        urgency,
        replaces: urgency === 'required' && isShown(asked.returnTo),
        url: async () => begin(await withPrompt(asked), false),
      }) as Promise<never>,
    leaveSilently: async (by, onLeaving) =>
      depart({
        ...departureOf(by),
        urgency: 'optional',
        replaces: true,
        // The provider's metadata may have to be read first, and a page is waiting.
        url: () => settleWithin(clock, SILENT_LIMIT_MS, begin({ prompt: 'none' }, 'redirect')),
        onLeaving,
      }),
  };
};
