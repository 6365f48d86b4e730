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

/** Tokens that a backend sends along with an answer. */
export const adoptionScripts: readonly TabScript[] = [
  {
    name: 'an access token that is sent along is left where another tab has renewed, and this one has not heard of it',
    setting: { lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass, quiet } = scene;
      await pass(1000);
      director.hold(/message to 2/);
      acts.renew(0);
      await quiet();
      acts.adopt(1, 'an access token');
      await quiet();
      await renewed(scene);
    },
  },
  {
    name: 'an access token that is sent along is left while another tab renews',
    setting: { lifeSeconds: 30 },
    async play(scene) {
      const { acts, director, pass, quiet } = scene;
      await pass(1000);
      director.hold(/refresh_token answered/);
      acts.renew(0);
      await quiet();
      acts.adopt(1, 'an access token');
      await quiet();
      await renewed(scene);
    },
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
];
