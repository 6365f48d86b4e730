import { SessionError } from '../../errors/sessionError.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { customAnswer } from '../protocol/customAnswer.ts';
import { passwordGrant } from '../protocol/passwordGrant.ts';
import type { Provider } from '../protocol/provider.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import type { SignInOptions } from '../signInOptions.ts';

/** Signs a person in without leaving the page: by the app's own sign-in, else by a password that the app has asked for. */
export const createInPlace = (
  provider: Provider,
  { options, clock, onWarning }: Pick<GrantDeps, 'options' | 'clock' | 'onWarning'>,
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

  return (asked: SignInOptions): Promise<TokenAnswer> => {
    const custom = options.grants?.signIn;
    if (custom) return customAnswer(clock, () => custom(asked), [asked.password]);
    discourage();
    const { username = '', password = '', scope } = asked;
    return passwordGrant(provider, { username, password, scope });
  };
};
