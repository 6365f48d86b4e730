import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { SessionProvider } from 'token-vigil/react';
import { connectRouter, sessionGuard } from 'token-vigil/react/react-router';
import { App } from './App.tsx';
import { Home, Items } from './pages.tsx';
import { session } from './session.ts';

const router = createBrowserRouter([
  {
    Component: App,
    HydrateFallback: () => <p>One moment …</p>,
    children: [
      { index: true, Component: Home },
      { path: 'items', Component: Items, middleware: [sessionGuard(session)] },
    ],
  },
]);
connectRouter(router, session);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <SessionProvider session={session}>
      <RouterProvider router={router} />
    </SessionProvider>
  </StrictMode>,
);
