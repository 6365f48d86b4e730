import type { Script } from './script.ts';

/** Ways through the chart that chance finds too seldom. */
export const chartScripts: readonly Script[] = [
  {
    finding: 'chart',
    name: 'a sign-in from `expired` that was given up by going back fills nothing',
    async play({ run, acts, director, signIn, quiet }) {
      await signIn();
      run.mint.revokeAll();
      acts.renew();
      await quiet();
      director.hold(/password/);
      await signIn();
      acts.goBack();
      director.release();
      await quiet();
    },
  },
  {
    finding: 'chart',
    name: 'a stored session whose user was away for too long is over when it is found',
    async play({ run, acts, signIn, quiet }) {
      await signIn();
      run.clocks.sleep(70_000);
      acts.reload();
      await quiet();
    },
  },
  {
    finding: 'chart',
    name: 'activity elsewhere, told of late, moves the end of an idle session away',
    async play({ run, acts, signIn, quiet }) {
      await signIn();
      await run.clocks.advance(42_000);
      acts.activeElsewhere(17_000);
      acts.wake();
      await quiet();
    },
  },
  {
    finding: 'chart',
    name: 'a record that was lost while the page slept ends the epoch of a user who was away, too',
    setting: { storage: false },
    async play({ run, acts, signIn, quiet }) {
      await signIn();
      await run.clocks.advance(20_000);
      await quiet();
      acts.rest(() => acts.record('lost'), 1000);
      await quiet();
    },
  },
  {
    finding: 'chart',
    name: 'and of one who was there',
    setting: { storage: false, lifeSeconds: 60 },
    async play({ acts, signIn, quiet }) {
      await signIn();
      acts.rest(() => acts.record('lost'), 1000);
      await quiet();
    },
  },
  {
    finding: 'chart',
    name: 'and while a renewal is under way',
    setting: { storage: false, lifeSeconds: 60 },
    async play({ acts, director, signIn, quiet }) {
      await signIn();
      director.hold(/refresh_token/);
      acts.renew();
      await quiet();
      acts.rest(() => acts.record('lost'), 1000);
      await quiet();
      director.release();
      await quiet();
    },
  },
];
