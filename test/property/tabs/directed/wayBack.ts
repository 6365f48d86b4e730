import { contentOf } from '../subject.ts';
import type { TabScript } from './play.ts';
import { expectTogether, failRecord, signInAgain, visit } from './recordSteps.ts';
import { all, whoIn } from './states.ts';

/** A tab whose record has failed, and works again. */
export const wayBackScripts: readonly TabScript[] = [
  {
    name: 'a tab that has lost an answer, and whose record failed then, follows the others again',
    setting: { lifeSeconds: 30, stays: false },
    async play(scene) {
      const { run, acts, pass } = scene;
      await pass(1000);
      run.provider.fail('lost before');
      acts.renew(1);
      await pass(200);
      await failRecord(scene, 1, 'hangs');
      acts.renew(1);
      await pass(3000);
      acts.mendRecord(1);
      await visit(scene, 10_000, 6);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a tab that hears of a busy provider while its record fails follows the others again',
    setting: { lifeSeconds: 30, stays: false },
    async play(scene) {
      const { run, acts, director, quiet, pass } = scene;
      await pass(1000);
      director.hold(/refresh_token answered in 2/);
      run.provider.fail('busy');
      acts.renew(1);
      await quiet();
      await failRecord(scene, 1, 'hangs');
      director.release();
      await pass(3000);
      acts.mendRecord(1);
      await visit(scene, 10_000, 6);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a tab that waits for one which stands still, and whose record fails then, follows the others again',
    setting: { lifeSeconds: 30, stays: false },
    async play(scene) {
      const { acts, director, quiet, pass } = scene;
      await pass(1000);
      director.hold(/refresh_token answered in 1/);
      for (const number of [0, 1]) {
        acts.renew(number);
        await quiet();
      }
      acts.breakRecord(1, 'hangs');
      acts.wake(1);
      acts.stopDead(0);
      await pass(16_000);
      await acts.thaw(0);
      director.release();
      await pass(1000);
      acts.mendRecord(1);
      await visit(scene, 10_000, 6);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a tab that has taken what others renewed from the storage, while its record failed, follows them again',
    setting: { storage: 'shared', stays: false },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.breakRecord(1, 'refuses');
      acts.wake(1);
      for (const isBack of [false, true]) {
        if (isBack) acts.mendRecord(1);
        for (let seconds = 0; seconds < 20; seconds++) {
          acts.activate(0);
          acts.activate(1);
          await pass(1000);
        }
      }
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a sign-out is seen though the app has cleared its site data while the record of a tab failed',
    setting: { lifeSeconds: 30, stays: false },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'hangs');
      acts.signOut(0);
      await pass(500);
      acts.clearSiteData();
      await pass(500);
      acts.mendRecord(1);
      await visit(scene);
      expectTogether(scene, 'signedOut');
    },
  },
  {
    name: 'a sign-out holds while the record is found to work again',
    setting: { lifeSeconds: 300, stays: false },
    async play(scene) {
      const { acts, director, quiet, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'hangs');
      acts.wake(1);
      await pass(5000);
      director.hold(/record update heard in 2/);
      acts.mendRecord(1);
      acts.wake(1);
      await quiet();
      acts.signOut(1);
      await quiet();
      director.release();
      await pass(1000);
      await visit(scene);
      expectTogether(scene, 'signedOut');
    },
  },
  {
    name: 'a sign-in long after the record has failed is one for all tabs',
    setting: { lifeSeconds: 30, stays: false },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      await failRecord(scene, 1, 'hangs');
      acts.mendRecord(1);
      await pass(60_000);
      acts.signIn(1, 'bob');
      await pass(1000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a sign-in while the record fails is one for all tabs once it works, whatever they had renewed',
    setting: { lifeSeconds: 30, stays: false },
    async play(scene) {
      const { run, acts, pass, expect } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.signIn(1, 'bob');
      await pass(1000);
      acts.renew(0);
      await pass(1000);
      acts.mendRecord(1);
      acts.wake(1);
      await pass(1000);
      expect(
        whoIn(run.tabs) === 'nobody,bob',
        `6: after the sign-in of bob the tabs show ${whoIn(run.tabs)}`,
      );
      await visit(scene);
      for (const { life, recordFailure } of run.tabs)
        expect(recordFailure === undefined, `C: ${life.id} goes by a record of its own`);
    },
  },
  {
    name: 'a later sign-in in another tab ends that of a tab whose record failed',
    setting: { lifeSeconds: 30, stays: false },
    async play(scene) {
      const { run, acts, pass, expect } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.signIn(1, 'bob');
      await pass(1000);
      acts.signIn(0, 'ada');
      acts.signOut(0);
      await pass(1000);
      acts.signIn(0, 'ada');
      await pass(1000);
      acts.mendRecord(1);
      await visit(scene);
      expect(
        !whoIn(run.tabs).includes('bob'),
        `6: after the sign-in of ada the tabs show ${whoIn(run.tabs)}`,
      );
    },
  },
  {
    name: 'a later sign-out in another tab ends the sign-in of a tab whose record failed',
    setting: { lifeSeconds: 30, stays: false },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.signIn(1, 'bob');
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      acts.mendRecord(1);
      await visit(scene);
      expectTogether(scene, 'signedOut');
    },
  },
  {
    name: 'what a tab has signed in to is what others have as well, though its record has never answered',
    setting: { lifeSeconds: 300, stays: false },
    async play(scene) {
      const { run, acts, director, quiet, pass, expect } = scene;
      await pass(1000);
      acts.signOut(1);
      await pass(1000);
      acts.breakRecord(1, 'hangs');
      acts.signIn(1, 'bob');
      await pass(6000);
      acts.wake(1);
      await pass(3000);
      acts.open();
      await pass(6000);
      director.hold(/refresh_token answered/);
      acts.renew(2);
      await quiet();
      acts.renew(1);
      await pass(3000);
      director.release();
      await pass(1000);
      acts.wake(1);
      await pass(3000);
      const { generation } = contentOf(run.disk);
      expect(generation === 2, `2: what others have renewed is generation ${generation} again`);
      acts.mendRecord(1);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'the same user signs in again in a tab whose record fails: it goes on by itself, and is followed then',
    setting: { stays: false },
    async play(scene) {
      const { run, acts, pass, expect } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      signInAgain(scene, 1);
      for (let seconds = 0; seconds < 20; seconds++) {
        acts.activate(1);
        await pass(1000);
        expect(
          run.tabs[1]!.session.status === 'signedIn',
          `T: after ${seconds} s the tabs are ${all(run.tabs)}`,
        );
      }
      acts.mendRecord(1);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'the same user signs in again, which the record carries out without an answer in time',
    setting: { stays: false },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.breakRecord(1, 'hangs');
      signInAgain(scene, 1);
      await pass(3000);
      acts.mendRecord(1);
      await visit(scene, 2500, 12);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'an access token that is sent along while the record fails says nothing about a refresh token whose answer was lost',
    setting: { lifeSeconds: 30, stays: false },
    async play(scene) {
      const { run, acts, pass } = scene;
      await pass(1000);
      run.provider.fail('lost before');
      acts.renew(1);
      await pass(200);
      acts.breakRecord(1, 'refuses');
      acts.wake(1);
      await pass(200);
      acts.adopt(1, 'an access token');
      await pass(200);
      acts.renew(1);
      await pass(1500);
      acts.renew(0);
      await pass(8000);
      acts.mendRecord(1);
      acts.wake(1);
      await pass(2000);
      for (const number of [1, 0]) {
        acts.renew(number);
        await pass(3000);
      }
    },
  },
  {
    name: 'a tab that stood still after its record had worked again shows nobody who is gone',
    setting: { lifeSeconds: 300, stays: false },
    async play(scene) {
      const { run, acts, director, quiet, pass, expect } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'hangs');
      acts.wake(1);
      await pass(6000);
      acts.mendRecord(1);
      acts.stopDead(1);
      await pass(10_000);
      acts.signIn(0, 'bob');
      await pass(1000);
      // A request of the app, as its user comes back.
      run.tabs[1]!.life.run(() => acts.request(1));
      director.hold(/record update heard in 2/);
      await acts.thaw(0);
      await quiet();
      director.release();
      await pass(6000);
      const sent = [...run.calls.values()].filter(({ handed }) => handed > 0);
      expect(sent.length === 0, `6: a call of ${sent[0]?.sub} was sent`);
      expect(!whoIn(run.tabs).includes('ada'), `6: the tabs show ${whoIn(run.tabs)}`);
    },
  },
];
