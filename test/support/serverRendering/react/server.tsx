import { renderToString } from 'react-dom/server';
import { SessionProvider } from 'token-vigil/react';
import type { Render } from '../renderOnce.ts';
import { App } from './App.tsx';

export const render: Render = (session) => ({
  html: renderToString(
    <SessionProvider session={session}>
      <App />
    </SessionProvider>,
  ),
});
