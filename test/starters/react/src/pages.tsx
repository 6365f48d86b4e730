import { useSession, useUser } from 'token-vigil/react';

export const Home = () => <h1>Home</h1>;

export const Items = () => {
  const user = useUser({ required: true });
  const { signOut } = useSession();
  return (
    <>
      <h1>Items of {user.name}</h1>
      <button onClick={() => void signOut({ redirect: false })}>Sign out here</button>
    </>
  );
};
