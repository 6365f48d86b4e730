import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from '@tanstack/react-router';
import { SessionProvider } from 'token-vigil/react';
import { session } from '../shared/session.ts';
import { router } from './router.tsx';

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <SessionProvider session={session}>
      <RouterProvider router={router} />
    </SessionProvider>
  </StrictMode>,
);
