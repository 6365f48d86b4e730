import { CHANNEL, contentOf } from '../subject.ts';
import type { TabScript } from './play.ts';
import { all } from './states.ts';

const times = (count: number, what: string): string => Array.from({ length: count }, () => what).join();

/** Five tabs that a browser restores at once, of a session that no living tab has. */
const restored: TabScript['play'] = async ({ acts, director, pass }) => {
  director.hold(/authorize/);
  acts.kill(0);
  acts.restore(5);
  // All of them have asked the others in vain, and wait for their turn but for one.
  await pass(500);
  director.release();
  await pass(0);
};

/** Three tabs learn that the refresh token is refused, each by itself. */
const refused: TabScript['play'] = async ({ run, acts, director, pass, quiet }) => {
  director.hold(/authorize/);
  run.provider.fail('revoked');
  for (const number of run.tabs.keys()) acts.renew(number);
  await quiet();
  director.release();
  for (let rounds = 0; rounds < 5; rounds++) await pass(100);
};

/** A new tab of a session that no living tab has finds nothing, and is seen three times. Returns how often it has asked the others. */
const seenInVain = async ({ run, acts, pass }: Parameters<TabScript['play']>[0]): Promise<number> => {
  const asked = (): number => run.log.filter((line) => line.includes('asked is posted')).length;
  acts.kill(0);
  acts.open();
  for (let seconds = 0; seconds < 6; seconds++) await pass(1000);
  const before = asked();
  for (let wakes = 0; wakes < 3; wakes++) {
    acts.wake(0);
    await pass(5000);
  }
  return asked() - before;
};

