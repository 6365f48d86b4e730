import { type Stage, subOf } from '../stage.ts';
import { type Disk, whoIn } from '../subject.ts';

/** Invariant 6: after an end nobody is shown, and nothing is handed out. */
export const createEnds = (stage: Stage, disk: Disk) => {
  const { violate } = stage;
  let isSignedOut = false;
  /** The page has come back from where it could not run, and has not read the record since. */
  let isUnread = false;
  let turn = 0;
  /** Whom the record has shown as gone. */
  let gone: string | undefined;

  const recordHasOther = (sub: string): boolean => disk.content !== undefined && whoIn(disk) !== sub;

  const lookWhileUnread = (): void => {
    const { session } = stage;
    if (session.peekAccessToken() !== undefined) violate('6: a token was shown before the record was read');
    if (session.user !== null) violate('6: a user was shown before the record was read');
    if (session.canRequest) violate('6: requests are promised before the record was read');
  };

  return {
    get turn() {
      return turn;
    },
    get isSignedOut() {
      return isSignedOut;
    },
    get isUnread() {
      return isUnread;
    },
    /** The app has signed out: that holds until it says anything else, or somebody signs in in another tab. */
    onSignOut: (): void => void (isSignedOut = true),
    onSignIn: (): void => void (isSignedOut = false),
    onRest(): void {
      isUnread = stage.session.status === 'signedIn' && !stage.isStopped;
    },
    onThaw: (): void => void turn++,
    onRead(beganAtTurn: number): void {
      const sub = subOf(stage);
      if (beganAtTurn !== turn || !isUnread) return;
      isUnread = false;
      if (sub && recordHasOther(sub)) gone = sub;
    },
    /** A renewal's answer has come: the commit reads the record. */
    onRenewal(): void {
      const sub = subOf(stage);
      if (sub && recordHasOther(sub)) gone = sub;
    },
    forget(): void {
      isSignedOut = false;
      isUnread = false;
      gone = undefined;
    },
    look(): void {
      const { session } = stage;
      if (isUnread && session.status === 'signedIn') lookWhileUnread();
      if (stage.isStopped && session.peekAccessToken() !== undefined)
        violate('6: a token is handed out after stop');
      if (isSignedOut && (session.peekAccessToken() !== undefined || session.user !== null))
        violate('6: somebody is signed in after a sign-out');
      if (!stage.isQuiet || gone === undefined) return;
      if (subOf(stage) === gone && recordHasOther(gone))
        violate('6: the record shows that the session is over, and it goes on');
      gone = undefined;
    },
  };
};
