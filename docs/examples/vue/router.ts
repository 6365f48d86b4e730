import { guardRoutes } from 'token-vigil/vue/router';
import { createRouter, createWebHistory } from 'vue-router';
import { session } from '../shared/session.ts';
import EndedPage from './EndedPage.vue';
import HomePage from './HomePage.vue';
import ItemsPage from './ItemsPage.vue';

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: HomePage },
    { path: '/items', component: ItemsPage, meta: { signedIn: true } },
    { path: '/ended', component: EndedPage },
  ],
});

guardRoutes(router, session, { ended: '/ended' });