/** Silent sign-ins, of which one tab makes one for all. */
export const silentScripts: readonly TabScript[] = [
  {
    name: 'a tab that has found nothing looks for nothing more, however often it is seen',
    setting: { tabs: 1 },
    async play(scene) {
      const asked = await seenInVain(scene);
      scene.expect(asked === 0, `S: the others were asked ${asked} times more`);
    },
  },
  {
    name: 'a tab whose frame was not answered asks once more after a minute, and not whenever it is seen',
    setting: { tabs: 1, silent: 'frame' },
    async play(scene) {
      const { run, acts, pass, expect } = scene;
      run.provider.failFrames(true);
      await seenInVain(scene);
      expect(run.provider.counts.frames === 1, `S: ${run.provider.counts.frames} silent sign-ins`);
      run.provider.failFrames(false);
      for (let seconds = 0; seconds < 60; seconds++) await pass(1000);
      acts.wake(0);
      await pass(5000);
      expect(all(run.tabs) === 'signedIn', `T: the tab is ${all(run.tabs)}`);
    },
  },
  {
    name: 'tabs that are restored at once ask the provider once, and take what it brings',
    setting: { tabs: 1, silent: 'frame' },
    async play(scene) {
      const { run, pass, expect } = scene;
      await restored(scene);
      await pass(1000);
      expect(run.provider.counts.frames === 1, `S: ${run.provider.counts.frames} silent sign-ins`);
      expect(all(run.tabs) === times(5, 'signedIn'), `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'tabs that are restored at once ask the provider once where it knows nobody',
    setting: { tabs: 1, silent: 'frame' },
    async play(scene) {
      const { run, acts, pass, expect } = scene;
      acts.cookie(undefined);
      await restored(scene);
      await pass(1000);
      expect(run.provider.counts.frames === 1, `S: ${run.provider.counts.frames} silent sign-ins`);
      expect(all(run.tabs) === times(5, 'signedOut'), `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'tabs that are restored at once wait for one frame that is never answered, and no longer than for one',
    setting: { tabs: 1, silent: 'frame' },
    async play(scene) {
      const { run, pass, expect } = scene;
      run.provider.failFrames(true);
      await restored(scene);
      await pass(2500);
      expect(all(run.tabs) === times(5, 'loading'), `T: before its time the tabs are ${all(run.tabs)}`);
      await pass(1000);
      expect(run.provider.counts.frames === 1, `S: ${run.provider.counts.frames} silent sign-ins`);
      expect(all(run.tabs) === times(5, 'signedOut'), `T: after 4 s the tabs are ${all(run.tabs)}`);
      for (let seconds = 0; seconds < 5; seconds++) await pass(1000);
      expect(run.provider.counts.frames === 1, `S: ${run.provider.counts.frames} silent sign-ins, for ever`);
      // Nothing is known: whoever comes later asks for itself.
      expect(contentOf(run.disk).who === 'ada', 'T: a frame that was silent has signed somebody out');
    },
  },
  {
    name: 'tabs that find tokens which cannot be renewed ask the provider once more, and not each for itself',
    setting: { tabs: 1, silent: 'frame', idle: { after: 15_000 } },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(20_000);
      director.hold(/authorize/);
      acts.kill(0);
      acts.restore(4);
      await pass(500);
      const holder = run.tabs.findIndex(({ life }) => life === run.locks.holder);
      for (const number of run.tabs.keys()) if (number !== holder) acts.stopDead(number);
      director.release();
      await quiet();
      expect(run.provider.counts.frames === 1, `S: ${run.provider.counts.frames} silent sign-ins at first`);
      // Nobody is there, and so nobody renews: what the first tab has brought expires.
      await pass(9000);
      run.provider.fail('revoked');
      await acts.thawAll();
      for (let seconds = 0; seconds < 5; seconds++) await pass(1000);
      expect(run.provider.counts.frames === 2, `S: ${run.provider.counts.frames} silent sign-ins`);
      expect(all(run.tabs) === times(4, 'signedIn'), `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'a tab asks the provider before it sends a refresh token that another one may have spent',
    setting: { lifeSeconds: 300, silent: 'frame' },
    async play({ run, acts, director, pass, quiet, expect }) {
      const { counts } = run.provider;
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      acts.kill(0);
      director.release();
      acts.renew(0);
      // It asks the others first.
      await pass(8000);
      expect(counts.frames === 1, `S: ${counts.frames} silent sign-ins`);
      expect(counts.refreshes === 1, '2: a token that may be spent was sent, and the provider was not asked');
      expect(all(run.tabs) === 'signedIn', `T: the tab that is left is ${all(run.tabs)}`);
    },
  },
  {
    name: 'a tab that is loaded twice beside one whose tokens have expired asks the provider, and sends none that may be spent',
    setting: { silent: 'frame', idle: { after: 15_000 } },
    async play({ run, acts, director, quiet, pass, expect }) {
      // Nobody is there, and so nobody renews.
      await pass(35_000);
      const before = run.provider.counts.refreshes;
      director.hold(/refresh_token answered/);
      acts.reload(0);
      await pass(1000);
      // The page that was loaded anew is the last of them by now.
      acts.reload(1);
      await quiet();
      director.release();
      await pass(2000);
      acts.activate(1);
      await pass(2000);
      const { refreshes, frames } = run.provider.counts;
      const sent = refreshes - before;
      expect(sent === 1 && frames === 1, `2: ${sent} tokens sent, ${frames} silent sign-ins`);
      expect(all(run.tabs) === 'signedIn,signedIn', `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'one tab rescues the session for all',
    setting: { tabs: 3, silent: 'frame' },
    async play(scene) {
      const { run, expect } = scene;
      await refused(scene);
      expect(run.provider.counts.frames === 1, `S: ${run.provider.counts.frames} silent sign-ins`);
      expect(all(run.tabs) === times(3, 'signedIn'), `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'one tab asks in vain for all whether the session can be rescued',
    setting: { tabs: 3, silent: 'frame' },
    async play(scene) {
      const { run, acts, expect } = scene;
      acts.cookie(undefined);
      await refused(scene);
      expect(run.provider.counts.frames === 1, `S: ${run.provider.counts.frames} silent sign-ins`);
      expect(all(run.tabs) === times(3, 'signedOut revoked'), `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'one tab waits for all for a frame that is never answered',
    setting: { tabs: 3, silent: 'frame' },
    async play(scene) {
      const { run, pass, expect } = scene;
      run.provider.failFrames(true);
      await refused(scene);
      await pass(4000);
      await pass(100);
      expect(run.provider.counts.frames === 1, `S: ${run.provider.counts.frames} silent sign-ins`);
      expect(all(run.tabs) === times(3, 'signedOut revoked'), `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'a tab that reads in its turn that the session is over asks nobody',
    setting: { silent: 'frame' },
    async play({ run, acts, director, quiet, pass, expect }) {
      run.provider.fail('revoked');
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      // It waits for its turn; of the sign-out nobody tells it.
      director.hold(/lock granted in 1|record update heard in 2/);
      director.release(/refresh_token/);
      await quiet();
      acts.signOut(1);
      await quiet();
      acts.kill(1);
      director.release();
      await pass(100);
      expect(run.provider.counts.frames === 0, `S: ${run.provider.counts.frames} silent sign-ins`);
      expect(all(run.tabs) === 'signedOut', `C: after a sign-out the tab is ${all(run.tabs)}`);
    },
  },
  {
    name: 'whoever says that the provider was asked in vain costs nobody the session',
    setting: { tabs: 1, silent: 'frame' },
    async play({ run, acts, director, pass, expect }) {
      director.hold(/authorize/);
      acts.kill(0);
      acts.restore(5);
      await pass(500);
      const { epoch } = contentOf(run.disk);
      run.channels.postForeign(CHANNEL, { version: 1, type: 'vain', epoch });
      director.release();
      for (let seconds = 0; seconds < 5; seconds++) await pass(1000);
      expect(run.provider.counts.frames === 1, `S: ${run.provider.counts.frames} silent sign-ins`);
      expect(all(run.tabs) === times(5, 'signedIn'), `T: the tabs are ${all(run.tabs)}`);
    },
  },
];
