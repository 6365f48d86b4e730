import { Link, Outlet } from '@tanstack/react-router';
import { useSession, useSessionValue, useUser } from 'token-vigil/react';
import { IdleDialog } from '../react/IdleDialog.tsx';
import { LifeBar } from '../react/LifeBar.tsx';

export const App = () => {
  const { signOut } = useSession();
  const user = useUser();
  const state = useSessionValue((view) => view.state);
  return (
    <>
      <header>
        <p className="brand">
          token-vigil <span>with React and TanStack Router</span>
        </p>
        <nav aria-label="Pages">
          <Link to="/">Home</Link>
          <Link to="/items">Items</Link>
        </nav>
        <p className="who">
          <output className="state" aria-label="State of the session" data-state={state}>
            {state}
          </output>
          {user && (
            <>
              {user.name}
              <button className="quiet" onClick={() => void signOut()}>
                Sign out
              </button>
            </>
          )}
        </p>
        <LifeBar />
      </header>
      <main>
        <Outlet />
      </main>
      <IdleDialog />
    </>
  );
};
