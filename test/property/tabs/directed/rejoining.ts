import type { TabScript } from './play.ts';
import {
  comeTogether,
  expectTogether,
  failRecord,
  mendRecord,
  type Scene,
  signInAgain,
  visit,
} from './recordSteps.ts';
import { all } from './states.ts';

/** From now on the provider issues none; the user signs in anew. */
const signInWithoutRefreshTokens = async ({ run, acts, pass }: Scene): Promise<void> => {
  const { issue } = run.mint;
  Object.assign(run.mint, {
    issue: (...of: Parameters<typeof issue>) => {
      const { refresh_token: _, ...rest } = issue(...of);
      return rest;
    },
  });
  acts.signOut(0);
  await pass(1000);
  acts.signIn(0, 'ada');
  await pass(1000);
};

/** What else can be under way in tabs whose records have failed, as those work again. */
export const rejoiningScripts: readonly TabScript[] = [
  {
    name: 'a page that was loaded while its record failed does not revive what others have signed out of',
    setting: { storage: 'shared', stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, run, pass } = scene;
      await pass(1000);
      acts.reload(1);
      acts.breakRecord(1, 'refuses');
      await pass(3000);
      acts.signOut(0);
      await pass(1000);
      await mendRecord(scene, 1);
      await visit(scene);
      void run;
      expectTogether(scene, 'signedOut');
    },
  },
  {
    name: 'a page that was loaded while its record failed does not set the generation back',
    setting: { storage: 'shared', stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.reload(1);
      acts.breakRecord(1, 'refuses');
      await pass(3000);
      acts.renew(0);
      await pass(1000);
      acts.mendRecord(1);
      acts.wake(1);
      await pass(300);
      acts.renew(1);
      await pass(1000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'an own refresh token that is being sent as the record works again is shared once its answer is there',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, quiet, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      signInAgain(scene, 1);
      await pass(1000);
      director.hold(/refresh_token answered in 2/);
      acts.renew(1);
      await quiet();
      acts.mendRecord(1);
      acts.wake(1);
      await pass(500);
      acts.renew(0);
      await pass(1000);
      director.release();
      await pass(1000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'an own refresh token that the timers have sent is shared once its answer is there',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, run, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      signInAgain(scene, 1);
      await pass(1000);
      director.hold(/refresh_token answered in 2/);
      let isSent = false;
      for (let s = 0; s < 40 && !isSent; s++) {
        acts.activate(1);
        acts.activate(0);
        await pass(1000);
        isSent = run.log.some((line, i) => i > 0 && line.includes('2 sends refresh_token'));
      }
      acts.mendRecord(1);
      acts.wake(1);
      await pass(1500);
      director.release();
      await pass(1000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a sign-in after the sign-out of another tab holds',
    setting: { stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.signOut(0);
      await pass(5000);
      acts.signIn(1, 'bob');
      await pass(1000);
      acts.mendRecord(1);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a sign-out after the sign-in of a tab whose record failed holds, though it ends a later epoch',
    setting: { stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.signOut(0);
      await pass(1000);
      acts.signIn(0, 'ada');
      await pass(1000);
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
    name: 'an own sign-in that another tab has taken from the storage goes on as that has renewed it',
    setting: { storage: 'shared', stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.signIn(1, 'bob');
      await pass(1000);
      acts.open();
      await pass(1000);
      acts.renew(2);
      await pass(1000);
      acts.mendRecord(1);
      acts.wake(1);
      await pass(300);
      acts.renew(1);
      await pass(1000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'where nobody has a refresh token, tabs whose records failed agree all the same',
    setting: { silent: 'frame', stays: false, lifeSeconds: 10 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      await signInWithoutRefreshTokens(scene);
      await failRecord(scene, 1, 'refuses');
      for (let s = 0; s < 15; s++) {
        acts.activate(0);
        acts.activate(1);
        await pass(1000);
      }
      acts.mendRecord(1);
      await visit(scene, 2000, 10);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'the same generation holds, though the tab that has renewed is gone',
    setting: { storage: 'shared', stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.reload(1);
      acts.breakRecord(1, 'refuses');
      await pass(3000);
      acts.renew(0);
      await pass(1000);
      acts.close(0);
      await pass(1000);
      acts.mendRecord(0);
      acts.wake(0);
      await pass(300);
      acts.renew(0);
      await pass(1000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'the same generation holds, though the tab that has renewed is frozen by its browser',
    setting: { storage: 'shared', stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.reload(1);
      acts.breakRecord(1, 'hangs');
      await pass(6000);
      acts.renew(0);
      await pass(1000);
      acts.freeze(0);
      await pass(1000);
      acts.mendRecord(1);
      acts.wake(1);
      await pass(300);
      acts.renew(1);
      await pass(1000);
      await acts.thawAll();
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a sign-out holds where one tab has held up the record of all, and another was reloaded',
    setting: { storage: 'shared', stays: false, lifeSeconds: 300, tabs: 2 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      for (const n of [0, 1]) acts.breakRecord(n, 'refuses');
      for (const n of [0, 1]) acts.wake(n);
      await pass(1000);
      acts.reload(1);
      acts.breakRecord(1, 'refuses');
      await pass(3000);
      acts.signOut(0);
      await pass(1000);
      acts.mendRecord(0);
      acts.wake(0);
      await pass(500);
      acts.mendRecord(1);
      acts.wake(1);
      await pass(500);
      await visit(scene);
      expectTogether(scene, 'signedOut');
    },
  },
  {
    name: 'an own sign-in that another tab has taken from the storage and renewed goes on, though that is closed',
    setting: { storage: 'shared', stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.signIn(1, 'bob');
      await pass(1000);
      acts.reload(0);
      await pass(1000);
      // The reloaded one is the last.
      acts.renew(1);
      await pass(1000);
      acts.close(1);
      await pass(100);
      acts.mendRecord(0);
      acts.wake(0);
      await pass(300);
      acts.renew(0);
      await pass(1000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a tab that has renewed by itself, alone, goes on as another one is opened',
    setting: { stays: false, lifeSeconds: 10, tabs: 1 },
    async play(scene) {
      const { acts, run, pass, expect } = scene;
      await pass(1000);
      await failRecord(scene, 0, 'refuses');
      for (let s = 0; s < 15; s++) {
        acts.activate(0);
        await pass(1000);
      }
      acts.open();
      for (let s = 0; s < 30; s++) {
        acts.activate(0);
        await pass(1000);
      }
      expect(run.tabs[0]!.session.status === 'signedIn', `T: ${all(scene.run.tabs)}`);
    },
  },
  {
    name: 'activity in a tab without refresh tokens counts once its record works',
    setting: {
      silent: 'frame',
      stays: false,
      lifeSeconds: 10,
      idle: { after: 15_000, signOutAfter: 45_000 },
    },
    async play(scene) {
      const { acts, run, pass, expect } = scene;
      await pass(1000);
      await signInWithoutRefreshTokens(scene);
      await failRecord(scene, 1, 'refuses');
      for (let s = 0; s < 12; s++) {
        acts.activate(0);
        acts.activate(1);
        await pass(1000);
      }
      acts.mendRecord(1);
      for (let s = 0; s < 80; s++) {
        acts.activate(1);
        if (s % 10 === 0) acts.wake(1);
        await pass(1000);
      }
      expect(run.tabs[1]!.session.status === 'signedIn', `T: ${all(scene.run.tabs)}`);
      expect(run.tabs[0]!.session.status === 'signedIn', `T: ${all(scene.run.tabs)}`);
    },
  },
  {
    name: 'tabs that have signed in by themselves come back in either order',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      for (const n of [0, 1]) await failRecord(scene, n, 'refuses');
      for (const n of [0, 1]) signInAgain(scene, n);
      await pass(1000);
      for (const n of [1, 0]) {
        acts.mendRecord(n);
        acts.wake(n);
        await pass(500);
      }
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'own tokens of a frame are not lost with their tab',
    setting: { silent: 'frame', storage: 'shared', stays: false, lifeSeconds: 10 },
    async play(scene) {
      const { acts, pass, run } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      for (let s = 0; s < 8; s++) {
        acts.activate(1);
        await pass(1000);
      }
      acts.mendRecord(1);
      acts.wake(1);
      await pass(500);
      run.provider.cookie = undefined;
      acts.close(0);
      acts.reload(0);
      await pass(500);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'own tokens of a frame that are being renewed as the record works again are sent once',
    setting: { silent: 'frame', stays: false, lifeSeconds: 10 },
    async play(scene) {
      const { acts, director, run, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      for (let s = 0; s < 8; s++) {
        acts.activate(0);
        acts.activate(1);
        await pass(1000);
      }
      director.hold(/refresh_token answered in 2/);
      const from = run.log.length;
      const isSent = () => run.log.slice(from).some((line) => line.includes('2 sends refresh_token'));
      for (let s = 0; s < 20 && !isSent(); s++) {
        acts.activate(1);
        acts.activate(0);
        await pass(500);
      }
      acts.mendRecord(1);
      acts.wake(1);
      await pass(1500);
      director.release();
      await pass(1000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a new sign-in that is being renewed as the record works again is sent once',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, quiet, pass } = scene;
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.signIn(1, 'bob');
      await pass(1000);
      director.hold(/refresh_token answered in 2/);
      acts.renew(1);
      await quiet();
      acts.mendRecord(1);
      acts.wake(1);
      await pass(500);
      acts.renew(0);
      await pass(6000);
      director.release();
      await pass(1000);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'whoever has followed others in a write that was given up does not have their refresh token',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, quiet, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.renew(0);
      await pass(500);
      // The way back is carried out, and heard too late: then the page is by itself again.
      acts.breakRecord(1, 'hangs');
      acts.wake(1);
      await quiet();
      await pass(2100);
      acts.adopt(1, 'an access token');
      await quiet();
      acts.mendRecord(1);
      await pass(2000);
      acts.wake(1);
      await pass(1000);
      acts.renew(1);
      await pass(1000);
      await visit(scene, 5000, 8);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a first sign-in whose note is heard too late goes on as others have made of it',
    setting: { silent: 'frame', stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, quiet, pass } = scene;
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      acts.breakRecord(1, 'hangs');
      acts.signIn(1, 'bob');
      await pass(4000);
      acts.wake(1);
      await pass(1000);
      acts.wake(0);
      await pass(3000);
      acts.signOut(0);
      await quiet();
      await pass(3000);
      acts.mendRecord(1);
      await pass(3000);
      await visit(scene);
      expectTogether(scene, 'signedOut');
    },
  },
  {
    name: 'whoever was named by others keeps the name',
    setting: { names: false, stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, run, pass } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'refuses');
      acts.adopt(1, 'all of a renewal');
      await pass(500);
      // The backend of the other tab names them.
      Object.assign(run.setting, { names: true });
      acts.adopt(0, 'all of a renewal');
      await pass(500);
      await comeTogether(scene, 1, 'signedIn');
    },
  },
  {
    name: 'a sign-in that was given up while its note was carried out hides nobody from its tab',
    setting: { silent: 'frame', stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, run, pass } = scene;
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      acts.breakRecord(1, 'hangs');
      acts.signIn(1, 'bob');
      await pass(500);
      run.provider.fail('lost before');
      acts.signIn(1, 'bob');
      await pass(4000);
      await mendRecord(scene, 1);
      acts.wake(0);
      await pass(6000);
      await visit(scene, 5000, 6);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a sign-in that was given up hides nobody, after a sign-out neither',
    setting: { silent: 'frame', stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      acts.breakRecord(1, 'hangs');
      acts.signIn(1, 'bob');
      await pass(500);
      acts.signOut(1);
      await pass(4000);
      await mendRecord(scene, 1);
      acts.signIn(0, 'ada');
      await pass(1000);
      await visit(scene, 5000, 6);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'activity in a tab that stays by itself counts in all',
    setting: { stays: false, lifeSeconds: 10, idle: { after: 15_000, signOutAfter: 45_000 } },
    async play(scene) {
      const { acts, run, pass, expect } = scene;
      await pass(1000);

      await failRecord(scene, 1, 'refuses');
      for (let s = 0; s < 12; s++) {
        acts.activate(0);
        acts.activate(1);
        if (s % 2 === 0) acts.adopt(1, 'an access token');
        await pass(1000);
      }
      acts.mendRecord(1);
      for (let s = 0; s < 80; s++) {
        acts.activate(1);
        if (s % 3 === 0) acts.adopt(1, 'an access token');
        if (s % 10 === 0) acts.wake(1);
        await pass(1000);
      }
      expect(
        run.tabs.every(({ session }) => session.status === 'signedIn'),
        `T: ${all(scene.run.tabs)}`,
      );
    },
  },
  {
    name: 'a sign-out in a page that does not know yet who is signed in, because its record fails, holds',
    setting: { storage: 'shared', stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.reload(1);
      acts.breakRecord(1, 'refuses');
      acts.signOut(1);
      await pass(3000);
      await comeTogether(scene, 1, 'signedOut');
    },
  },
  {
    name: 'a sign-out in such a page ends whoever has signed in just before it',
    setting: { stays: false, lifeSeconds: 300, tabs: 3 },
    async play(scene) {
      const { acts, pass } = scene;
      for (const user of ['bob', 'ada'] as const) {
        acts.signIn(0, user);
        await pass(100);
      }
      acts.reload(1);
      acts.breakRecord(2, 'refuses');
      await pass(300);
      acts.signOut(2);
      await pass(3000);
      await comeTogether(scene, 2, 'signedOut');
    },
  },
  {
    name: 'of two users who sign in after the clock was set back, in tabs that do not see each other, one stays',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, run, expect, pass } = scene;
      await pass(1000);
      acts.jumpWall(-3_600_000);
      await pass(500);
      await failRecord(scene, 1, 'refuses');
      acts.signOut(0);
      await pass(1000);
      acts.signIn(0, 'ada');
      await pass(1000);
      acts.signIn(1, 'bob');
      await pass(1000);
      await mendRecord(scene, 1);
      acts.requestEverywhere();
      await visit(scene);
      expect(all(run.tabs).includes('signedIn'), 'C: two epochs of one number have ended each other');
    },
  },
];
