import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import { cancelled } from '../../errors/cancelled.ts';
import { lazily } from '../../time/lazily.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { Provider } from '../protocol/provider.ts';
import type { Attempt } from './attempt.ts';
import type { CompleteSignIn } from './completeSignIn.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { ProviderRedirect } from './providerRedirect.ts';
import type { Returned } from './returned.ts';
import type { AuthorizationResponse } from './takeAuthorizationResponse.ts';

/** Signs a person in: by the app's own sign-in, by a password that the app has asked for, or on the provider's page. */
export const createInteractive = (
  provider: Provider,
  deps: GrantDeps,
  { accept, granted }: CompleteSignIn,
  { leave }: ProviderRedirect,
  returned: Returned,
  takeAuthorizationResponse: () => AuthorizationResponse,
  elsewhere: Pick<Elsewhere, 'untilSeen'> | undefined,
) => {
  const inPlace = lazily(async () => (await deps.loadOptional()).createInPlace(provider, deps));

  return async (attempt: Attempt): Promise<LoginGranted> => {
    const { options: asked = {}, isRequired = false } = attempt.ticket ?? {};
    const isInPlace =
      deps.options.grants?.signIn || (asked.username !== undefined && asked.password !== undefined);
    const askInPlace = isInPlace ? await inPlace() : undefined;
    if (!attempt.permit.isValid()) throw cancelled();
    if (askInPlace)
      return accept(attempt, await askInPlace({ ...asked, signal: attempt.signal }), { by: 'user' });
    if (!isRequired) {
      returned.forget();
      return leave(asked, attempt, 'clicked');
    }
    // The code that restores could not be loaded: what the page came back with is still in its URL.
    const response = takeAuthorizationResponse();
    if (response.kind === 'matched') return returned.take(attempt, response);
    returned.requireMendable();
    const { page, record } = deps;
    // A page that nobody sees waits, and somebody can sign in in another tab meanwhile.
    const found = page && (await elsewhere?.untilSeen(attempt, await record.read(), page, true));
    return found ? granted(attempt, found, false) : leave(asked, attempt, 'required');
  };
};
