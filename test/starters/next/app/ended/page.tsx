'use client';
import { useEnded } from 'token-vigil/react';

export default function EndedPage() {
  const ended = useEnded();
  return (
    <>
      <h1>You were signed out</h1>
      {ended && <button onClick={ended.signIn}>Sign in again</button>}
    </>
  );
}
