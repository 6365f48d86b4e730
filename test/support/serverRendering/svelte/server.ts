import { render as renderComponent } from 'svelte/server';
import type { Render } from '../renderOnce.ts';
import App from './App.svelte';

export const render: Render = async (session) => {
  const { body, head } = await renderComponent(App, { props: { session } });
  return { html: body, head };
};
