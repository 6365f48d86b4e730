import { svelte } from '@sveltejs/vite-plugin-svelte';
import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Each folder with a page is an app. */
const apps = readdirSync(folder).filter((name) => existsSync(`${folder}${name}/index.html`));

/** One build of all example apps: `npm start -- --app vue` serves one of them, on the demo's provider and API. */
export default defineConfig({
  root: folder,
  logLevel: 'warn',
  plugins: [
    vue(),
    svelte({ configFile: false }),
    react({ include: /\/react[^/]*\/.*\.tsx$/ }),
    solid({ include: /\/solid\/.*\.tsx$/ }),
  ],
  build: {
    outDir: '../../dist/examples',
    emptyOutDir: true,
    target: 'es2023',
    // Pages have strict policies: what would be inlined is refused.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: Object.fromEntries(apps.map((name) => [name, `${folder}${name}/index.html`])) },
  },
});
