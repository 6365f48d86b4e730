import { contentOf } from '../subject.ts';
import { shownBy, type Tab } from '../tab.ts';
import { all } from './states.ts';
import type { TabScript } from './play.ts';

/** Whoever has signed out stays signed out, in every tab, whatever the others do. */
const nobodyIsBack: TabScript['play'] = async ({ run, acts, pass, expect }) => {
  acts.activate(1);
  await pass(2000);
  acts.wake(2);
  await pass(20_000);
  expect(
    all(run.tabs) === 'signedOut,signedOut,signedOut',
    `6: after the sign-out the tabs are ${all(run.tabs)}`,
  );
};

/** The record of the second tab does not answer, which it notices. */
const fallSilent: TabScript['play'] = async ({ run, acts, pass, expect }) => {
  await pass(1000);
  acts.breakRecord(1, 'hangs');
  acts.wake(1);
  await pass(3000);
  expect(run.log.includes('  2 warns: record_unavailable'), 'the record has answered');
};

/** It answers again, and the first tab makes it look. */
const answerAgain: TabScript['play'] = async ({ acts, pass }) => {
  acts.mendRecord(1);
  acts.activate(0);
  await pass(3000);
};

const allAreOut: TabScript['play'] = async ({ run, expect }) =>
  expect(all(run.tabs) === 'signedOut,signedOut', `6: after the sign-out the tabs are ${all(run.tabs)}`);

