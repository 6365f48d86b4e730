import { SessionError } from '../../errors/sessionError.ts';
import type { GrantDeps, SignInRequest } from '../grantDeps.ts';
import { customAnswer } from '../protocol/customAnswer.ts';
import { passwordGrant } from '../protocol/passwordGrant.ts';
import type { Provider } from '../protocol/provider.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import type { Attempt } from './attempt.ts';
import type { Departure } from './departure.ts';
import { prompting } from './prompting.ts';
import type { Redirects } from './redirects.ts';

/** Signs a person in: by the app's own sign-in, by a password that the app has asked for, or on the provider's page. */
export const createAskTheUser = (
  provider: Provider,
  { options, clock, record, onWarning }: GrantDeps,
  { leave, leaveUnasked }: Departure,
  { countRedirect }: Redirects,
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

  return async ({ options: asked, isUnasked }: SignInRequest, by: Attempt): Promise<TokenAnswer> => {
    const custom = options.grants?.signIn;
    if (custom) return customAnswer(clock, () => custom(asked), [asked.password]);
    const { username, password } = asked;
    if (username !== undefined && password !== undefined) {
      discourage();
      return passwordGrant(provider, { username, password, scope: asked.scope });
    }
    const wanted = prompting(asked, await record.read());
    return isUnasked ? leaveUnasked(wanted, by, { count: countRedirect }) : leave(wanted, by);
  };
};
