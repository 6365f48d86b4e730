import { SignedIn, useEnded, useIdleWarning, useRemaining, useStatus, useUser } from 'token-vigil/react';
import { type Person, pictureOf } from '../person.ts';

export const App = () => {
  const user = useUser<Person>();
  const { open } = useIdleWarning();
  return (
    <main>
      <p id="status">{useStatus()}</p>
      <p id="user">{user?.name ?? 'nobody'}</p>
      <img id="picture" alt="" src={pictureOf(user)} />
      <p id="left">{useRemaining('token') ?? 'unknown'}</p>
      <p id="warning">{open ? 'open' : 'closed'}</p>
      <p id="ended">{useEnded()?.reason ?? 'going on'}</p>
      <SignedIn fallback={<em id="inside">outside</em>}>
        <strong id="inside">inside</strong>
      </SignedIn>
    </main>
  );
};
