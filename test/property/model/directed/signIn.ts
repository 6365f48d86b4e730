import type { TokenFault } from '../provider.ts';
import type { AtProvider } from '../acts.ts';
import type { Script } from './script.ts';

const steps = ['chunk', 'password arrives', 'password answered', 'record update'];

/** Signed out or stopped while a sign-in is at one of its steps. */
const givenUpAt = (step: string, how: 'signOut' | 'stop'): Script => ({
  finding: 'A2',
  name: `a sign-in that was at '${step}' at ${how} fills nothing`,
  setting: { storage: false },
  async play({ acts, director, signIn, quiet }) {
    director.hold(new RegExp(step));
    await signIn();
    void acts[how]();
    await quiet();
    director.release();
    await quiet();
  },
});

const restoring = ['record update', 'authorize', 'authorization_code'];

/** Signed out while the code is loaded, and restoring goes its way before the sign-out is written down. */
const restoringAt = (step: string): Script => ({
  finding: 'A2',
  name: `a restoring that was overtaken by signOut at '${step}' fills nothing`,
  setting: { storage: false, silent: 'frame', lifeSeconds: 60 },
  async play({ acts, director, signIn, quiet }) {
    await signIn();
    director.hold(new RegExp(`chunk|${step}|record update`));
    acts.reload();
    await quiet();
    void acts.signOut();
    director.release(/chunk/);
    await quiet();
    director.release();
    await quiet();
  },
});

/** Given up while the code is loaded that a new deployment had taken away. */
const ownSignInAt = (how: 'signOut' | 'stop'): Script => ({
  finding: 'A2',
  name: `${how} while the code is loaded: the app's own sign-in is not asked`,
  setting: { storage: false, renewal: 'cookie', refreshSeconds: null },
  async play({ acts, director, signIn, quiet }) {
    acts.loseChunk();
    acts.start();
    await quiet();
    director.hold(/chunk/);
    await signIn();
    void acts[how]();
    director.release();
    await quiet();
  },
});

const leavesNot = (name: string, play: Script['play'], setting: Script['setting'] = {}): Script => ({
  finding: 'B4',
  name: `the page stays where it is: ${name}`,
  setting: { storage: false, ...setting },
  play,
});

const loops = (name: string, fault: TokenFault | undefined, at: AtProvider): Script => ({
  finding: 'B17',
  name: `require() does not leave for ever: ${name}`,
  setting: { app: 'require', storage: false },
  async play({ run, acts, quiet }) {
    acts.require();
    await quiet();
    for (let visits = 0; visits < 6; visits++) {
      // Somebody types a password.
      await run.clocks.advance(16_000);
      if (fault) acts.fault(fault);
      acts.atThePage(at);
      await quiet();
    }
  },
});

export const signInScripts: readonly Script[] = [
  ...steps.flatMap((step) => [givenUpAt(step, 'signOut'), givenUpAt(step, 'stop')]),
  ...restoring.map(restoringAt),
  ownSignInAt('signOut'),
  ownSignInAt('stop'),
  {
    finding: 'A4',
    name: "a renewal's late answer does not replace a step-up's tokens",
    setting: { storage: false },
    async play({ acts, director, signIn, stay, quiet }) {
      await signIn();
      director.hold(/refresh_token/);
      acts.renew();
      await signIn();
      director.release();
      await quiet();
      acts.request();
      await stay(10_000);
    },
  },
  {
    finding: 'A4',
    name: 'of two step-ups each settles by its own answer',
    setting: { storage: false },
    async play({ director, signIn, quiet }) {
      await signIn();
      director.hold(/password/);
      await signIn();
      await signIn();
      director.release();
      await quiet();
    },
  },
  {
    finding: 'A4',
    name: 'a step-up and a renewal in one turn: both settle, and a refusal ends the session',
    setting: { storage: false, refreshSeconds: null, idle: false },
    async play({ run, acts, director, signIn, stay, quiet, expect }) {
      await signIn();
      director.hold(/answered/);
      await signIn();
      acts.renew();
      await quiet();
      director.release();
      await quiet();
      run.mint.revokeAll();
      await stay(40_000);
      expect(run.session.status !== 'signedIn', '9: signed in though the provider has revoked everything');
    },
  },
  leavesNot('signed out while the code is loaded', async ({ acts, director, quiet }) => {
    acts.loseChunk();
    acts.start();
    await quiet();
    director.hold(/chunk/);
    acts.signInThere();
    await quiet();
    void acts.signOut();
    director.release();
    await quiet();
  }),
  leavesNot('stopped while the record is read', async ({ acts, director, quiet }) => {
    acts.start();
    await quiet();
    director.hold(/record read/);
    acts.signInThere();
    await quiet();
    acts.stop();
    director.release();
    await quiet();
  }),
  leavesNot('require() on a hidden page, signed out before it is seen', async ({ acts, quiet }) => {
    acts.hide();
    acts.require();
    await quiet();
    void acts.signOut();
    await quiet();
    acts.show();
    await quiet();
  }),
  leavesNot('require() on a hidden page, stopped before it is seen', async ({ acts, quiet }) => {
    acts.hide();
    acts.require();
    await quiet();
    acts.stop();
    acts.show();
    await quiet();
  }),
  leavesNot(
    'a password sign-in that was given up becomes no redirect',
    async ({ acts, director, signIn, quiet }) => {
      acts.loseChunk();
      acts.start();
      await quiet();
      director.hold(/chunk/);
      await signIn();
      void acts.signOut();
      director.release();
      await quiet();
    },
  ),
  {
    finding: 'B5',
    name: 'a sign-out while restoring is the last word',
    async play({ acts, director, signIn, quiet }) {
      director.hold(/storage get/);
      await signIn();
      void acts.signOut();
      director.release();
      await quiet();
    },
  },
  {
    finding: 'B5',
    name: 'a listener that signs out at once: signIn() does not resolve with null',
    async play({ acts, signIn }) {
      acts.reenter('signedIn', 'signOut');
      await signIn();
    },
  },
  {
    finding: 'B6',
    name: 'a listener that undoes itself and listens again is called once',
    async play({ acts, signIn }) {
      acts.rearm();
      await signIn();
    },
  },
  {
    finding: 'B7',
    name: 'an error of another copy of the library is an error',
    setting: { renewal: 'cookie', storage: false, refreshSeconds: null },
    async play({ acts, signIn }) {
      await signIn();
      acts.fault('invalid_client');
      await signIn();
    },
  },
  {
    finding: 'B8',
    name: 'after a sign-out page that was never reached the next visitor is asked',
    setting: { endSession: 'page', storage: false },
    async play({ acts, signIn, quiet }) {
      await signIn();
      void acts.signOut(true);
      await quiet();
      acts.atThePage('leaves it');
      await quiet();
      acts.signInThere();
      await quiet();
    },
  },
  loops('the client is refused', 'invalid_client', 'ada'),
  loops('the ID token is of another client', 'bad id token', 'ada'),
  loops('there is no ID token', 'no id token', 'ada'),
  loops('another issuer answers', undefined, 'another issuer'),
  loops('the user refuses', undefined, 'refuses'),
  loops('the provider fails', undefined, 'fails'),
];
