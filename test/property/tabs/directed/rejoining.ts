import type { SignInOptions } from '../../../../src/grants/signInOptions.ts';
import type { TabScript } from './play.ts';
import { all } from './states.ts';

type Scene = Parameters<TabScript['play']>[0];

/** Somebody is there in all tabs, and looks at each of them. */
const visit = async ({ run, acts, pass }: Scene, everyMs = 5000, times = 4): Promise<void> => {
  for (let visits = 0; visits < times; visits++) {
    for (const number of run.tabs.keys()) {
      acts.activate(number);
      acts.wake(number);
    }
    await pass(everyMs);
  }
};
/** The record of this tab fails, which is noticed. */
const fail = async (
  { acts, pass }: Scene,
  number: number,
  how: 'refuses' | 'hangs' | 'full',
): Promise<void> => {
  acts.breakRecord(number, how);
  acts.wake(number);
  acts.activate(number);
  await pass(how === 'hangs' ? 3000 : 500);
};
/** All tabs are as they should be, and no tab goes by a record of its own. */
const together = (scene: Scene, status: string): void => {
  const { run, expect } = scene;
  const states = all(run.tabs).replaceAll(/ \w+/g, '');
  expect(states === run.tabs.map(() => status).join(), `C: on the way back the tabs are ${all(run.tabs)}`);
  for (const { life, recordFailure } of run.tabs)
    expect(recordFailure === undefined, `C: ${life.id} goes by a record of its own: ${recordFailure}`);
};
/** The same user signs in once more. */
const again = ({ run }: Scene, number: number): void => {
  run.tabs[number]!.session.signIn({ username: 'ada', password: 'x', maxAge: 0 } as SignInOptions).catch(
    () => undefined,
  );
};

