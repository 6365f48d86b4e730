import { render } from 'solid-js/web';
import { RequireUser, SessionProvider, SignedIn, useStatus } from 'token-vigil/solid';
import { IdleDialog } from './IdleDialog';
import { Home, Items } from './pages';
import { session } from './session';

// A sign-in by redirect comes back to the root of the origin. Wait until the address bar shows the page that was asked for.
void session.start();
await session.arrived;

const App = () => {
  const status = useStatus();
  return (
    <>
      <output>{status()}</output>
      <SignedIn fallback="Nobody is here.">Somebody is here.</SignedIn>
      {location.pathname === '/' ? (
        <Home />
      ) : (
        <RequireUser fallback={<p>One moment …</p>} signedOut={<Home />}>
          <Items />
        </RequireUser>
      )}
      <IdleDialog />
    </>
  );
};

render(
  () => (
    <SessionProvider session={session}>
      <App />
    </SessionProvider>
  ),
  document.getElementById('root')!,
);