/** Who is signed in, in all tabs. */
export const sessionScripts: readonly TabScript[] = [
  {
    name: 'a tab whose record did not answer for a while goes on with all others',
    setting: { lifeSeconds: 30, stays: false },
    async play(scene) {
      const { run, acts, pass, expect } = scene;
      await fallSilent(scene);
      acts.renew(1);
      await pass(1000);
      await answerAgain(scene);
      acts.renew(1);
      await pass(2000);
      expect(all(run.tabs) === 'signedIn,signedIn', `T: the tabs are ${all(run.tabs)}`);
      acts.signOut(0);
      await pass(1000);
      await allAreOut(scene);
    },
  },
  {
    name: 'a new tab whose record did not answer for a while finds who is signed in',
    setting: { tabs: 1, lifeSeconds: 30, stays: false },
    async play({ run, acts, pass, expect }) {
      await pass(1000);
      acts.open();
      acts.breakRecord(1, 'hangs');
      await pass(5000);
      expect(all(run.tabs) === 'signedIn,signedOut', `T: the tabs are ${all(run.tabs)}`);
      acts.mendRecord(1);
      acts.activate(0);
      await pass(16_000);
      acts.activate(0);
      await pass(3000);
      expect(all(run.tabs) === 'signedIn,signedIn', `T: the tabs are ${all(run.tabs)}`);
    },
  },
  {
    name: 'a sign-out in a tab whose record did not answer reaches the others once it does',
    setting: { lifeSeconds: 30, stays: false },
    async play(scene) {
      const { acts, pass } = scene;
      await fallSilent(scene);
      acts.signOut(1);
      await pass(5000);
      await answerAgain(scene);
      await allAreOut(scene);
    },
  },
  {
    name: 'a sign-out reaches all tabs though the record was lost ahead of it',
    setting: { tabs: 3, lifeSeconds: 30, stays: false },
    async play(scene) {
      const { acts, pass } = scene;
      await pass(1000);
      acts.clearSiteData();
      acts.signOut(0);
      await pass(1000);
      await nobodyIsBack(scene);
    },
  },
  {
    name: 'a sign-out reaches all tabs though the record is lost before they look',
    setting: { tabs: 3, lifeSeconds: 30, stays: false },
    async play(scene) {
      const { acts, director, pass, quiet } = scene;
      await pass(1000);
      director.hold(/record read in [23]/);
      acts.signOut(0);
      await quiet();
      acts.clearSiteData();
      director.release();
      await pass(1000);
      await nobodyIsBack(scene);
    },
  },
  ...(['told', 'untold'] as const).map((how): TabScript => ({
    name: `a warning that has to be answered is not answered by activity in a tab whose timers slept, ${how}`,
    setting: { idle: { after: 20_000, signOutAfter: 60_000, confirm: true }, lifeSeconds: 30, stays: false },
    async play({ run, acts, pass, quiet, expect }) {
      await pass(1000);
      if (how === 'told') acts.freeze(1);
      else acts.stopDead(1);
      for (let seconds = 0; seconds < 45; seconds++) await pass(1000);
      const thawed = acts.thaw(0);
      acts.activate(1);
      await thawed;
      await quiet();
      const states = run.tabs.map(({ session }) => session.state).join();
      expect(states === 'idle.warning,idle.warning', `P: the tabs are ${states}`);
      acts.stay(0);
      await quiet();
      expect(!run.tabs[1]!.session.state.startsWith('idle'), 'P: an answer does not count in all tabs');
    },
  })),
  ...(['as it ends', 'later'] as const).map((when): TabScript => ({
    name: `a tab that another user's sign-in has ended signs out nobody else, ${when}`,
    setting: { lifeSeconds: 30, storage: 'shared', stays: false },
    async play({ run, acts, pass, expect }) {
      const [first] = run.tabs;
      if (when === 'as it ends') first!.session.on('expired', () => acts.signOut(0));
      acts.signIn(1, 'bob');
      await pass(1000);
      if (when === 'later') acts.signOut(0);
      await pass(1000);
      const { who } = contentOf(run.disk);
      expect(who === 'bob', `6: signed in is ${who}`);
      expect(shownBy(run.tabs[1]!) === 'bob', `6: the tabs are ${all(run.tabs)}`);
      expect(run.entries.size === 1, '6: what the other user has stored is gone');
      expect(run.provider.counts.revocations === 0, '6: tokens of the other user were revoked');
    },
  })),
  {
    name: 'a tab that lost the session while it was away and got it back is not dark',
    setting: { tabs: 3 },
    async play({ run, acts, pass, quiet, expect }) {
      acts.freeze(0);
      acts.clearSiteData();
      acts.activate(1);
      await quiet();
      await acts.thaw(0);
      await pass(2000);
      for (const { session, life } of run.tabs)
        expect(session.user !== null && session.canRequest, `6: ${life.id} is dark`);
    },
  },
  {
    name: 'a tab that was frozen on its way to an end ends nothing of an active user',
    setting: { idle: { after: 15_000, signOutAfter: 45_000 } },
    async play({ acts, director, pass, quiet }) {
      await pass(44_900);
      // Somebody is there in the second tab; that is on its way to the record.
      director.hold(/record update in [12]/);
      acts.activate(1);
      await quiet();
      // The first one has looked before it, and is about to write the end.
      await pass(100);
      director.release(/ in 2/);
      await quiet();
      director.release();
      await quiet();
    },
  },
  {
    name: 'a tab that was frozen on its way to the end of its old tokens ends nothing of whoever has newer ones',
    setting: { refreshSeconds: 40, idle: { after: 15_000 } },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(30_000);
      const { refreshDeadline } = run.tabs[0]!.seat.vault.lease()!;
      await pass(refreshDeadline!.wallMs - run.clocks.clock.wallMs() - 100);
      // Somebody is there in the second tab, which is about to renew.
      director.hold(/record update in [12]|message to 1/);
      acts.activate(1);
      await quiet();
      // The first one has looked before it, and is about to write the end.
      await pass(200);
      const generation = (): number => contentOf(run.disk).generation;
      const before = generation();
      for (let times = 0; times < 4 && generation() === before; times++) {
        director.release(/ in 2/);
        await quiet();
      }
      expect(generation() > before, 'the second tab has not renewed');
      director.release();
      await quiet();
      await pass(1000);
      const states = run.tabs.map(({ session }) => session.status);
      expect(states.join() === 'signedIn,signedIn', `P: of an active user the tabs are ${states.join()}`);
    },
  },
  {
    name: 'a tab that takes a session up while another signs out is signed out as well',
    setting: { tabs: 1, idle: { after: 15_000 } },
    async play({ run, acts, director, pass, quiet, expect }) {
      // Its token has lapsed, so that whoever takes the session up renews.
      await pass(27_000);
      // That renewal is in the record; what the machine needs for it is still to be read.
      director.hold(/record read heard in 2/);
      const heard = async (): Promise<void> => {
        director.release(/record read heard in 2/);
        await quiet();
      };
      acts.open();
      await quiet();
      const generation = (): number => contentOf(run.disk).generation;
      const before = generation();
      for (let times = 0; times < 9 && generation() === before; times++) await heard();
      acts.signOut(0);
      await quiet();
      director.release();
      await quiet();
      await pass(1000);
      expect(run.tabs[1]!.seat.vault.lease() === undefined, '6: a sign-out in another tab was missed');
    },
  },
  {
    name: 'a tab that takes up the session of whoever has no name, and renews it, leaves them in the others',
    setting: { tabs: 1, names: false, idle: { after: 15_000 } },
    async play({ run, acts, pass, quiet, expect }) {
      await pass(27_000);
      acts.open();
      await quiet();
      await pass(1000);
      const states = run.tabs.map(({ session }) => session.status);
      expect(states.join() === 'signedIn,signedIn', `T: after a renewal the tabs are ${states.join()}`);
    },
  },
  {
    name: 'a call that waits as somebody else signs in elsewhere fails at once, and goes out as nobody',
    async play({ run, acts, director, pass, quiet, expect }) {
      // The renewal that it waits for is on its way.
      director.hold(/refresh_token/);
      await pass(9500);
      acts.request(0);
      await quiet();
      const [call] = run.calls.values();
      expect(call?.sub === 'ada' && call.outcome === undefined, 'no call of the first user waits');
      acts.signIn(1, 'bob');
      await quiet();
      const { outcome } = call!;
      expect(outcome === 'session_ended', `6: after a change of user a waiting call is ${outcome}`);
      director.release();
      await pass(1000);
      expect(call!.handed === 0, '6: a call that waited through a change of user was sent');
      const [{ session }] = run.tabs as [Tab];
      expect(session.status === 'signedOut', `6: the tab of the first user is ${session.status}`);
    },
  },
  {
    name: 'a call that is refused as somebody else signs in elsewhere is not repeated as them',
    async play({ run, acts, director, pass, quiet, expect }) {
      director.hold(/request from 1/);
      acts.request(0);
      await quiet();
      const [call] = run.calls.values();
      run.mint.revokeAll();
      acts.signIn(1, 'bob');
      await quiet();
      director.release();
      await pass(1000);
      const { handed, outcome } = call!;
      expect(
        handed === 1 && outcome === 'session_ended',
        `6: a refused call was sent ${handed} times, and is ${outcome}`,
      );
    },
  },
  {
    name: 'an answer that comes after somebody else has signed in elsewhere changes nothing for them',
    async play({ acts, director, quiet }) {
      director.hold(/refresh_token answered|message to 1/);
      acts.renew(0);
      await quiet();
      acts.signIn(1, 'bob');
      await quiet();
      director.release(/refresh_token/);
      await quiet();
      director.release();
      await quiet();
    },
  },
  {
    name: 'tokens of an earlier user that somebody posts again are not taken',
    async play({ acts, quiet }) {
      acts.signIn(0, 'bob');
      await quiet();
      acts.foreign('an old message');
      await quiet();
    },
  },
  {
    name: 'tokens of an earlier user with which somebody answers a new tab in the middle of its renewal are not taken',
    setting: { tabs: 1, idle: { after: 15_000 } },
    async play({ run, acts, director, pass, quiet, expect }) {
      acts.signIn(0, 'bob');
      await quiet();
      await pass(27_000);
      // What the new tab gets has lapsed; when its turn to renew it comes, the first one has done so.
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      acts.open();
      await quiet();
      director.hold(/message to 1/);
      director.release(/refresh_token/);
      await quiet();
      const asked = run.posted.filter((one) => Object(one).type === 'asked');
      expect(asked.length > 1, 'the new tab has asked nobody for newer tokens');
      acts.foreign('old tokens as an answer');
      await quiet();
      director.release();
      await pass(1000);
      const states = run.tabs.map(({ session }) => session.status);
      expect(
        states.join() === 'signedIn,signedIn',
        `6: after tokens of another user the tabs are ${states.join()}`,
      );
    },
  },
  {
    name: 'a new tab that takes old tokens for the newest, as somebody says they are, leaves all tabs alike',
    async play({ run, acts, director, pass, quiet, expect }) {
      acts.renew(0);
      await quiet();
      // Whoever has the newest is not asked in time.
      director.hold(/message to [12]/);
      acts.open();
      await quiet();
      acts.foreign('old tokens as an answer');
      director.release();
      await quiet();
      acts.renew(2);
      await pass(1000);
      expect(run.log.includes('  old tokens believed to be the newest'), 'nobody was deceived');
      const states = run.tabs.map(({ session }) => session.status);
      expect(new Set(states).size === 1, `C: after a token was used again the tabs are ${states.join()}`);
    },
  },
  {
    name: 'a page that comes back after a sign-out elsewhere shows and sends nothing of the old session',
    async play({ run, acts, pass, quiet, expect }) {
      acts.rest(0);
      acts.signOut(1);
      await quiet();
      await acts.thaw(0);
      acts.request(0);
      await pass(500);
      expect(
        run.tabs[0]!.seat.vault.lease() === undefined,
        '6: the vault is full after a sign-out elsewhere',
      );
    },
  },
  {
    name: 'a sign-out in a tab whose record has failed reaches the others, if it works again by then',
    async play({ run, acts, pass, quiet, expect }) {
      acts.breakRecord(1, 'refuses');
      acts.renew(1);
      await pass(1000);
      // Both records have changed by then.
      acts.renew(0);
      await pass(1000);
      acts.signOut(1);
      acts.mendRecord(1);
      await quiet();
      expect(run.tabs[0]!.seat.vault.lease() === undefined, '6: a sign-out in another tab was missed');
    },
  },
  {
    name: 'a tab that has nothing in common with the others leaves none of them behind',
    async play({ run, acts, pass, quiet, expect }) {
      acts.openAlone();
      await quiet();
      acts.signIn(2, 'ada');
      await quiet();
      for (let times = 0; times < 4; times++) {
        for (const number of run.tabs.keys()) acts.activate(number);
        await pass(5000);
      }
      const tokens = run.tabs.map(({ session }) => session.canRequest);
      expect(tokens.every(Boolean), `K: of three tabs with their user these have tokens: ${tokens.join()}`);
      expect(run.provider.counts.refreshes > 4, '2: the tab that is alone has not renewed');
      acts.signOut(0);
      await pass(1000);
      acts.wake(2);
      await quiet();
      expect(run.tabs[2]!.seat.vault.lease() === undefined, '6: a sign-out was missed');
      acts.closeOne(run.tabs[2]!);
    },
  },
  {
    name: 'a tab that has nothing in common with the others finds its own tokens after a reload',
    setting: { tabs: 1, storage: 'shared' },
    async play({ run, acts, pass, quiet, expect }) {
      acts.openAlone();
      await quiet();
      acts.signIn(1, 'ada');
      await quiet();
      // The others renew more often than it does.
      for (let times = 0; times < 4; times++) {
        acts.renew(0);
        acts.activate(1);
        await pass(4000);
      }
      const { logins } = run.provider.counts;
      acts.reload(1);
      await pass(6000);
      expect(run.tabs[1]!.session.canRequest, 'K: what its storage has kept was not taken up');
      expect(run.provider.counts.logins === logins, 'K: somebody had to sign in again');
      acts.closeOne(run.tabs[1]!);
    },
  },
  {
    name: 'a tab that restores in its turn does not wait for itself',
    setting: { tabs: 1, silent: 'frame' },
    async play({ run, acts, director, pass, quiet, expect }) {
      acts.stopDead(0);
      acts.open();
      director.hold(/lock granted in 2/);
      await pass(500);
      // It has its turn and does not know yet. The first one is there again with other tokens, which lapse.
      await acts.thaw(0);
      acts.signIn(0, 'ada');
      await quiet();
      acts.suspend(9000);
      director.release();
      await quiet();
      await pass(2000);
      const states = run.tabs.map(({ session }) => session.status);
      expect(states.join() === 'signedIn,signedIn', `T: after a restore the tabs are ${states.join()}`);
    },
  },
  {
    name: 'a tab whose record has failed revokes at an idle end',
    setting: { tabs: 1, stays: false, idle: { after: 15_000, signOutAfter: 45_000 } },
    async play({ run, acts, pass, expect }) {
      acts.breakRecord(0, 'refuses');
      await pass(60_000);
      expect(run.provider.counts.revocations === 1, 'G: tokens are left at the provider after an idle end');
    },
  },
  {
    name: 'a tab whose record has failed revokes nothing of whoever is there in another',
    setting: { stays: false, lifeSeconds: 120, idle: { after: 15_000, signOutAfter: 45_000 } },
    async play({ run, acts, pass, expect }) {
      acts.breakRecord(1, 'refuses');
      for (let times = 0; times < 4; times++) {
        await pass(14_000);
        acts.activate(0);
      }
      const [here, there] = run.tabs.map(({ session }) => session.status);
      expect(here === 'signedIn' && there === 'signedOut', `P: the one is ${here}, the other ${there}`);
      expect(run.provider.counts.revocations === 0, 'G: the tokens of whoever is there were given back');
    },
  },
  {
    name: 'a tab that starts again while it waits for the lock keeps nothing of what is over',
    setting: { tabs: 3 },
    async play({ run, acts, director, pass, quiet, expect }) {
      director.hold(/refresh_token answered|message to 2/);
      acts.renew(0);
      await quiet();
      acts.stopDead(0);
      acts.renew(1);
      await quiet();
      acts.signOut(2);
      await quiet();
      acts.stopAndStart(1);
      await pass(1000);
      const held = run.tabs[1]!.seat.vault.lease();
      expect(held === undefined, '6: a tab that has started again keeps tokens that are over');
    },
  },
  {
    name: 'a tab that is being rescued keeps nothing of an epoch that its own user has replaced elsewhere',
    setting: { silent: 'frame' },
    async play({ run, acts, director, pass, quiet, expect }) {
      run.provider.failFrames(true);
      run.provider.fail('revoked');
      acts.renew(0);
      await quiet();
      director.hold(/message to 1/);
      acts.signOut(1);
      await quiet();
      acts.signIn(1, 'ada');
      await quiet();
      // It hears of both at once, and its frame is never answered.
      director.release();
      await quiet();
      await pass(4000);
      const states = run.tabs.map(({ session }) => session.status);
      expect(states.join() === 'signedIn,signedIn', `T: after a rescue the tabs are ${states.join()}`);
    },
  },
  {
    name: 'a tab whose sign-in came to nothing keeps nothing of an epoch that was replaced meanwhile',
    async play({ run, acts, director, quiet }) {
      director.hold(/password answered in 1|message to 1/);
      run.provider.fail('busy');
      acts.signIn(0, 'ada');
      await quiet();
      acts.signOut(1);
      await quiet();
      acts.signIn(1, 'ada');
      await quiet();
      // What it finds now its own sign-in may have begun.
      director.release(/message/);
      await quiet();
      director.release();
      await quiet();
    },
  },
  {
    name: 'a tab that is opened as the time is up ends nothing of whoever was there a moment ago',
    setting: { tabs: 1, idle: { after: 15_000, signOutAfter: 45_000 } },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(44_750);
      director.hold(/message to 1|record update in/);
      acts.open();
      await pass(200);
      // Somebody is there; that is on its way to the record.
      acts.activate(0);
      await quiet();
      // The new tab has asked in vain, has read that nobody was there, and is about to write the end.
      await pass(200);
      director.release(/ in 1/);
      await quiet();
      director.release();
      await quiet();
      await pass(1000);
      const states = run.tabs.map(({ session }) => session.status);
      expect(states.join() === 'signedIn,signedIn', `P: of an active user the tabs are ${states.join()}`);
    },
  },
  {
    name: 'whoever was there in a page that was gone before it could note that has not been there',
    setting: { tabs: 1, stays: false, storage: 'shared', idle: { after: 15_000, signOutAfter: 45_000 } },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(40_000);
      director.hold(/record update in 1/);
      acts.activate(0);
      await quiet();
      acts.reload(0);
      director.release();
      await pass(10_000);
      expect(contentOf(run.disk).endReason === 'idle', 'P: an end by absence has not come');
    },
  },
  {
    name: 'the idle end of a session leaves alone whoever signs in at that moment',
    setting: { tabs: 1, stays: false, idle: { after: 15_000, signOutAfter: 45_000 } },
    async play({ run, acts, director, pass, quiet, expect }) {
      const { session } = run.tabs[0]!;
      await pass(44_900);
      director.hold(/record (update|read heard) in 1/);
      await pass(200);
      for (let times = 0; times < 9 && session.status === 'signedIn'; times++) {
        director.release(/read heard/);
        await quiet();
      }
      // The end is in the record; what is seen to at the provider reads it a moment later.
      director.release(/update/);
      await quiet();
      acts.signIn(0, 'bob');
      await quiet();
      director.release(/read heard/);
      await quiet();
      director.hold(/record update heard in 1/);
      director.release(/record update in/);
      await quiet();
      director.release();
      await quiet();
      expect(session.status === 'signedIn', `P: whoever has just signed in is ${session.status}`);
    },
  },
  {
    name: 'a tab that finds stored tokens of a session that is over revokes them without its record, too',
    setting: { tabs: 1, stays: false, storage: 'shared', idle: { after: 15_000, signOutAfter: 45_000 } },
    async play({ run, acts, director, pass, quiet, expect }) {
      acts.stopDead(0);
      await pass(60_000);
      director.hold(/storage get in 2/);
      acts.open();
      await pass(500);
      acts.breakRecord(1, 'refuses');
      director.release();
      await pass(1000);
      await quiet();
      expect(run.provider.counts.revocations === 1, 'G: tokens are left at the provider after an idle end');
    },
  },
  {
    name: 'a tab that takes a session up reads of a sign-out that nobody tells it',
    setting: { tabs: 1 },
    async play({ run, acts, director, quiet, expect }) {
      director.hold(/record update heard/);
      acts.open();
      await quiet();
      director.hold(/record read in 2|record update heard in 1/);
      // It has the tokens, and is about to read when somebody was there last.
      director.release(/ in 2/);
      await quiet();
      acts.signOut(0);
      await quiet();
      acts.kill(0);
      director.release();
      await quiet();
      expect(run.tabs[0]!.seat.vault.lease() === undefined, '6: a sign-out in another tab was missed');
    },
  },
  {
    name: 'a tab that is about to be rescued reads of a sign-out that nobody tells it',
    setting: { silent: 'frame' },
    async play({ run, acts, director, quiet, expect }) {
      run.provider.failFrames(true);
      run.provider.fail('revoked');
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      director.hold(/lock granted in 1|record update heard in 2/);
      director.release(/refresh_token/);
      await quiet();
      acts.signOut(1);
      await quiet();
      acts.kill(1);
      director.release();
      await quiet();
      expect(run.tabs[0]!.seat.vault.lease() === undefined, '6: a sign-out in another tab was missed');
    },
  },
  {
    name: 'a new tab that is answered too late gets the session all the same',
    setting: { tabs: 1 },
    async play({ run, acts, director, pass, quiet, expect }) {
      director.hold(/message to 1/);
      acts.open();
      await pass(500);
      director.release();
      await quiet();
      const { status } = run.tabs[1]!.session;
      expect(status === 'signedIn', `T: a new tab that was answered late is ${status}`);
    },
  },
  {
    name: 'a tab that has started again while it waits for the lock keeps nothing of what is over since',
    setting: { tabs: 3 },
    async play({ run, acts, director, pass, quiet, expect }) {
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      acts.stopDead(0);
      acts.renew(1);
      await quiet();
      acts.stopAndStart(1);
      await quiet();
      acts.signOut(2);
      await pass(1000);
      const held = run.tabs[1]!.seat.vault.lease();
      expect(held === undefined, '6: a tab that has started again keeps tokens that are over');
    },
  },
  {
    name: 'the end of refused tokens is none of those that the user has signed in to in another tab since',
    setting: { lifeSeconds: 300 },
    async play({ run, acts, director, pass, quiet, expect }) {
      await pass(1000);
      run.provider.fail('revoked');
      director.hold(/record update in 1|message to 1/);
      acts.renew(0);
      await quiet();
      // Its mark, and that it was refused: the end is still to come.
      for (let steps = 0; steps < 6 && run.tabs[0]!.session.status === 'signedIn'; steps++) {
        director.release(/record update in 1/);
        await quiet();
      }
      acts.signIn(1, 'ada');
      await quiet();
      director.release();
      await pass(1000);
      expect(contentOf(run.disk).who === 'ada', 'T: whoever has just signed in is signed out');
      expect(all(run.tabs) === 'signedIn,signedIn', `T: the tabs are ${all(run.tabs)}`);
    },
  },
];
