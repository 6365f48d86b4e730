import { contentOf } from '../subject.ts';
import type { TabScript } from './play.ts';
import { all } from './states.ts';

/** Tabs that are in each other's way, at the steps that no other script comes to. */
export const contentionScripts: readonly TabScript[] = [
  {
    name: 'a renewal that is refused because the user has signed out in another tab says that they did',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/refresh_token arrives from 1|message to 1/);
      acts.renew(0);
      await quiet();
      acts.signOut(1);
      await pass(100);
      director.release(/refresh_token/);
      await pass(200);
      expect(all(run.tabs) === 'signedOut,signedOut', `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'a renewal that is refused after the user has signed in again in another tab tells of no end',
    setting: { lifeSeconds: 300 },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      run.provider.fail('revoked');
      const facts: string[] = [];
      run.tabs[0]!.session.on('*', ({ type }) => facts.push(type));
      director.hold(/refresh_token arrives from 1|message to 1/);
      acts.renew(0);
      await quiet();
      acts.signIn(1, 'ada');
      await quiet();
      director.release(/refresh_token/);
      await quiet();
      director.release();
      await pass(1000);
      expect(!facts.includes('expired'), `T: the first tab tells ${facts.join()}`);
      expect(all(run.tabs) === 'signedIn,signedIn', `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'a renewal that is overtaken takes the newer tokens in the same call',
    setting: { lifeSeconds: 300 },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      const facts: string[] = [];
      run.tabs[0]!.session.on('*', ({ type }) => facts.push(type));
      director.hold(/refresh_token answered in 1|message to 1/);
      acts.renew(0);
      await quiet();
      acts.signIn(1, 'ada');
      await quiet();
      director.release(/refresh_token/);
      await quiet();
      director.release();
      await pass(1000);
      expect(!facts.includes('renewalFailed'), `T: the first tab tells ${facts.join()}`);
      const { generation } = contentOf(run.disk);
      expect(generation === 2, `2: a sign-in was replaced by what was asked for before it: ${generation}`);
    },
  },
  {
    name: 'a refresh token that was refused is not sent by the next tab in turn',
    setting: { lifeSeconds: 300, tabs: 3 },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      const { refreshes } = run.provider.counts;
      run.provider.fail('revoked');
      director.hold(/refresh_token answered/);
      for (const number of [0, 1, 2]) acts.renew(number);
      await quiet();
      director.release();
      await pass(2000);
      const times = run.provider.counts.refreshes - refreshes;
      expect(times === 1, `2: a refused refresh token was sent ${times} times`);
    },
  },
  {
    name: 'a refresh token that was refused is not sent by another tab, though the one that was told is gone',
    setting: { lifeSeconds: 300 },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      run.provider.fail('revoked');
      director.hold(/record update in 1/);
      acts.renew(0);
      await quiet();
      director.release(/record update in 1/);
      await quiet();
      director.release(/record update in 1/);
      await quiet();
      const { refreshes } = run.provider.counts;
      expect(contentOf(run.disk).who !== null, 'it has not come so far');
      acts.kill(0);
      director.release();
      acts.renew(0);
      await pass(8000);
      const times = run.provider.counts.refreshes - refreshes;
      expect(times === 0, `2: a refused refresh token was sent ${times} times more`);
    },
  },
  {
    name: 'an error answer that comes late takes the mark of nobody else away',
    setting: { lifeSeconds: 300, tabs: 3, stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      run.provider.fail('busy');
      director.hold(/refresh_token answered in 1/);
      acts.renew(0);
      await quiet();
      acts.stopDead(0);
      acts.renew(1);
      await pass(15_500);
      // The thief asks the living, in vain, and sends.
      director.hold(/refresh_token answered/);
      await pass(8000);
      const { mark } = contentOf(run.disk);
      expect(mark !== null, 'it has not come so far');
      await acts.thaw(0);
      director.release(/answered in 1/);
      await pass(100);
      expect(contentOf(run.disk).mark === mark, '2: the mark of the thief is gone');
      director.release();
      await quiet();
    },
  },
  {
    name: 'whoever finds newer tokens that it cannot have marks them for nobody',
    setting: { lifeSeconds: 300, tabs: 2, stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/message to/);
      acts.renew(0);
      await quiet();
      acts.renew(1);
      await pass(8000);
      expect(contentOf(run.disk).generation === 2, 'it has not come so far');
      expect(contentOf(run.disk).mark === null, '2: what nobody spends is marked');
      director.release();
      await quiet();
    },
  },
  {
    name: 'whoever takes the lock from a tab that may have sent asks the provider ahead of its own refresh token',
    setting: { lifeSeconds: 300, tabs: 2, silent: 'frame', stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/refresh_token answered in 1/);
      acts.renew(0);
      await quiet();
      acts.stopDead(0);
      const { refreshes, frames } = run.provider.counts;
      acts.renew(1);
      await pass(25_000);
      const { counts } = run.provider;
      expect(counts.refreshes === refreshes, '2: a refresh token that may be spent was sent');
      expect(counts.frames === frames + 1, 'S: the provider was not asked');
      director.release();
      await quiet();
    },
  },
  {
    name: 'on a busy machine a renewal waits for whoever has just renewed',
    setting: { lifeSeconds: 300, tabs: 2, silent: 'frame', stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/message to 2/);
      acts.renew(0);
      await quiet();
      director.hold(/message to/);
      const { frames } = run.provider.counts;
      acts.renew(1);
      await pass(900);
      director.release(/message to 1/);
      await quiet();
      director.release(/message to 2/);
      await pass(1000);
      expect(run.provider.counts.frames === frames, 'S: the provider was asked for what a living tab has');
      director.release();
      await quiet();
    },
  },
  {
    name: 'a refresh token that was refused is sent once, though the session may be rescued',
    setting: { lifeSeconds: 300, tabs: 3, silent: 'frame' },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      const { refreshes } = run.provider.counts;
      run.provider.fail('revoked');
      director.hold(/refresh_token answered/);
      for (const number of [0, 1, 2]) acts.renew(number);
      await quiet();
      director.release();
      await pass(2000);
      const times = run.provider.counts.refreshes - refreshes;
      expect(times === 1, `2: a refused refresh token was sent ${times} times`);
    },
  },
  {
    name: 'a lost answer leaves the mark: the next tab asks the provider ahead of the refresh token',
    setting: { lifeSeconds: 300, silent: 'frame', stays: false },
    async play({ run, acts, pass, quiet, expect }) {
      await pass(1000);
      run.provider.failFrames(true);
      run.provider.fail('lost after');
      acts.renew(0);
      await quiet();
      acts.kill(0);
      run.provider.failFrames(false);
      const { refreshes } = run.provider.counts;
      acts.renew(0);
      await pass(10_000);
      expect(run.provider.counts.refreshes === refreshes, '2: a refresh token that may be spent was sent');
    },
  },
  {
    name: 'a renewal that is refused where others have newer tokens that nobody brings ends nothing',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      run.provider.fail('revoked');
      director.hold(/refresh_token arrives from 1/);
      acts.renew(0);
      await quiet();
      director.hold(/record update heard in 2/);
      acts.signIn(1, 'ada');
      await quiet();
      expect(contentOf(run.disk).generation === 2, 'it has not come so far');
      acts.kill(1);
      const facts: string[] = [];
      run.tabs[0]!.session.on('*', ({ type }) => facts.push(type));
      director.release(/refresh_token/);
      await pass(8000);
      expect(!facts.includes('expired'), `T: the tab tells ${facts.join()}, and is ${all(run.tabs)}`);
      director.release();
    },
  },
  {
    name: 'where the provider names nobody a refresh token that may be spent is the last resort',
    setting: { lifeSeconds: 300, silent: 'frame', stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/refresh_token arrives from 1/);
      acts.renew(0);
      await quiet();
      acts.kill(0);
      acts.cookie(undefined);
      acts.renew(0);
      await pass(10_000);
      expect(contentOf(run.disk).generation === 2, '2: the last resort was left out');
      expect(all(run.tabs) === 'signedIn', `T: the tab is ${all(run.tabs)}`);
    },
  },
  {
    name: 'a silent sign-in in place of a refresh token replaces no newer sign-in of the user',
    setting: { lifeSeconds: 300, tabs: 3, silent: 'frame', stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/refresh_token arrives from 1|authorization_code answered/);
      acts.renew(0);
      await quiet();
      acts.kill(0);
      acts.renew(0);
      await pass(8000);
      director.hold(/message to 2|refresh_token arrives from 1|authorization_code answered/);
      acts.signIn(1, 'ada');
      await quiet();
      expect(contentOf(run.disk).generation === 2, 'it has not come so far');
      director.release(/authorization_code/);
      await quiet();
      director.release();
      await pass(1000);
      const { generation } = contentOf(run.disk);
      expect(generation === 2, `2: a sign-in was replaced by what was asked for before it: ${generation}`);
    },
  },
  {
    name: 'a page that comes back from the cache takes from the storage what a tab that is gone has renewed',
    setting: { lifeSeconds: 300, storage: 'shared', stays: false },
    async play({ run, acts, pass, quiet, expect }) {
      await pass(1000);
      acts.rest(0);
      acts.renew(1);
      await quiet();
      await pass(100);
      acts.kill(1);
      const { refreshes } = run.provider.counts;
      await acts.thaw(0);
      await pass(1000);
      const { generation } = run.tabs[0]!.seat.vault.lease()!;
      expect(generation === 2, `2: the page goes on with the tokens of generation ${generation}`);
      expect(run.provider.counts.refreshes === refreshes, '2: they were renewed once more');
    },
  },
  {
    name: 'a tab that would renew as the user signs out in another one sends nothing',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/message to 1|lock/);
      acts.renew(0);
      await quiet();
      acts.signOut(1);
      await quiet();
      const { refreshes } = run.provider.counts;
      director.release(/lock/);
      await quiet();
      director.release();
      await pass(1000);
      expect(run.provider.counts.refreshes === refreshes, '2: a refresh token was sent after the sign-out');
      expect(all(run.tabs) === 'signedOut,signedOut', `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'a tab whose record fails while it waits for the lock takes it from nobody',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, director, quiet, pass, expect }) {
      await pass(1000);
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      acts.stopDead(0);
      acts.renew(1);
      await pass(10_000);
      acts.breakRecord(1, 'refuses');
      await pass(10_000);
      director.release();
      await acts.thaw(0);
      await pass(1000);
      expect(!run.log.includes('  lock stolen'), '2: the lock was stolen blindly');
    },
  },
  {
    name: 'whoever has taken the lock has given up its place in the line',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, director, quiet, pass, expect }) {
      await pass(1000);
      director.hold(/refresh_token arrives from 1/);
      acts.renew(0);
      await quiet();
      acts.stopDead(0);
      const { refreshes } = run.provider.counts;
      acts.renew(1);
      await pass(30_000);
      const times = run.provider.counts.refreshes - refreshes;
      expect(times === 1, `2: ${times} renewals of one`);
    },
  },
  {
    name: 'a holder of the lock that waits for its answer as long as it may is robbed of nothing',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, director, quiet, pass, expect }) {
      await pass(1000);
      run.provider.fail('silent');
      director.hold(/record update heard in 1/);
      acts.renew(0);
      await quiet();
      acts.renew(1);
      await pass(250);
      director.release();
      await pass(12_000);
      expect(!run.log.includes('  lock stolen'), '2: the lock was stolen from a tab that moves');
    },
  },
  {
    name: 'half an answer that comes to a restoring tab once somebody else has signed in makes no generation of theirs',
    setting: { lifeSeconds: 30, storage: 'shared', stays: false },
    async play({ run, acts, director, pass, expect }) {
      await pass(1000);
      for (const sub of ['bob', 'ada'] as const) {
        acts.signIn(0, sub);
        await pass(1000);
      }
      acts.kill(0);
      await pass(32_000);
      run.provider.fail('no access token');
      director.hold(/refresh_token answered/);
      acts.open();
      await pass(2000);
      acts.signIn(0, 'bob');
      await pass(500);
      expect(contentOf(run.disk).who === 'bob', 'it has not come so far');
      director.release();
      await pass(1000);
      const { generation } = contentOf(run.disk);
      expect(generation === 1, `2: the record shows a generation ${generation} that nobody has`);
    },
  },
  {
    name: 'tokens that come unasked while a tab asks for them are those that it asked for',
    setting: { lifeSeconds: 300, silent: 'frame', stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/message to 2/);
      acts.renew(0);
      await quiet();
      acts.kill(0);
      const { frames } = run.provider.counts;
      acts.renew(0);
      await pass(500);
      director.release();
      await pass(5000);
      expect(run.provider.counts.frames === frames, 'S: the provider was asked for what has come');
      expect(contentOf(run.disk).generation === 2, '2: what has come was renewed');
    },
  },
  {
    name: 'a renewal in whose midst an access token is sent along is taken',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      acts.adopt(0, 'an access token');
      await quiet();
      expect(contentOf(run.disk).generation === 2, 'it has not come so far');
      director.release();
      await pass(1000);
      expect(contentOf(run.disk).generation === 3, '2: the tokens of a renewal were dropped');
      acts.renew(0);
      await pass(1000);
      expect(all(run.tabs) === 'signedIn,signedIn', `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'a new tab gets the session though a lost record was written anew by a tab with older tokens',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      director.hold(/message to 2/);
      acts.renew(0);
      await quiet();
      acts.clearSiteData();
      acts.wake(1);
      await quiet();
      acts.kill(1);
      director.release();
      await quiet();
      acts.wake(0);
      await quiet();
      acts.open();
      await pass(5000);
      expect(all(run.tabs) === 'signedIn,signedIn', `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'a sign-in that is given up ahead of its place in the record is none to the others',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, director, quiet, pass, expect }) {
      await pass(1000);
      director.hold(/record update in 1/);
      acts.signIn(0, 'bob');
      await quiet();
      acts.signIn(0, 'ada');
      await quiet();
      const facts: string[] = [];
      run.tabs[1]!.session.on('*', ({ type }) => facts.push(type));
      director.release(/record update in 1/);
      await quiet();
      director.release();
      await pass(1000);
      expect(!facts.includes('expired'), `T: the other tab tells ${facts.join()}`);
    },
  },
  {
    name: 'a tab whose record has failed for a while follows whoever has signed in meanwhile',
    setting: { lifeSeconds: 300, stays: false },
    async play({ run, acts, pass, expect }) {
      await pass(1000);
      acts.breakRecord(0, 'refuses');
      acts.wake(0);
      await pass(100);
      acts.signIn(1, 'bob');
      await pass(1000);
      acts.mendRecord(0);
      acts.wake(0);
      await pass(1000);
      acts.wake(0);
      await pass(1000);
      expect(all(run.tabs) === 'signedOut switched,signedIn', `6: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'the storage keeps nothing of a session that the provider has ended',
    setting: { tabs: 1, lifeSeconds: 300, storage: 'shared', stays: false },
    async play({ run, acts, pass, expect }) {
      await pass(1000);
      run.provider.fail('revoked');
      acts.renew(0);
      await pass(2000);
      expect(all(run.tabs) === 'signedOut revoked', 'it has not come so far');
      expect(run.entries.size === 0, '6: the storage holds tokens of a session that has expired');
    },
  },
];
