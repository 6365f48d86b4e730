import { contentOf } from '../subject.ts';
import type { TabScript } from './play.ts';

/** One renewal among all tabs. */
export const renewalScripts: readonly TabScript[] = [
  {
    name: 'renewals that are due at once in all tabs are one, and nobody asks the provider for more',
    setting: { tabs: 4, silent: 'frame' },
    async play({ run, pass, expect }) {
      const { counts } = run.provider;
      const before = { ...counts };
      await pass(9000);
      expect(counts.refreshes - before.refreshes <= 2, `2: ${counts.refreshes} renewals of one life`);
      expect(counts.frames === before.frames, 'T: a tab that is behind asked the provider');
    },
  },
  {
    name: 'after the wall clock was set back, what one tab has renewed is fresh in the others',
    setting: { tabs: 1 },
    async play({ run, acts, pass, quiet, expect }) {
      run.clocks.jumpWall(-240_000);
      acts.open();
      await quiet();
      await pass(20_000);
      const { refreshes } = run.provider.counts;
      expect(refreshes <= 6, `2: ${refreshes} renewals in two lives`);
    },
  },
  {
    name: 'tokens that were told ahead of a wall clock that was set back are asked for',
    setting: { lifeSeconds: 30, stays: false },
    async play({ acts, director, pass, quiet }) {
      await pass(1000);
      director.hold(/message to 2/);
      acts.renew(0);
      await quiet();
      acts.jumpWall(-240_000);
      director.release();
      await quiet();
      acts.kill(0);
      await pass(29_500);
      // By the wall times that came with them they would be fresh for minutes.
      acts.request(0);
      await pass(1000);
    },
  },
  {
    name: 'the lock is held until the tokens were told',
    setting: { storage: 'shared' },
    async play({ run, acts, director, quiet, expect }) {
      const isTold = (): boolean => run.posted.some((one) => Object(one).type === 'renewed');
      run.posted.length = 0;
      director.hold(/storage set in 1/);
      acts.renew(0);
      acts.renew(1);
      await quiet();
      const isHeld = run.locks.holder === run.tabs[0]!.life;
      expect(!isTold() && isHeld, 'O: the lock was released before the tokens were told');
      director.release();
      await quiet();
      expect(isTold() && run.locks.holder === undefined, 'O: the tokens are not told');
    },
  },
  {
    name: 'a tab that was frozen between its mark and the send does not send',
    async play({ acts, director, quiet, pass }) {
      director.hold(/record update heard in 1/);
      acts.renew(0);
      await quiet();
      acts.stopDead(0);
      director.release();
      acts.activate(1);
      acts.request(1);
      // The other one takes the lock, renews, and is done.
      await pass(40_000);
      await acts.thaw(0);
      await pass(2000);
    },
  },
  {
    name: 'a tab that was robbed of the lock before its turn began spends nothing beside the thief',
    setting: { tabs: 3 },
    async play({ acts, director, quiet, pass }) {
      // The first one stands still as the holder of the lock, which it has been given and does not know of.
      acts.stopDead(0);
      director.hold(/lock granted in 1/);
      await acts.thaw(0);
      acts.renew(0);
      await quiet();
      acts.stopDead(0);
      director.release();
      await quiet();
      acts.renew(1);
      await pass(14_000);
      director.hold(/refresh_token answered/);
      // The thief has asked the living for their tokens, in vain, and its answer is on its way.
      await pass(5000);
      await acts.thaw(0);
      // As long as the first one asks, too.
      await pass(5000);
      director.release();
      await quiet();
    },
  },
  {
    name: 'a tab that was frozen between the dating of a mark and the theft of the lock steals it from nobody',
    setting: { tabs: 3, lifeSeconds: 300, stays: false },
    async play({ run, acts, director, quiet, pass }) {
      const waitFor = async (isSo: () => boolean): Promise<void> => {
        for (let times = 0; times < 200 && !isSo(); times++) await pass(50);
      };
      await pass(1000);
      director.hold(/refresh_token arrives/);
      acts.renew(0);
      await quiet();
      acts.stopDead(0);
      acts.renew(1);
      await pass(13_000);
      director.hold(/refresh_token arrives|record update heard in 2/);
      const { mark } = contentOf(run.disk);
      await waitFor(() => contentOf(run.disk).mark !== mark);
      acts.stopDead(1);
      // The first holder is gone, and its request never arrives.
      acts.kill(0);
      await pass(60_000);
      // The third one asks the others in vain, and spends the token as its last resort.
      director.hold(/refresh_token answered in 3|refresh_token arrives from 1/);
      const { refreshes } = run.provider.counts;
      acts.renew(1);
      await waitFor(() => run.provider.counts.refreshes > refreshes);
      await acts.thaw(0);
      director.release(/record update heard in 2/);
      await pass(7000);
      director.release();
      await pass(2000);
    },
  },
  {
    name: 'a tab in its last resort leaves the refresh token to whoever has lost patience with it',
    setting: { tabs: 3, silent: 'frame', lifeSeconds: 300, stays: false },
    async play({ run, acts, director, quiet, pass }) {
      director.hold(/refresh_token arrives|authorize from|lock lost/);
      // Its mark is left.
      acts.renew(0);
      await quiet();
      acts.kill(0);
      acts.renew(0);
      await quiet();
      acts.renew(1);
      // The first one asks the living, and then the provider: that ends a moment after the other one has lost its patience.
      await pass(5700);
      run.provider.fail('silent');
      director.release(/authorize/);
      await pass(9500);
      await pass(10_000);
    },
  },
  {
    name: 'an answer that is on its way when site data are cleared is taken',
    async play({ run, acts, director, quiet, pass, expect }) {
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      acts.clearSiteData();
      director.release();
      await pass(1000);
      expect(run.tabs[0]!.seat.vault.lease()?.generation === 2, '2: the tokens of an answer were dropped');
      acts.renew(1);
      await pass(1000);
    },
  },
  {
    name: 'whoever writes a lost record anew asks the others before it spends a refresh token',
    async play({ run, acts, director, quiet, pass, expect }) {
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      acts.clearSiteData();
      // What comes of it is shown by no record.
      acts.breakRecord(0, 'refuses');
      director.release();
      await pass(1000);
      acts.renew(1);
      await pass(1000);
      expect(run.tabs[1]!.seat.vault.lease()?.generation === 2, '2: newer tokens were not asked for');
    },
  },
  {
    name: 'a tab whose record has failed leaves the refresh token to the others',
    async play({ run, acts, pass, expect }) {
      acts.breakRecord(1, 'refuses');
      acts.renew(1);
      await pass(20_000);
      const { status } = run.tabs[0]!.session;
      expect(status === 'signedIn', `2: the tab whose record works is ${status}`);
    },
  },
  {
    name: 'a tab whose record never worked leaves the refresh token of a shared storage to the others',
    setting: { tabs: 1, storage: 'shared' },
    async play({ run, acts, director, pass, quiet, expect }) {
      // No epoch of a tab by itself begins in the millisecond of this one.
      await pass(1);
      director.hold(/chunk in 2|message to 1/);
      acts.open();
      acts.breakRecord(1, 'refuses');
      director.release(/chunk/);
      await pass(4000);
      director.release();
      await quiet();
      expect(run.tabs[1]!.session.status === 'signedIn', 'T: the new tab has found nothing in the storage');
      // Now it hears that another tab lives.
      acts.activate(0);
      await quiet();
      acts.renew(1);
      await pass(20_000);
      const { status } = run.tabs[0]!.session;
      expect(status === 'signedIn', `2: the tab whose record works is ${status}`);
    },
  },
  {
    name: 'a tab whose record has failed takes the lock from nobody',
    async play({ run, acts, director, quiet, pass, expect }) {
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      acts.stopDead(0);
      acts.breakRecord(1, 'refuses');
      acts.renew(1);
      await pass(20_000);
      director.release();
      await acts.thaw(0);
      await pass(1000);
      expect(!run.log.includes('  lock stolen'), '2: the lock was stolen blindly');
    },
  },
  {
    name: 'a tab that was alone when its record failed goes on renewing',
    setting: { tabs: 1 },
    async play({ run, acts, pass, expect }) {
      acts.breakRecord(0, 'hangs');
      await pass(20_000);
      expect(run.tabs[0]!.session.canRequest, 'K: a lone tab has no token');
    },
  },
  {
    name: 'a tab whose record has failed hands on no tokens while it renews them',
    setting: { tabs: 1 },
    async play({ acts, director, quiet, pass }) {
      director.hold(/refresh_token answered/);
      acts.breakRecord(0, 'refuses');
      acts.renew(0);
      await quiet();
      acts.open();
      await pass(1000);
      acts.renew(1);
      await pass(1000);
    },
  },
  {
    name: 'a tab whose record has failed hands on its newer tokens while it asks the provider for others',
    setting: { silent: 'frame' },
    async play({ run, acts, director, quiet, pass, expect }) {
      director.hold(/refresh_token answered|authorize from 1/);
      acts.renew(0);
      await quiet();
      acts.breakRecord(0, 'refuses');
      director.release(/refresh_token/);
      await quiet();
      // Nobody has heard of those; and these take some time.
      acts.renew(0);
      await quiet();
      acts.renew(1);
      await pass(1000);
      expect(run.tabs[1]!.seat.vault.lease()?.generation === 2, '2: newer tokens were not handed on');
    },
  },
  {
    name: 'tokens that a failing record could not show are not renewed a second time',
    async play({ run, acts, director, quiet, pass, expect }) {
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      acts.breakRecord(0, 'refuses');
      director.release();
      await pass(20_000);
      const { status } = run.tabs[1]!.session;
      expect(status === 'signedIn', `2: the tab whose record works is ${status}`);
    },
  },
];
