import type { Script } from './script.ts';

export const recordScripts: readonly Script[] = [
  {
    finding: 'A5',
    name: 'a record that is lost costs no rotated token',
    setting: { storage: false },
    async play({ run, acts, signIn, stay, expect }) {
      await signIn();
      acts.record('lost');
      await stay(25_000);
      expect(run.session.status === 'signedIn', 'K: signed out by the loss of the record');
    },
  },
  {
    finding: 'B14',
    name: 'a record of the last release is read',
    setting: { storage: false },
    async play({ run, acts, signIn, stay, expect }) {
      await signIn();
      acts.record('older');
      await stay(25_000);
      expect(run.session.status === 'signedIn', 'B: an update of the library has signed somebody out');
    },
  },
  {
    finding: 'B14',
    name: 'and so it is by a page that is loaded anew',
    setting: { silent: 'frame', storage: false },
    async play({ run, acts, signIn, quiet, expect }) {
      await signIn();
      acts.record('older');
      acts.reload();
      await quiet();
      expect(run.session.status === 'signedIn', 'B: an update of the library has signed somebody out');
    },
  },
  {
    finding: 'A11',
    name: 'a slow write does not land after the removal that a sign-out asked for',
    async play({ run, acts, director, signIn, quiet }) {
      director.hold(/storage set/);
      await signIn();
      void acts.signOut();
      await run.clocks.advance(2500);
      await quiet();
      director.release();
      await quiet();
    },
  },
  {
    finding: 'A11',
    name: 'nor after a sign-out in another tab',
    async play({ run, acts, director, signIn, quiet }) {
      director.hold(/storage set/);
      await signIn();
      acts.signOutElsewhere();
      acts.wake();
      await run.clocks.advance(2500);
      await quiet();
      director.release();
      await quiet();
    },
  },
  {
    finding: 'A11',
    name: 'nor after a newer one',
    setting: { idle: false, refreshSeconds: null, lifeSeconds: 3600 },
    async play({ run, acts, director, signIn, quiet }) {
      director.hold(/storage set/);
      await signIn();
      await run.clocks.advance(2500);
      director.hold(/nothing/);
      acts.renew();
      await quiet();
      director.release();
      await quiet();
    },
  },
  {
    finding: 'A11',
    name: 'a stored session that is over is not handed out before it ends',
    setting: { lifeSeconds: 3600, refreshSeconds: null },
    async play({ run, acts, director, signIn, quiet, expect }) {
      await signIn();
      run.clocks.suspend(70_000);
      // The last step of restoring.
      director.hold(/record read/);
      acts.reload();
      await quiet();
      expect(run.session.peekAccessToken() === undefined, '6: a stored session that is over was handed out');
      director.release();
      await quiet();
    },
  },
  {
    finding: 'attack 1b',
    name: 'a sign-out while restoring is known to the next page, however slow the storage is',
    setting: { silent: 'frame' },
    async play({ run, acts, director, signIn, quiet, expect }) {
      await signIn();
      director.hold(/storage get/);
      acts.reload();
      await quiet();
      void acts.signOut();
      await quiet();
      director.release();
      acts.reload();
      await quiet();
      expect(run.session.status === 'signedOut', '6: a reload has undone a sign-out');
    },
  },
  {
    finding: 'attack 17',
    name: 'a stored session that ran out while nobody was there is over, and nothing is sent for it',
    setting: { idle: { after: 15_000 } },
    async play({ run, acts, signIn, quiet, expect }) {
      await signIn();
      run.clocks.suspend(100_000);
      acts.reload();
      await quiet();
      expect(run.session.endReason === 'lapsed', 'K: a restored session is over without a reason');
    },
  },
];
