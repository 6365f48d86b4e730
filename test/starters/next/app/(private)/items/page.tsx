'use client';
import { useSession, useUser } from 'token-vigil/react';

export default function ItemsPage() {
  const user = useUser({ required: true });
  const { signOut } = useSession();
  return (
    <>
      <h1>Items of {user.name}</h1>
      <button onClick={() => void signOut({ redirect: false })}>Sign out here</button>
    </>
  );
}
