/* @jsxImportSource solid-js */
import { render } from 'solid-js/web';
import { SessionProvider } from 'token-vigil/solid';
import { session } from '../shared/session.ts';
import { App } from './App.tsx';

render(
  () => (
    <SessionProvider session={session}>
      <App />
    </SessionProvider>
  ),
  document.getElementById('app')!,
);
