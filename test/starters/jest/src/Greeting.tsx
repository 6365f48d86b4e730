import { useIdleWarning, useUser } from 'token-vigil/react';
import { session } from './session';

export const Greeting = () => {
  const user = useUser();
  const { open, left, stay } = useIdleWarning();
  if (!user) return <button onClick={() => void session.signIn()}>Sign in</button>;
  if (open) return <button onClick={stay}>Stay signed in ({(left ?? 0) / 1000} s)</button>;
  return <p>Hello {user.name}</p>;
};
