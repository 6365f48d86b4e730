import { contentOf } from '../subject.ts';
import type { TabScript } from './play.ts';
import { all } from './states.ts';

/** A renewal takes the refresh token that goes with what was adopted. */
const renewed: TabScript['play'] = async ({ run, acts, director, pass, expect }) => {
  director.release();
  await pass(2000);
  acts.renew(0);
  await pass(2000);
  expect(all(run.tabs) === 'signedIn,signedIn', `T: after an adoption the tabs are ${all(run.tabs)}`);
};

/** An access token comes to the second tab while this step of the first one's renewal is held up. */
const adoptedWhileHeld = async (scene: Parameters<TabScript['play']>[0], step: RegExp): Promise<void> => {
  const { acts, director, pass, quiet } = scene;
  await pass(1000);
  director.hold(step);
  acts.renew(0);
  await quiet();
  acts.adopt(1, 'an access token');
  await quiet();
  await renewed(scene);
};

/** Tokens that a backend sends along with an answer. */
export const adoptionScripts: readonly TabScript[] = [
  ...[0, 1].map((number): TabScript => ({
    name: `an access token that was asked for before another user had signed in is not theirs${number > 0 ? ', in a tab that had the session from another one' : ''}`,
    setting: { lifeSeconds: 300 },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/password answered/);
      acts.signIn(number, 'bob');
      await pass(500);
      const arrive = acts.sendAlong(number, 'an access token');
      await pass(500);
      director.release();
      await quiet();
      const { who } = contentOf(run.disk);
      expect(who === 'bob', `the second user has not signed in: ${who}`);
      arrive();
      await pass(1000);
      acts.request(number);
      await pass(1000);
    },
  })),
  {
    name: 'an access token that is sent along is left where another tab has renewed, and this one has not heard of it',
    setting: { lifeSeconds: 30 },
    play: (scene) => adoptedWhileHeld(scene, /message to 2/),
  },
  {
    name: 'an access token that is sent along is left while another tab renews',
    setting: { lifeSeconds: 30 },
    play: (scene) => adoptedWhileHeld(scene, /refresh_token answered/),
  },
  {
    name: 'an access token that is sent along is left where it has waited in a tab that stood still',
    setting: { lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass, quiet } = scene;
      await pass(1000);
      acts.stopDead(1);
      acts.renew(0);
      await quiet();
      acts.adopt(1, 'an access token');
      await acts.thaw(0);
      await renewed(scene);
    },
  },
  {
    name: 'an access token that is sent along says nothing about the refresh token that is being spent',
    setting: { lifeSeconds: 300, silent: 'frame' },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      acts.adopt(0, 'an access token');
      await quiet();
      const { generation } = run.tabs[1]!.seat.vault.lease()!;
      expect(generation === 2, 'T: an access token that was sent along is not told to the other tabs');
      acts.kill(0);
      director.release();
      acts.renew(0);
      await pass(8000);
      const { refreshes } = run.provider.counts;
      expect(refreshes === 1, '2: a token that may be spent was sent, and the provider was not asked');
      expect(all(run.tabs) === 'signedIn', `T: the tab that is left is ${all(run.tabs)}`);
    },
  },
  {
    name: 'an access token that is sent along while the record fails is kept beside no refresh token that may be spent',
    setting: { tabs: 1, lifeSeconds: 300, silent: 'frame', storage: 'shared' },
    async play({ run, acts, pass, expect }) {
      await pass(1000);
      run.provider.failFrames(true);
      run.provider.fail('lost after');
      acts.renew(0);
      await pass(200);
      acts.breakRecord(0, 'refuses');
      acts.adopt(0, 'an access token');
      await pass(200);
      acts.kill(0);
      run.provider.failFrames(false);
      acts.open();
      await pass(1000);
      acts.renew(0);
      await pass(8000);
      const { refreshes } = run.provider.counts;
      expect(refreshes === 1, `2: a token that may be spent was sent ${refreshes - 1} times more`);
      expect(all(run.tabs) === 'signedIn', `T: the new tab is ${all(run.tabs)}`);
    },
  },
  ...([false, 'shared'] as const).map((storage): TabScript => ({
    name: `an access token that is sent along to a tab without a record is no generation of the others${storage ? ', in the storage neither' : ''}`,
    setting: { lifeSeconds: 300, silent: 'frame', storage },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/message to 2/);
      acts.renew(0);
      await quiet();
      acts.breakRecord(1, 'refuses');
      acts.adopt(1, 'an access token');
      await quiet();
      director.release();
      acts.kill(0);
      acts.open();
      await pass(8000);
      const opened = run.tabs[1]!;
      expect(opened.session.status === 'signedIn', `T: the new tab is ${opened.session.status}`);
      acts.renew(1);
      await pass(2000);
      expect(all(run.tabs) === 'signedIn,signedIn', `T: after its renewal the tabs are ${all(run.tabs)}`);
    },
  })),
  {
    name: 'a newer refresh token that is sent along is told to the other tabs',
    setting: { lifeSeconds: 30 },
    async play(scene) {
      const { acts, pass, quiet } = scene;
      await pass(1000);
      acts.adopt(1, 'a newer refresh token');
      await quiet();
      await renewed(scene);
    },
  },
  {
    name: 'a newer refresh token that is sent along is given to nobody before it is a generation',
    setting: { lifeSeconds: 300, tabs: 1 },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/record update in 1/);
      acts.open();
      acts.adopt(0, 'a newer refresh token');
      await quiet();
      acts.renew(1);
      director.hold(/record update in 1|refresh_token answered/);
      await quiet();
      director.release(/record update/);
      await quiet();
      director.release();
      await pass(1000);
      // What the backend has spent it may have spent ahead of the other tab: then that one is told so, and no more.
      const spent = run.violations.filter((violation) => /^2: .*second time/.test(violation));
      expect(spent.length === 0, `2: ${spent.join()}`);
    },
  },
];
