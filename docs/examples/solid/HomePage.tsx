/* @jsxImportSource solid-js */
import { Match, Show, Switch } from 'solid-js';
import { useSession, useSessionValue, useStatus, useUser } from 'token-vigil/solid';
import { credentialsIn } from '../shared/credentialsIn.ts';
import { pages } from '../shared/pages.ts';

export const HomePage = () => {
  const { signIn } = useSession();
  const status = useStatus();
  const user = useUser();
  const error = useSessionValue((view) => view.error);

  const withPassword = (event: SubmitEvent): void => {
    event.preventDefault();
    // What goes wrong is in `error`.
    void signIn(credentialsIn(event)).catch(() => undefined);
  };

  return (
    <>
      <h1>Home</h1>
      <Switch>
        <Match when={status() === 'loading'}>
          <p>One moment …</p>
        </Match>
        <Match when={user()}>
          {(somebody) => (
            <p>
              You are signed in as {somebody().name}. Your{' '}
              <a href="/items" onClick={pages.follow}>
                items
              </a>{' '}
              are waiting.
            </p>
          )}
        </Match>
        <Match when={true}>
          <p>Nobody is signed in. Everybody may see this page.</p>
          <button onClick={() => void signIn().catch(() => undefined)}>Sign in</button>
          <details>
            <summary>Sign in with a password form</summary>
            <form onSubmit={withPassword}>
              <label>
                User name <input name="username" autocomplete="username" required />
              </label>
              <label>
                Password <input name="password" type="password" autocomplete="current-password" required />
              </label>
              <button>Sign in with the password</button>
            </form>
          </details>
          <Show when={error()}>
            {(failure) => (
              <p class="error" role="alert">
                {failure().message}
              </p>
            )}
          </Show>
        </Match>
      </Switch>
    </>
  );
};
