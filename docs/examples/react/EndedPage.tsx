import { useEnded } from 'token-vigil/react';
import { endings } from '../shared/wording.ts';

export const EndedPage = () => {
  const ended = useEnded();
  if (!ended)
    return (
      <>
        <h1>Nothing has ended</h1>
        <a href="/">Home</a>
      </>
    );
  return (
    <>
      <h1>You were signed out</h1>
      <p>{endings[ended.reason]} Nothing is lost: you come back to the page that you were on.</p>
      <button onClick={ended.signIn}>Sign in again</button>
    </>
  );
};
