import { contentOf } from '../subject.ts';
import type { TabScript } from './play.ts';
import { all, reasonOf, whoIn } from './states.ts';

/** A tab stands still that has tokens of one epoch before the last; all that know of the last one are gone. */
const standstill: TabScript['play'] = async ({ acts, pass }) => {
  await pass(1000);
  for (const sub of ['bob', 'ada'] as const) {
    acts.signIn(0, sub);
    await pass(1000);
  }
  acts.kill(0);
  await pass(32_000);
};

/** Whoever has signed in stays, whatever is found of whoever was there before. */
const bobStays: TabScript['play'] = async ({ run, director, pass, expect }) => {
  expect(contentOf(run.disk).who === 'bob', 'the second user has not signed in');
  director.release();
  await pass(1000);
  const { who } = contentOf(run.disk);
  expect(who === 'bob', `6: whoever has signed in is replaced by ${who}: ${all(run.tabs)}`);
};

/** He signs in while a new tab waits for this answer about whoever was there before. */
const bobSignsInAhead = async (scene: Parameters<TabScript['play']>[0], answer: RegExp): Promise<void> => {
  const { acts, director, pass } = scene;
  await standstill(scene);
  director.hold(answer);
  acts.open();
  await pass(2000);
  acts.signIn(0, 'bob');
  await pass(500);
  await bobStays(scene);
};

/** IndexedDB has no room for anything new, in the page that comes after the first one neither. */
const reloadedWithoutRoom = async ({
  run,
  acts,
  pass,
  expect,
}: Parameters<TabScript['play']>[0]): Promise<void> => {
  acts.reload(0);
  acts.breakRecord(0, 'full');
  await pass(5000);
  expect(all(run.tabs) === 'signedIn', `T: the page that was reloaded is ${all(run.tabs)}`);
};

