import { subOf } from '../stage.ts';
import type { Setting } from '../setting.ts';
import type { Scene, Script } from './script.ts';

/** Bob is who the next renewal finds. */
const renewAsBob = async ({ run, acts, signIn, quiet }: Scene): Promise<void> => {
  await signIn();
  acts.atProvider('bob');
  run.clocks.suspend(9500);
  acts.activate();
  acts.request({ address: 'api', headers: 'record', body: 'text', changes: false, signal: false });
  await quiet();
};

const byRenewal = (name: string, setting: Partial<Setting>, play = renewAsBob): Script => ({
  finding: 'A1',
  name: `another user ends the session: ${name}`,
  setting: { storage: false, refreshSeconds: null, ...setting },
  play,
});

/** The tokens of another user come by every way that is no sign-in. */
export const userScripts: readonly Script[] = [
  byRenewal("the app's own function, by its cookie", { renewal: 'cookie' }),
  byRenewal('a frame renews', { renewal: 'frame', silent: 'frame' }),
  byRenewal('a JWT names them', { renewal: 'cookie', jwt: true }),
  byRenewal('the token endpoint mixes them up', {}, async (scene) => {
    await scene.signIn();
    scene.acts.fault('other user');
    scene.acts.renew();
    await scene.quiet();
  }),
  byRenewal(
    'in a frame nobody is looked for who has no name',
    { renewal: 'frame', silent: 'frame' },
    async ({ run, acts, signIn, quiet, expect }) => {
      acts.fault('no id token');
      await signIn();
      acts.atProvider('bob');
      acts.renew();
      await quiet();
      expect(run.provider.counts.frames === 0, "6: a frame's tokens are of nobody knows whom");
    },
  ),
  byRenewal('a rescue finds them', { silent: 'frame' }, async ({ run, acts, signIn, quiet }) => {
    await signIn();
    acts.atProvider('bob');
    run.mint.revokeAll();
    acts.renew();
    await quiet();
  }),
  byRenewal('a backend sends them along', {}, async ({ acts, signIn, quiet }) => {
    await signIn();
    acts.sendAlong('other user');
    await quiet();
  }),
  {
    finding: 'A1',
    name: 'a stored session that renews as another user is a new epoch',
    setting: { renewal: 'cookie', refreshSeconds: null },
    async play({ run, acts, signIn, quiet }) {
      await signIn();
      acts.atProvider('bob');
      run.clocks.suspend(11_000);
      acts.reload();
      await quiet();
      acts.request();
      await quiet();
    },
  },
  {
    finding: 'A1',
    name: 'a sign-in that names nobody does not replace somebody',
    async play({ acts, signIn }) {
      await signIn();
      acts.fault('no id token');
      await signIn();
    },
  },
  {
    finding: 'mutants',
    name: "a call that waits does not go out with the next user's token",
    setting: { storage: false },
    async play({ run, acts, director, signIn, quiet }) {
      await signIn();
      director.hold(/refresh_token/);
      run.clocks.suspend(9500);
      acts.activate();
      await quiet();
      acts.request();
      await quiet();
      await signIn('bob');
      director.release();
      await quiet();
    },
  },
  {
    finding: 'mutants',
    name: 'tokens that a backend sends along after a renewal do not replace newer ones',
    setting: { storage: false },
    async play({ acts, director, signIn, quiet, stay }) {
      await signIn();
      director.hold(/request answered/);
      acts.sendAlong('both');
      await quiet();
      acts.renew();
      await quiet();
      director.release();
      await stay(20_000);
    },
  },
  {
    finding: 'attacks',
    name: 'tokens that a backend sends along without a word of who it is change neither the user nor what is stored',
    setting: { storage: true },
    async play({ run, acts, signIn, quiet, expect }) {
      await signIn();
      acts.sendAlong('bare');
      await quiet();
      run.clocks.suspend(run.setting.lifeSeconds * 1000);
      acts.reload();
      await quiet();
      expect(subOf(run) === 'ada', '6: who was signed in is not found after a reload');
    },
  },
  {
    finding: 'attacks',
    name: 'a renewal waits for tokens that are being adopted',
    setting: { storage: false, refreshSeconds: null },
    async play({ run, acts, director, signIn, quiet, expect }) {
      await signIn();
      director.hold(/record update/);
      acts.sendAlong('both');
      await quiet();
      acts.renew();
      await quiet();
      const { refreshes } = run.provider.counts;
      expect(refreshes === 0, '2: a refresh token was sent while a newer one was being adopted');
      director.release();
      await quiet();
    },
  },
  {
    finding: 'A13',
    name: 'another user in another tab: what the commit drops is not sent again, and is given back',
    setting: { storage: false },
    async play({ acts, signIn, stay }) {
      await signIn();
      acts.signInElsewhere('bob');
      await stay(20_000);
    },
  },
  {
    finding: 'A13',
    name: 'nor is it sent before the page has looked',
    setting: { storage: false },
    async play({ acts, director, signIn, quiet }) {
      await signIn();
      director.hold(/refresh_token/);
      acts.renew();
      await quiet();
      acts.signInElsewhere('bob');
      director.hold(/record read/);
      director.release(/refresh_token/);
      await quiet();
      acts.renew();
      await quiet();
      director.release();
      await quiet();
    },
  },
  {
    finding: 'A13',
    name: 'after a time-out a rescue comes before the token that may be spent',
    setting: { silent: 'frame', storage: false },
    async play({ run, acts, signIn, stay, expect }) {
      await signIn();
      acts.fault('late');
      await stay(22_000);
      expect(run.provider.framesAfter === 0, '2: sent again after a time-out without a rescue');
    },
  },
];
