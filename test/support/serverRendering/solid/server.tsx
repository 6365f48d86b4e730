/* @jsxImportSource solid-js */
import { generateHydrationScript, renderToString } from 'solid-js/web';
import type { Render } from '../renderOnce.ts';
import { App } from './App.tsx';

export const render: Render = (session) => ({
  html: renderToString(() => <App session={session} />),
  head: generateHydrationScript(),
});
