/** How Vite compiles the apps of this folder, each with its framework. Plain JavaScript: a server runs without a compiler. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import solid from 'vite-plugin-solid';
import { sources } from '../sources.mjs';

/** @type {Record<string, { plugins: import('vite').PluginOption[], extension: 'ts' | 'tsx' }>} */
const frameworks = {
  angular: { plugins: [], extension: 'ts' },
  vue: { plugins: [vue()], extension: 'ts' },
  react: { plugins: [], extension: 'tsx' },
  solid: { plugins: [solid({ ssr: true, hot: false })], extension: 'tsx' },
  svelte: { plugins: [svelte({ configFile: false })], extension: 'ts' },
};

const folder = '/test/support/serverRendering';

/**
 * The server's or the browser's part of a framework's app, as Vite knows it.
 *
 * @param {string} name
 * @param {'server' | 'client'} side
 */
export const moduleOf = (name, side) => `${folder}/${name}/${side}.${frameworks[name]?.extension}`;

/** What makes a server's run, as Vite knows it. */
export const renderOnceModule = `${folder}/renderOnce.ts`;

/**
 * A server of Vite without a port of its own.
 *
 * @param {string} name
 * @returns {import('vite').InlineConfig}
 */
export const configOf = (name) => ({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  cacheDir: `dist/server-rendering/${name}`,
  plugins: frameworks[name]?.plugins ?? [],
  resolve: { alias: sources },
  optimizeDeps: { entries: [moduleOf(name, 'client').slice(1)] },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});
