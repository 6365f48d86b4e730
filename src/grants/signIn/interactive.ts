import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import { SessionError } from '../../errors/sessionError.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { customAnswer } from '../protocol/customAnswer.ts';
import { passwordGrant } from '../protocol/passwordGrant.ts';
import type { Provider } from '../protocol/provider.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import type { SignInOptions } from '../signInOptions.ts';
import { type Attempt, cancelled } from './attempt.ts';
import type { CompleteSignIn } from './completeSignIn.ts';
import type { ProviderRedirect } from './providerRedirect.ts';
import type { Returned } from './returned.ts';
import type { AuthorizationResponse } from './takeAuthorizationResponse.ts';

/** Signs a person in: by the app's own sign-in, by a password that the app has asked for, or on the provider's page. */
export const createInteractive = (
  provider: Provider,
  { options, clock, onWarning }: GrantDeps,
  { accept }: CompleteSignIn,
  { leave }: ProviderRedirect,
  returned: Returned,
  takeAuthorizationResponse: () => AuthorizationResponse,
) => {
  let isDiscouraged = false;
  const discourage = (): void => {
    if (isDiscouraged) return;
    isDiscouraged = true;
    onWarning(
      new SessionError(
        'password_grant_discouraged',
        'The password grant shows the password to the app, and RFC 9700 §2.4 forbids it for new ones. Call `signIn()` without it',
      ),
    );
  };

  const inPlace = (asked: SignInOptions): Promise<TokenAnswer> | undefined => {
    const custom = options.grants?.signIn;
    if (custom) return customAnswer(clock, () => custom(asked), [asked.password]);
    const { username, password, scope } = asked;
    if (username === undefined || password === undefined) return undefined;
    discourage();
    return passwordGrant(provider, { username, password, scope });
  };

  return async (attempt: Attempt): Promise<LoginGranted> => {
    const { options: asked = {}, isRequired = false } = attempt.ticket ?? {};
    if (!attempt.permit.isValid) throw cancelled();
    const answer = inPlace(asked);
    if (answer) return accept(attempt, await answer, { by: 'user' });
    if (!isRequired) returned.forget();
    else {
      // The code that restores could not be loaded: what the page came back with is still in its URL.
      const response = takeAuthorizationResponse();
      if (response.kind === 'matched') return returned.take(attempt, response);
      returned.requireMendable();
    }
    return leave(asked, attempt, isRequired ? 'required' : 'clicked');
  };
};
