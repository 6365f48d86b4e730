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
import { all } from './states.ts';

/** Who finds tokens that no record shows, and what becomes of the tab that has them. */
export const unrecordedScripts: readonly TabScript[] = [
  {
    name: 'an access token after a marked renewal keeps its tokens from nobody who seeks them',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass } = scene;
      await pass(1000);
      await failInRenewal(scene, 'refuses');
      director.release();
      await pass(1000);
      acts.adopt(1, 'an access token');
      await pass(500);
      acts.renew(0);
      await pass(6000);
      await comeTogether(scene, 1, 'signedIn');
    },
  },
  {
    name: 'tokens of a tab by itself that are just being renewed are given to whoever seeks them afterwards',
    setting: { stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass, quiet } = scene;
      await pass(1000);
      await failInRenewal(scene, 'refuses');
      director.release();
      await pass(500);
      signInAgain(scene, 1);
      await pass(500);
      director.hold(/refresh_token answered in 2/);
      acts.renew(1);
      await quiet();
      acts.renew(0);
      await pass(500);
      director.release();
      await pass(6000);
      await comeTogether(scene, 1, 'signedIn');
    },
  },
  {
    name: 'a new tab that takes old tokens finds later ones that no record shows',
    setting: { stays: false, lifeSeconds: 30, idle: { after: 15_000 } },
    async play(scene) {
      const { acts, director, pass, run, expect } = scene;
      await pass(20_000);
      await failInRenewal(scene, 'refuses');
      director.release();
      await pass(5000);
      acts.open();
      await pass(8000);
      expect(all(run.tabs) === 'signedIn,signedIn,signedIn', `C: a new tab: ${all(run.tabs)}`);
      await comeTogether(scene, 1, 'signedIn');
    },
  },
  {
    name: 'what a restore has marked and renewed is in the storage, though its record failed meanwhile',
    setting: { stays: false, lifeSeconds: 30, storage: 'shared', idle: { after: 15_000 } },
    async play(scene) {
      const { acts, director, pass, quiet, run, expect } = scene;
      await pass(26_000);
      director.hold(/refresh_token answered in/);
      acts.reload(1);
      await quiet();
      await pass(3500);
      acts.breakRecord(1, 'refuses');
      director.release();
      await pass(3000);
      acts.close(0);
      acts.reload(0);
      await pass(8000);
      expect(all(run.tabs) === 'signedIn', `C: after a reload: ${all(run.tabs)}`);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'a reloaded tab that takes old tokens finds later ones in the storage that no record shows',
    setting: { stays: false, lifeSeconds: 30, storage: 'shared', idle: { after: 15_000 } },
    async play(scene) {
      const { acts, director, pass, run, expect } = scene;
      await pass(20_000);
      await failInRenewal(scene, 'refuses');
      director.release();
      await pass(5000);
      acts.reload(1);
      await pass(8000);
      expect(all(run.tabs) === 'signedIn,signedIn', `C: after a reload: ${all(run.tabs)}`);
      await visit(scene);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'old tokens of another tab are not put over later ones in the storage',
    setting: { stays: false, lifeSeconds: 30, storage: 'shared', tabs: 3 },
    async play(scene) {
      const { acts, director, pass, run, expect } = scene;
      await pass(1000);
      await failInRenewal(scene, 'refuses');
      director.release();
      await pass(700);
      const kept = () => JSON.parse([...run.entries.values()][0]!).lease.generation;
      acts.reload(0);
      await pass(2500);
      expect(kept() === 2, `C: the storage holds generation ${kept()}`);
      acts.reload(0);
      await pass(2500);
      await visit(scene, 3000, 6);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'what a tab has handed to a record that hangs it leaves to the others',
    setting: { stays: false, lifeSeconds: 30, tabs: 3 },
    async play(scene) {
      const { acts, director, pass } = scene;
      await pass(1000);
      await failInRenewal(scene, 'hangs');
      director.release();
      await pass(1700);
      acts.signOut(1);
      await pass(1000);
      acts.signIn(1, 'bob');
      await pass(1000);
      acts.signIn(1, 'bob');
      await pass(1000);
      acts.renew(1);
      await pass(1000);
      acts.renew(0);
      await pass(4500);
      await mendRecord(scene, 1);
      await visit(scene, 3000, 4);
      expectTogether(scene, 'signedIn');
    },
  },
  {
    name: 'what a tab by itself has put into the storage it leaves to whoever has found it there',
    setting: { stays: false, lifeSeconds: 30, storage: 'shared' },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.stopDead(0);
      acts.reload(1);
      acts.breakRecord(1, 'refuses');
      await pass(3000);
      acts.renew(1);
      await pass(1000);
      acts.open();
      await pass(2000);
      acts.renew(2);
      await pass(1000);
      acts.renew(1);
      await pass(1000);
      await acts.thawAll();
      await comeTogether(scene, 1, 'signedIn');
    },
  },
  {
    name: 'what a record shows that does not answer its tab, that tab gives to the others',
    setting: { stays: false, lifeSeconds: 30, tabs: 3 },
    async play(scene) {
      const { pass, run, expect } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'hangs');
      signInAgain(scene, 1);
      await pass(700);
      await visit(scene, 3000, 10);
      // It cannot see by itself what they do with them.
      const others = all([run.tabs[0]!, run.tabs[2]!]);
      expect(others === 'signedIn,signedIn', `C: while it hangs the others are ${others}`);
      await comeTogether(scene, 1, 'signedIn');
    },
  },
  {
    name: 'an access token that a record shows, and does not answer its tab, that tab gives to the others',
    setting: { stays: false, lifeSeconds: 30, tabs: 3, storage: 'shared' },
    async play(scene) {
      const { acts, pass, run, expect } = scene;
      await pass(1000);
      await failRecord(scene, 1, 'hangs');
      acts.adopt(1, 'an access token');
      await pass(700);
      await visit(scene, 3000, 10);
      expect(all(run.tabs) === 'signedIn,signedIn,signedIn', `C: while it hangs: ${all(run.tabs)}`);
      await comeTogether(scene, 1, 'signedIn');
    },
  },
];