/** What else can be under way in tabs whose records have failed, as those work again. */
export const rejoiningScripts: readonly TabScript[] = [
  {
    name: 'a page that was loaded while its record failed does not revive what others have signed out of',
    setting: { storage: true, stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, run, pass } = scene;
      await pass(1000);
      acts.reload(1);
      acts.breakRecord(1, 'refuses');
      await pass(3000);
      acts.signOut(0);
      await pass(1000);
      acts.mendRecord(1);
      acts.wake(1);
      await pass(1000);
      await visit(scene);
      void run;
      together(scene, 'signedOut');
    },
  },
  {
    name: 'a page that was loaded while its record failed does not set the generation back',
    setting: { storage: true, stays: false, lifeSeconds: 30 },
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
      together(scene, 'signedIn');
    },
  },
  {
    name: 'an own refresh token that is being sent as the record works again is shared once its answer is there',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, quiet, pass } = scene;
      await pass(1000);
      await fail(scene, 1, 'refuses');
      again(scene, 1);
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
      together(scene, 'signedIn');
    },
  },
  {
    name: 'an own refresh token that the timers have sent is shared once its answer is there',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, run, pass } = scene;
      await pass(1000);
      await fail(scene, 1, 'refuses');
      again(scene, 1);
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
      together(scene, 'signedIn');
    },
  },
  {
    name: 'a sign-in after the sign-out of another tab holds',
    setting: { stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      await fail(scene, 1, 'refuses');
      acts.signOut(0);
      await pass(5000);
      acts.signIn(1, 'bob');
      await pass(1000);
      acts.mendRecord(1);
      await visit(scene);
      together(scene, 'signedIn');
    },
  },
  {
    name: 'a sign-out after the sign-in of a tab whose record failed holds, though it ends a later epoch',
    setting: { stays: false, lifeSeconds: 300 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      await fail(scene, 1, 'refuses');
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
      together(scene, 'signedOut');
    },
  },
  {
    name: 'an own sign-in that another tab has taken from the storage goes on as that has renewed it',
    setting: { storage: true, stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      await fail(scene, 1, 'refuses');
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
      together(scene, 'signedIn');
    },
  },
  {
    name: 'where nobody has a refresh token, tabs whose records failed agree all the same',
    setting: { silent: 'frame', stays: false, lifeSeconds: 10 },
    async play(scene) {
      const { acts, run, pass } = scene;
      await pass(1000);
      // The provider issues none.
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
      await fail(scene, 1, 'refuses');
      for (let s = 0; s < 15; s++) {
        acts.activate(0);
        acts.activate(1);
        await pass(1000);
      }
      acts.mendRecord(1);
      await visit(scene, 2000, 10);
      together(scene, 'signedIn');
    },
  },
  {
    name: 'the same generation holds, though the tab that has renewed is gone',
    setting: { storage: true, stays: false, lifeSeconds: 30 },
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
      together(scene, 'signedIn');
    },
  },
  {
    name: 'the same generation holds, though the tab that has renewed is frozen by its browser',
    setting: { storage: true, stays: false, lifeSeconds: 30 },
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
      together(scene, 'signedIn');
    },
  },
  {
    name: 'a sign-out holds where one tab has held up the record of all, and another was reloaded',
    setting: { storage: true, stays: false, lifeSeconds: 300, tabs: 2 },
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
      together(scene, 'signedOut');
    },
  },
  {
    name: 'an own sign-in that another tab has taken from the storage and renewed goes on, though that is closed',
    setting: { storage: true, stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      await fail(scene, 1, 'refuses');
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
      together(scene, 'signedIn');
    },
  },
  {
    name: 'a tab that has renewed by itself, alone, goes on as another one is opened',
    setting: { stays: false, lifeSeconds: 10, tabs: 1 },
    async play(scene) {
      const { acts, run, pass, expect } = scene;
      await pass(1000);
      await fail(scene, 0, 'refuses');
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
      await fail(scene, 1, 'refuses');
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
      for (const n of [0, 1]) await fail(scene, n, 'refuses');
      for (const n of [0, 1]) again(scene, n);
      await pass(1000);
      for (const n of [1, 0]) {
        acts.mendRecord(n);
        acts.wake(n);
        await pass(500);
      }
      await visit(scene);
      together(scene, 'signedIn');
    },
  },
  {
    name: 'own tokens of a frame are not lost with their tab',
    setting: { silent: 'frame', storage: true, stays: false, lifeSeconds: 10 },
    async play(scene) {
      const { acts, pass, run } = scene;
      await pass(1000);
      await fail(scene, 1, 'refuses');
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
      together(scene, 'signedIn');
    },
  },
  {
    name: 'own tokens of a frame that are being renewed as the record works again are sent once',
    setting: { silent: 'frame', stays: false, lifeSeconds: 10 },
    async play(scene) {
      const { acts, director, run, pass } = scene;
      await pass(1000);
      await fail(scene, 1, 'refuses');
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
      together(scene, 'signedIn');
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
      await fail(scene, 1, 'refuses');
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
      together(scene, 'signedIn');
    },
  },
  {
    name: 'whoever has followed others in a write that was given up does not have their refresh token',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, quiet, pass } = scene;
      await pass(1000);
      await fail(scene, 1, 'refuses');
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
      await visit(scene);
      together(scene, 'signedIn');
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
      together(scene, 'signedOut');
    },
  },
  {
    name: 'whoever was named by others keeps the name',
    setting: { names: false, stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, run, pass } = scene;
      await pass(1000);
      await fail(scene, 1, 'refuses');
      acts.adopt(1, 'all of a renewal');
      await pass(500);
      // The backend of the other tab names them.
      Object.assign(run.setting, { names: true });
      acts.adopt(0, 'all of a renewal');
      await pass(500);
      acts.mendRecord(1);
      acts.wake(1);
      await pass(1000);
      await visit(scene);
      together(scene, 'signedIn');
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
      acts.mendRecord(1);
      acts.wake(1);
      await pass(1000);
      acts.wake(0);
      await pass(6000);
      await visit(scene, 5000, 6);
      together(scene, 'signedIn');
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
      acts.mendRecord(1);
      acts.wake(1);
      await pass(1000);
      acts.signIn(0, 'ada');
      await pass(1000);
      await visit(scene, 5000, 6);
      together(scene, 'signedIn');
    },
  },
  {
    name: 'activity in a tab that stays by itself counts in all',
    setting: { stays: false, lifeSeconds: 10, idle: { after: 15_000, signOutAfter: 45_000 } },
    async play(scene) {
      const { acts, run, pass, expect } = scene;
      await pass(1000);

      await fail(scene, 1, 'refuses');
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
];
