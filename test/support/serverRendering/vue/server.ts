import { tokenVigil } from 'token-vigil/vue';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { Render } from '../renderOnce.ts';
import App from './App.vue';

export const render: Render = async (session) => ({
  html: await renderToString(createSSRApp(App).use(tokenVigil(session))),
});
