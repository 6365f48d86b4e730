import { guardRoutes } from 'token-vigil/vue/router';
import { createRouter, createWebHistory } from 'vue-router';
import { session } from '../session';

const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [
    { path: '/', component: () => import('../HomePage.vue') },
    { path: '/items', component: () => import('../ItemsPage.vue'), meta: { signedIn: true } },
  ],
});

guardRoutes(router, session);

export default router;
