import type { TabScript } from './play.ts';
import {
  comeTogether,
  expectTogether,
  failInRenewal,
  failRecord,
  mendRecord,
  signInAgain,
  visit,
} from './recordSteps.ts';
import { whoIn } from './states.ts';

/** What has come of tokens that a tab got while its record failed, and of the storage that keeps them. */
export const rejoinedTokensScripts: readonly TabScript[] = [
  {
    name: 'what a tab had got by itself leaves what is kept of the next user, whose tab is closed',
    setting: { storage: 'shared', stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, run, pass, expect } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      signInAgain(scene, 1);
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      acts.signIn(0, 'bob');
      await pass(1000);
      run.provider.cookie = undefined;
      acts.close(0);
      await pass(1000);
      acts.mendRecord(0);
      acts.wake(0);
      await pass(1000);

      acts.open();
      await pass(2000);
      await visit(scene);
      const shown = whoIn(run.tabs);
      expect(shown.includes('bob'), `6: what was kept of bob is gone, and the tabs show ${shown}`);
    },
  },
  {
    name: 'an access token after a marked renewal whose answer came by itself is joined',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass } = scene;
      await pass(1000);
      await failInRenewal(scene, 'refuses');
      director.release();
      await pass(1000);
      acts.adopt(1, 'an access token');
      await pass(500);
      await mendRecord(scene, 1);
      acts.renew(0);
      await pass(3000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'what a tab had got by itself leaves the storage of whoever has signed in since',
    setting: { storage: 'shared', stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, run, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      signInAgain(scene, 1);
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      run.provider.cookie = undefined;
      acts.signIn(0, 'bob');
      await pass(1000);
      run.provider.cookie = undefined;
      acts.mendRecord(1);
      acts.wake(1);
      await pass(3000);
      acts.close(1);
      await pass(500);
      acts.reload(0);
      await pass(3000);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'the refresh token of a marked renewal is kept, though an access token came after it',
    setting: { storage: 'shared', stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass } = scene;
      await pass(1000);
      await failInRenewal(scene, 'refuses');
      director.release();
      await pass(1000);
      acts.adopt(1, 'an access token');
      await pass(500);
      await mendRecord(scene, 1);
      acts.close(0);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a record that fails again after an access token was joined',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.adopt(1, 'an access token');
      await pass(500);
      await mendRecord(scene, 1);
      await failRecord(scene, 1, 'refuses');
      acts.adopt(1, 'an access token');
      await pass(500);
      await comeTogether(scene, 1, 'signedIn');
    },
  },
  {
    name: 'an access token beside the mark of another tab whose renewal is under way',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, quiet, pass } = scene;
      await pass(1000);
      director.hold(/refresh_token answered in 1/);
      acts.renew(0);
      await quiet();
      await pass(300);
      acts.wake(1);
      await pass(200);
      await failRecord(scene, 1, 'refuses');
      acts.adopt(1, 'an access token');
      await pass(500);
      await mendRecord(scene, 1);
      director.release();
      await pass(1000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'an access token after a newer refresh token that came by itself is joined',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.adopt(1, 'a newer refresh token');
      await pass(500);
      acts.adopt(1, 'an access token');
      await pass(500);
      await mendRecord(scene, 1);
      acts.renew(0);
      await pass(4000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'an access token in the middle of a marked renewal is joined',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass } = scene;
      await pass(1000);
      await failInRenewal(scene, 'refuses');
      acts.adopt(1, 'an access token');
      await pass(1000);
      director.release();
      await pass(1000);
      await mendRecord(scene, 1);
      acts.renew(0);
      await pass(3000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a marked renewal and an access token while nothing is answered are joined',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass } = scene;
      await pass(1000);
      await failInRenewal(scene, 'hangs');
      director.release();
      await pass(1000);
      acts.adopt(1, 'an access token');
      await pass(500);
      await mendRecord(scene, 1);
      acts.renew(0);
      await pass(3000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'an access token is joined, though the way back was heard too late',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, quiet, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.adopt(1, 'an access token');
      await pass(500);
      acts.breakRecord(1, 'hangs');
      acts.wake(1);
      await quiet();
      await pass(2100);
      acts.mendRecord(1);
      await pass(2000);
      acts.wake(1);
      await pass(1000);
      await visit(scene);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'an access token while nothing was ever answered is joined',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'hangs');
      acts.adopt(1, 'an access token');
      await pass(3000);
      acts.mendRecord(1);
      await pass(2000);
      acts.wake(1);
      await pass(1000);
      await visit(scene);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'an access token whose note is heard too late is joined',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.breakRecord(1, 'hangs');
      acts.adopt(1, 'an access token');
      await pass(6000);
      acts.mendRecord(1);
      await pass(2000);
      acts.wake(1);
      await pass(1000);
      await visit(scene);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'an access token in the middle of a marked renewal leaves its refresh token to whoever seeks it',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass } = scene;
      await pass(1000);
      await failInRenewal(scene, 'refuses');
      acts.adopt(1, 'an access token');
      await pass(1000);
      await mendRecord(scene, 1);
      acts.renew(0);
      await pass(500);
      director.release();
      await pass(3000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'what a sign-in has made of a marked renewal is given to whoever seeks it',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass } = scene;
      await pass(1000);
      await failInRenewal(scene, 'refuses');
      director.release();
      await pass(500);
      signInAgain(scene, 1);
      await pass(500);
      acts.renew(0);
      await pass(6000);
      await comeTogether(scene, 1, 'signedIn');
    },
  },
  {
    name: 'what a backend has made of a marked renewal is given to whoever seeks it',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass } = scene;
      await pass(1000);
      await failInRenewal(scene, 'refuses');
      director.release();
      await pass(500);
      acts.adopt(1, 'all of a renewal');
      await pass(500);
      acts.renew(0);
      await pass(6000);
      await comeTogether(scene, 1, 'signedIn');
    },
  },
];
