import { hydrate } from 'svelte';
import { hydratePage } from '../hydratePage.ts';
import App from './App.svelte';

void hydratePage((session, target) => hydrate(App, { target, props: { session } }));
