import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { SessionProvider } from 'token-vigil/react';
import { hydratePage } from '../hydratePage.ts';
import { App } from './App.tsx';

void hydratePage((session, into) =>
  hydrateRoot(
    into,
    <StrictMode>
      <SessionProvider session={session}>
        <App />
      </SessionProvider>
    </StrictMode>,
  ),
);
