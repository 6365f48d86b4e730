import { isSessionError, type Session } from 'token-vigil';
import type { PageSettings } from '../pageSettings.ts';
import { byId, inputById, onClick, write } from './dom.ts';

/** Signs in both ways, signs out, and says who is here. */
export function showAccount(session: Session, { hint }: PageSettings): void {
  if (hint) fillIn(hint);
  onClick('sign-in', () => attempt(session.signIn()));
  onClick('sign-out', () => void session.signOut());
  onClick('reload', () => location.reload());
  byId('password-form').addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(session.signIn(credentials()));
  });
  session.subscribe(() => draw(session));
  draw(session);
}

/** What went wrong is shown through `session.error`; a rejection here has nothing to add. */
function attempt(signIn: Promise<unknown>): void {
  signIn.catch((error: unknown) => isSessionError(error) || console.error(error));
}

function draw(session: Session): void {
  const { status, user } = session;
  document.body.dataset['status'] = status;
  byId('signed-in').hidden = status !== 'signedIn';
  byId('signed-out').hidden = status !== 'signedOut';
  write(byId('user-name'), user?.name ?? '');
  write(byId('user-email'), user?.email ?? '');
  write(byId('announcement'), announcement(session));
}

function announcement({ status, actor }: Session<unknown>): string {
  if (status === 'loading') return 'Checking whether somebody is signed in …';
  const { reason } = actor.getSnapshot().context;
  if (status === 'signedOut') return reason ? (endings[reason] ?? reason) : 'Nobody is signed in.';
  return 'Signed in';
}

const endings: Record<string, string> = {
  lapsed: 'The session expired because nobody was there for too long.',
  idle: 'The session was ended because nobody was there for too long.',
  revoked: 'The session expired because the provider no longer accepts its tokens.',
  rejected: 'The session expired because the provider no longer accepts this app.',
  ended: 'The session has reached the longest life that the provider allows.',
  switched: 'Another user signed in.',
};

function fillIn({ username, password }: NonNullable<PageSettings['hint']>): void {
  inputById('username').value = username;
  inputById('password').value = password;
  write(byId('hint'), `The user name is ${username} and the password is ${password}.`);
}

function credentials() {
  return {
    username: inputById('username').value,
    password: inputById('password').value,
  };
}
