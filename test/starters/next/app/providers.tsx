'use client';
import { useRouter } from 'next/navigation';
import { type ReactNode, useLayoutEffect } from 'react';
import { SessionProvider } from 'token-vigil/react';
import { IdleDialog } from './idle-dialog';
import { session } from './session';

export const Providers = ({ children }: { children: ReactNode }) => {
  const { replace } = useRouter();
  // After a sign-in, the router shows the page that was asked for. Layout effects run before the session is started.
  useLayoutEffect(() => session.onReturn((url) => replace(url)), [replace]);
  return (
    <SessionProvider session={session}>
      {children}
      <IdleDialog />
    </SessionProvider>
  );
};
