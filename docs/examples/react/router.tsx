import { createBrowserRouter } from 'react-router';
import { connectRouter, sessionGuard } from 'token-vigil/react/react-router';
import { session } from '../shared/session.ts';
import { App } from './App.tsx';
import { EndedPage } from './EndedPage.tsx';
import { HomePage } from './HomePage.tsx';
import { ItemsPage } from './ItemsPage.tsx';

export const router = createBrowserRouter([
  {
    Component: App,
    HydrateFallback: () => null,
    children: [
      { index: true, Component: HomePage },
      { path: 'ended', Component: EndedPage },
      {
        middleware: [sessionGuard(session)],
        children: [{ path: 'items', Component: ItemsPage }],
      },
    ],
  },
]);

connectRouter(router, session, { ended: '/ended' });
