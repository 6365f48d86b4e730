import { Link } from '@tanstack/react-router';
import { useStatus, useUser } from 'token-vigil/react';
import { SignIn } from '../react/SignIn.tsx';

export const HomePage = () => {
  const status = useStatus();
  const user = useUser();
  if (status === 'loading') return <p>One moment …</p>;
  return (
    <>
      <h1>Home</h1>
      {user ? (
        <p>
          You are signed in as {user.name}. Your <Link to="/items">items</Link> are waiting.
        </p>
      ) : (
        <SignIn />
      )}
    </>
  );
};
