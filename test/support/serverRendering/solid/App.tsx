/* @jsxImportSource solid-js */
import type { Session } from 'token-vigil';
import {
  SessionProvider,
  SignedIn,
  useEnded,
  useIdleWarning,
  useRemaining,
  useStatus,
  useUser,
} from 'token-vigil/solid';
import { type Person, pictureOf } from '../person.ts';

const Page = () => {
  const status = useStatus();
  const user = useUser<Person>();
  const left = useRemaining('token');
  const { open } = useIdleWarning();
  const ended = useEnded();
  return (
    <main>
      <p id="status">{status()}</p>
      <p id="user">{user()?.name ?? 'nobody'}</p>
      <img id="picture" alt="" src={pictureOf(user())} />
      <p id="left">{left() ?? 'unknown'}</p>
      <p id="warning">{open() ? 'open' : 'closed'}</p>
      <p id="ended">{ended()?.reason ?? 'going on'}</p>
      <SignedIn fallback={<em id="inside">outside</em>}>
        <strong id="inside">inside</strong>
      </SignedIn>
    </main>
  );
};

export const App = (props: { session: Session<Person> }) => (
  <SessionProvider session={props.session}>
    <Page />
  </SessionProvider>
);
