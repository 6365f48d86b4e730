import { tokenVigil } from 'token-vigil/vue';
import { createApp } from 'vue';
import App from './App.vue';
import router from './router';
import { session } from './session';

createApp(App).use(tokenVigil(session)).use(router).mount('#app');
