/* @jsxImportSource solid-js */
import { from, Match, Show, Switch } from 'solid-js';
import { useRemaining, useSession, useSessionValue, useUser } from 'token-vigil/solid';
import { pages } from '../shared/pages.ts';
import { settings } from '../shared/settings.ts';
import { EndedPage } from './EndedPage.tsx';
import { Guard } from './Guard.tsx';
import { HomePage } from './HomePage.tsx';
import { IdleDialog } from './IdleDialog.tsx';
import { ItemsPage } from './ItemsPage.tsx';

export const App = () => {
  const { signOut, onReturn } = useSession();
  const user = useUser();
  const state = useSessionValue((view) => view.state);
  const left = useRemaining('token', 250);
  const path = from<string>((set) => pages.subscribe(() => set(pages.path())), pages.path());

  // A sign-in by redirect comes back to the page that was asked for.
  onReturn(pages.replace);

  const link = (to: string, name: string) => (
    <a href={to} aria-current={path() === to ? 'page' : undefined} onClick={pages.follow}>
      {name}
    </a>
  );

  return (
    <>
      <header>
        <p class="brand">
          token-vigil <span>with Solid</span>
        </p>
        <nav aria-label="Pages">
          {link('/', 'Home')}
          {link('/items', 'Items')}
        </nav>
        <p class="who">
          <output class="state" aria-label="State of the session" data-state={state()}>
            {state()}
          </output>
          <Show when={user()}>
            {(somebody) => (
              <>
                {somebody().name}
                <button class="quiet" onClick={() => void signOut()}>
                  Sign out
                </button>
              </>
            )}
          </Show>
        </p>
        <Show when={left() !== null}>
          <progress
            aria-label="Life of the access token"
            max={settings.tokenLife ?? 300_000}
            value={left() ?? 0}
          />
        </Show>
      </header>
      <main>
        <Switch fallback={<HomePage />}>
          <Match when={path() === '/items'}>
            <Guard>
              <ItemsPage />
            </Guard>
          </Match>
          <Match when={path() === '/ended'}>
            <EndedPage />
          </Match>
        </Switch>
      </main>
      <IdleDialog />
    </>
  );
};
