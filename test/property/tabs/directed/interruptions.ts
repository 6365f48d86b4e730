import type { TabActs } from '../acts.ts';
import type { TabScript } from './play.ts';
import type { Tab } from '../tab.ts';
import { all, reasonOf, whoIn } from './states.ts';

/** The computer sleeps for longer than the session lasts. `wake`: how it is noticed. */
const overslept =
  (wake: (acts: TabActs) => void): TabScript['play'] =>
  async ({ run, acts, pass, expect }) => {
    await pass(1000);
    wake(acts);
    acts.request(0);
    await pass(2000);
    const [call] = run.calls.values();
    expect(call!.handed === 0, '6: a request was sent after the end of the session');
    expect(all(run.tabs) === 'signedOut idle,signedOut idle', `P: after a long sleep: ${all(run.tabs)}`);
  };

/** The first tab has renewed, and does not know yet that this is in the record. */
const commitUnheard = async ({
  acts,
  director,
  quiet,
  pass,
}: Parameters<TabScript['play']>[0]): Promise<void> => {
  await pass(1000);
  director.hold(/record update heard in 1/);
  acts.renew(0);
  await quiet();
  director.release(/record update heard in 1/);
  await quiet();
};

const idle = { after: 15_000, signOutAfter: 45_000 };

/** Tabs that have missed what happened. */
export const interruptionScripts: readonly TabScript[] = [
  {
    name: 'an end that meets a renewal of the same page brings back nobody who is not there',
    setting: {
      lifeSeconds: 30,
      refreshSeconds: 40,
      idle: { after: 15_000 },
      tabs: 1,
      silent: 'frame',
      stays: false,
    },
    async play({ run, acts, director, pass, quiet, expect }) {
      const [tab] = run.tabs;
      await pass(17_000);
      director.hold(/refresh_token answered in 1/);
      acts.activate(0);
      await quiet();
      const facts: string[] = [];
      tab!.session.on('*', ({ type }) => facts.push(type));
      // The computer sleeps until the refresh token is over, and the answer comes as it wakes.
      acts.suspend(23_000);
      director.hold(/refresh_token answered in 1|record .* heard in 1/);
      acts.wake(0);
      await quiet();
      director.release(/refresh_token answered in 1/);
      await quiet();
      for (let looks = 0; looks < 2; looks++) {
        director.release(/record read heard in 1/);
        await quiet();
      }
      director.release();
      await pass(3000);
      await pass(20_000);
      expect(facts.includes('expired'), 'the session has not ended');
      expect(!facts.includes('signedIn'), `P: with nobody there the tab tells ${facts.join()}`);
    },
  },
  {
    name: 'a page that comes back from the cache names nobody who is signed out to those who call in its `pageshow`',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      const [, { page, session }] = run.tabs as [unknown, Tab];
      acts.rest(1);
      await quiet();
      acts.signIn(0, 'bob');
      await pass(1000);
      director.hold(/record read in 2/);
      const named: unknown[] = [];
      const note = (user: unknown): unknown => named.push(Object(user).sub);
      page.listenFirst('pageshow', () => {
        session.require().then(note, () => {});
        session.signIn().then(note, () => {});
      });
      await acts.thaw(0);
      await quiet();
      expect(named.length === 0, `6: ahead of the look ${named.join()} is signed in`);
      // Else `require` leaves for the provider.
      acts.kill(1);
      director.release();
    },
  },
  {
    name: 'a tab that stood still does not write a lost record anew once its user has signed out',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, pass, expect }) {
      await pass(1000);
      const [tab] = run.tabs;
      acts.stopDead(0);
      await pass(10_000);
      acts.signOut(1);
      await pass(1000);
      acts.clearSiteData();
      acts.kill(1);
      await acts.thaw(0);
      await pass(1000);
      expect(reasonOf(tab!) !== 'signedIn', '6: whoever has signed out is back');
    },
  },
  {
    name: 'a session that was stopped does not write a lost record anew once its user has signed out',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, pass, expect }) {
      await pass(1000);
      const [tab] = run.tabs;
      acts.stop(0);
      acts.signOut(1);
      await pass(1000);
      acts.clearSiteData();
      acts.kill(1);
      await pass(1000);
      acts.start(0);
      await pass(1000);
      expect(reasonOf(tab!) !== 'signedIn', '6: whoever has signed out is back');
    },
  },
  {
    name: 'a session that was stopped does not write a lost record anew once somebody else has signed in',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, pass, expect }) {
      await pass(1000);
      acts.stop(0);
      acts.signIn(1, 'bob');
      await pass(1000);
      acts.stopDead(1);
      acts.clearSiteData();
      await pass(1000);
      acts.start(0);
      await pass(1000);
      await acts.thaw(0);
      await pass(1000);
      expect(!whoIn(run.tabs).includes('ada'), `6: the user before is back: ${whoIn(run.tabs)}`);
    },
  },
  {
    name: 'a tab that is frozen as it renews leaves the storage to whoever has signed in since',
    setting: { storage: 'shared', stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass, run, expect } = scene;
      await commitUnheard(scene);
      acts.stopDead(0);
      director.release();
      await pass(100);
      acts.signIn(1, 'bob');
      await pass(1000);
      await acts.thawAll();
      await pass(3000);
      run.provider.cookie = undefined;
      acts.close(0);
      acts.reload(0);
      await pass(3000);
      expect(whoIn(run.tabs) === 'bob', `C: after a reload the tab shows ${whoIn(run.tabs)}`);
    },
  },
  {
    name: 'a tab whose thread is blocked as it renews leaves the storage to whoever has signed in since',
    setting: { storage: 'shared', stays: false, lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass, run, expect } = scene;
      await commitUnheard(scene);
      acts.signIn(1, 'bob');
      await pass(150);
      director.release();
      await pass(5000);
      expect([...run.entries.values()].length > 0, 'C: what is kept of the next user is gone');
      expect(whoIn(run.tabs) === 'nobody,bob', `6: the tabs show ${whoIn(run.tabs)}`);
    },
  },
  {
    name: 'after a sleep beyond its end nothing is sent of a session, though a request is what notices it',
    setting: { idle, lifeSeconds: 300, stays: false },
    play: overslept((acts) => acts.suspend(60_000)),
  },
  {
    name: 'after a sleep beyond its end nothing is sent of a session, though its user is there ahead of the first look',
    setting: { idle, lifeSeconds: 300, stays: false },
    play: overslept((acts) => {
      acts.sleep(60_000);
      acts.wake(0);
      acts.activate(0);
    }),
  },
];