/** What is found of a session, without anybody's doing, as that is over. */
export const arrivalScripts: readonly TabScript[] = [
  {
    name: 'a new tab that stood still as it read when somebody was there last reads it again',
    setting: { tabs: 1, lifeSeconds: 300, idle: { after: 15_000, signOutAfter: 45_000 }, stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      const step = /record (read|update) heard in 2/;
      await pass(1000);
      director.hold(step);
      acts.open();
      const opened = run.tabs[1]!;
      const facts: string[] = [];
      opened.session.on('*', ({ type }) => facts.push(type));
      await quiet();
      for (let steps = 0; steps < 20 && !opened.seat.vault.lease(); steps++) {
        director.release(step);
        director.hold(step);
        await quiet();
      }
      expect(
        !!opened.seat.vault.lease() && facts.length === 0,
        'the tab is not in the middle of its arrival',
      );
      acts.stopDead(1);
      director.release();
      for (let rounds = 0; rounds < 12; rounds++) {
        acts.activate(0);
        await pass(10_000);
      }
      acts.activate(0);
      await quiet();
      await acts.thaw(0);
      await pass(2000);
      expect(facts.join() === 'signedIn', `P: the tab that stood still tells ${facts.join()}`);
    },
  },
  {
    name: 'a page that was reloaded finds in the storage who signed in while the record had no room',
    setting: { tabs: 1, lifeSeconds: 30, storage: 'shared' },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      acts.breakRecord(0, 'full');
      acts.signIn(0, 'bob');
      await pass(1000);
      await reloadedWithoutRoom(scene);
    },
  },
  {
    name: 'a page that was reloaded finds in the storage what was renewed while the record had no room',
    setting: { tabs: 1, lifeSeconds: 30, storage: 'shared' },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.breakRecord(0, 'full');
      acts.renew(0);
      await pass(1000);
      await reloadedWithoutRoom(scene);
    },
  },
  {
    name: 'a page that was reloaded after a sign-out finds nobody, though the record had no room for it',
    setting: { tabs: 1, lifeSeconds: 30, storage: 'shared', stays: false },
    async play({ run, acts, pass, expect }) {
      await pass(1000);
      acts.breakRecord(0, 'full');
      acts.renew(0);
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      acts.reload(0);
      acts.breakRecord(0, 'full');
      await pass(5000);
      expect(!all(run.tabs).includes('signedIn'), `6: whoever has signed out is back: ${all(run.tabs)}`);
    },
  },
  {
    name: 'a new tab that the provider names nobody to ends nothing of a frozen one',
    setting: { tabs: 1, lifeSeconds: 30, silent: 'frame', stays: false },
    async play({ run, acts, pass, expect }) {
      await pass(1000);
      // The refresh token outlives the provider's own session.
      acts.cookie(undefined);
      acts.freeze(0);
      acts.open();
      await pass(5000);
      await acts.thaw(0);
      acts.activate(0);
      await pass(1000);
      const [tab] = run.tabs;
      expect(reasonOf(tab!) === 'signedIn', `T: the tab that was frozen is ${reasonOf(tab!)}`);
    },
  },
  {
    name: 'a new tab that the provider names nobody to ends nothing of a busy one, and gets its session',
    setting: { tabs: 1, lifeSeconds: 30, silent: 'frame', stays: false },
    async play({ run, acts, pass, quiet, expect }) {
      await pass(1000);
      acts.cookie(undefined);
      acts.stopDead(0);
      acts.open();
      await quiet();
      await pass(400);
      await acts.thaw(0);
      await pass(1000);
      expect(all(run.tabs) === 'signedIn,signedIn', `T: after a busy moment the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'whoever has signed in is not replaced by a silent sign-in of whoever was there before',
    setting: { lifeSeconds: 30, silent: 'frame', stays: false },
    play: (scene) => bobSignsInAhead(scene, /authorization_code answered/),
  },
  {
    name: 'whoever has signed in is not replaced by a renewal of what a storage has kept of whoever was there before',
    setting: { lifeSeconds: 30, storage: 'shared', stays: false },
    play: (scene) => bobSignsInAhead(scene, /refresh_token answered/),
  },
  {
    name: 'whoever has signed out is not brought back by a silent sign-in that began before',
    setting: { tabs: 1, lifeSeconds: 30, silent: 'frame', stays: false },
    async play(scene) {
      const { run, acts, director, pass, quiet, expect } = scene;
      await pass(1000);
      director.hold(/authorization_code answered/);
      acts.stopDead(0);
      acts.open();
      await pass(400);
      await acts.thaw(0);
      await pass(1000);
      acts.signOut(0);
      await pass(1000);
      acts.signIn(0, 'bob');
      await pass(1000);
      await bobStays(scene);
      acts.request(1);
      await quiet();
      expect(!whoIn(run.tabs).includes('ada'), `6: whoever has signed out is back: ${whoIn(run.tabs)}`);
    },
  },
  {
    name: 'stored tokens whose renewal has failed are not shown once somebody else has signed in',
    setting: { lifeSeconds: 30, storage: 'shared', stays: false },
    async play(scene) {
      const { run, acts, director, pass, quiet, expect } = scene;
      await standstill(scene);
      run.provider.fail('lost before');
      director.hold(/refresh_token lost in/);
      acts.open();
      await pass(400);
      const [, arrived] = run.tabs;
      const check = (): void => {
        const shown = whoIn([arrived!]);
        expect(shown !== 'ada', '6: whoever was there before is shown after somebody else has signed in');
      };
      acts.signIn(0, 'bob');
      await quiet();
      const stop = arrived!.session.subscribe(check);
      await bobStays(scene);
      stop();
    },
  },
  {
    name: 'a restoring tab tells the others of a refresh token that is all that can be used of an answer',
    setting: { tabs: 1, idle: { after: 15_000 }, stays: false },
    async play({ run, acts, pass, quiet, expect }) {
      // Nobody is there, and so nobody renews: whoever comes has to.
      await pass(40_000);
      run.provider.fail('no access token');
      acts.open();
      await quiet();
      await pass(200);
      acts.activate(0);
      await pass(2000);
      expect(all(run.tabs) === 'signedIn,signedIn', `T: after half an answer the tabs are ${all(run.tabs)}`);
    },
  },
];
