import { tokenVigil } from 'token-vigil/vue';
import { createApp } from 'vue';
import { session } from '../shared/session.ts';
import App from './App.vue';
import { router } from './router.ts';

createApp(App).use(tokenVigil(session)).use(router).mount('#app');
