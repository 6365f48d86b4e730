import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { connectRouter, sessionGuard } from 'token-vigil/react/tanstack-router';
import { EndedPage } from '../react/EndedPage.tsx';
import { ItemsPage } from '../react/ItemsPage.tsx';
import { session } from '../shared/session.ts';
import { App } from './App.tsx';
import { HomePage } from './HomePage.tsx';

const root = createRootRoute({ component: App });

const routeTree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: HomePage }),
  createRoute({
    getParentRoute: () => root,
    path: '/items',
    component: ItemsPage,
    beforeLoad: sessionGuard(session),
  }),
  createRoute({ getParentRoute: () => root, path: '/ended', component: EndedPage }),
]);

export const router = createRouter({ routeTree, defaultPreload: 'intent' });

connectRouter(router, session, { ended: '/ended' });
