/* @jsxImportSource solid-js */
import { hydrate } from 'solid-js/web';
import { hydratePage } from '../hydratePage.ts';
import { App } from './App.tsx';

void hydratePage((session, into) => hydrate(() => <App session={session} />, into));
