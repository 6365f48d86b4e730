import { tokenVigil } from 'token-vigil/vue';
import { createSSRApp } from 'vue';
import { hydratePage } from '../hydratePage.ts';
import App from './App.vue';

void hydratePage((session, into) => createSSRApp(App).use(tokenVigil(session)).mount(into));
