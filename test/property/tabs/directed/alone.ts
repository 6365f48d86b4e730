import { contentOf } from '../subject.ts';
import type { TabScript } from './play.ts';
import { all, reasonOf } from './states.ts';

/** Tabs with `tabs: false`. They hear of nothing, and so they are closed before the end. */
export const aloneScripts: readonly TabScript[] = [
  {
    name: 'a tab by itself whose refresh token is refused ends nothing of another one by itself',
    setting: { tabs: 1, lifeSeconds: 30, stays: false },
    async play({ run, acts, pass, quiet, expect }) {
      acts.signOut(0);
      await pass(1000);
      acts.kill(0);
      for (let tabs = 0; tabs < 2; tabs++) acts.openAlone();
      await quiet();
      for (const number of run.tabs.keys()) {
        acts.signIn(number, 'ada');
        await pass(1000);
      }
      run.provider.fail('revoked');
      acts.renew(0);
      await pass(1000);
      acts.wake(1);
      await pass(1000);
      const states = all(run.tabs);
      expect(states === 'signedOut revoked,signedIn', `6: after the end of one tab they are ${states}`);
      for (let tabs = 0; tabs < 2; tabs++) acts.kill(0);
    },
  },
  {
    name: 'a tab by itself whose refresh token is refused ends nothing of those that share theirs',
    setting: { lifeSeconds: 30, stays: false },
    async play({ run, acts, pass, quiet, expect }) {
      acts.openAlone();
      await quiet();
      acts.signIn(2, 'ada');
      await pass(1000);
      run.provider.fail('revoked');
      acts.renew(2);
      await pass(1000);
      acts.wake(1);
      await pass(1000);
      const states = run.tabs.slice(0, 2).map(reasonOf).join();
      expect(states === 'signedIn,signedIn', `6: after the end of a tab by itself the others are ${states}`);
      acts.kill(2);
    },
  },
  {
    name: 'a tab by itself whose record failed leaves the generations and marks of the others as they are',
    setting: { lifeSeconds: 30, stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      acts.openAlone();
      await quiet();
      acts.signIn(2, 'ada');
      await pass(1000);
      acts.breakRecord(2, 'refuses');
      acts.signIn(2, 'ada');
      await pass(1000);
      director.hold(/refresh_token answered in 1/);
      acts.renew(0);
      await quiet();
      const before = contentOf(run.disk);
      acts.mendRecord(2);
      acts.wake(2);
      await quiet();
      const { generation, mark } = contentOf(run.disk);
      expect(before.mark !== null && mark === before.mark, '2: the mark of another tab is gone');
      expect(generation === before.generation, `2: a generation that nobody has: ${generation}`);
      expect(run.tabs[2]!.recordFailure === undefined, 'C: the tab goes by a record of its own');
      director.release();
      await pass(1000);
      acts.kill(2);
    },
  },
];
