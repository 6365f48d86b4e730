'use client';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { SignedIn, useSession } from 'token-vigil/react';

export default function PrivateLayout({ children }: { children: ReactNode }) {
  const { replace } = useRouter();
  const { on, require } = useSession();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    const stops = [on('expired', () => replace('/ended')), on('signedOut', () => replace('/'))];
    require().catch(setError);
    return () => stops.forEach((stop) => stop());
  }, [on, replace, require]);
  if (error) throw error; // to the nearest error.tsx
  return <SignedIn fallback={<p>One moment …</p>}>{children}</SignedIn>;
}
