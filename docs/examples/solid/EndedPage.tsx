/* @jsxImportSource solid-js */
import { Show } from 'solid-js';
import { useEnded } from 'token-vigil/solid';
import { endings } from '../shared/wording.ts';

export const EndedPage = () => {
  const ended = useEnded();
  return (
    <Show when={ended()} fallback={<h1>Nothing has ended</h1>}>
      {(end) => (
        <>
          <h1>You were signed out</h1>
          <p>{endings[end().reason]} Nothing is lost: you come back to the page that you were on.</p>
          <button onClick={() => end().signIn()}>Sign in again</button>
        </>
      )}
    </Show>
  );
};
