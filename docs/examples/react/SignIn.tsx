import type { FormEvent } from 'react';
import { useSession, useSessionValue } from 'token-vigil/react';
import { credentialsIn } from '../shared/credentialsIn.ts';

export const SignIn = () => {
  const { signIn } = useSession();
  const error = useSessionValue((view) => view.error);
  const withPassword = (event: FormEvent): void => {
    event.preventDefault();
    // What goes wrong is in `error`.
    void signIn(credentialsIn(event.nativeEvent)).catch(() => undefined);
  };
  return (
    <>
      <p>Nobody is signed in. Everybody may see this page.</p>
      <button onClick={() => void signIn().catch(() => undefined)}>Sign in</button>
      <details>
        <summary>Sign in with a password form</summary>
        <form onSubmit={withPassword}>
          <label>
            User name <input name="username" autoComplete="username" required />
          </label>
          <label>
            Password <input name="password" type="password" autoComplete="current-password" required />
          </label>
          <button>Sign in with the password</button>
        </form>
      </details>
      {error && (
        <p className="error" role="alert">
          {error.message}
        </p>
      )}
    </>
  );
};
