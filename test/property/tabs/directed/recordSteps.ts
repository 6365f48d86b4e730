import type { SignInOptions } from '../../../../src/grants/signInOptions.ts';
import type { RecordFailure } from '../subject.ts';
import type { TabScript } from './play.ts';
import { all } from './states.ts';

export type Scene = Parameters<TabScript['play']>[0];

/** Somebody is there in all tabs, and looks at each of them. */
export const visit = async ({ run, acts, pass }: Scene, everyMs = 5000, times = 4): Promise<void> => {
  for (let visits = 0; visits < times; visits++) {
    for (const number of run.tabs.keys()) {
      acts.activate(number);
      acts.wake(number);
    }
    await pass(everyMs);
  }
};

/** The record of this tab fails, which is noticed. */
export const failRecord = async (
  { acts, pass }: Scene,
  number: number,
  how: RecordFailure,
): Promise<void> => {
  acts.breakRecord(number, how);
  acts.wake(number);
  acts.activate(number);
  await pass(how === 'hangs' ? 3000 : 500);
};

/** The record of the second tab fails after that has marked it, and ahead of the provider's answer. */
export const failInRenewal = async (scene: Scene, how: RecordFailure): Promise<void> => {
  const { acts, director, quiet, pass } = scene;
  director.hold(/refresh_token answered in 2/);
  acts.renew(1);
  await quiet();
  await pass(300);
  await failRecord(scene, 1, how);
};

/** It works again, which is noticed. */
export const mendRecord = async ({ acts, pass }: Scene, number: number): Promise<void> => {
  acts.mendRecord(number);
  acts.wake(number);
  await pass(1000);
};

/** The same user signs in once more in this tab. */
export const signInAgain = ({ run }: Scene, number: number): void => {
  const again = { username: 'ada', password: 'x', maxAge: 0 } as SignInOptions;
  run.tabs[number]!.session.signIn(again).catch(() => undefined);
};

/** All tabs are as they should be, and no tab goes by a record of its own. */
export const expectTogether = ({ run, expect }: Scene, status: string): void => {
  const states = all(run.tabs).replaceAll(/ \w+/g, '');
  expect(states === run.tabs.map(() => status).join(), `C: on the way back the tabs are ${all(run.tabs)}`);
  for (const { life, recordFailure } of run.tabs)
    expect(recordFailure === undefined, `C: ${life.id} goes by a record of its own that ${recordFailure}`);
};

/** The record of this tab works again: all tabs are as they should be after a while. */
export const comeTogether = async (scene: Scene, number: number, status: string): Promise<void> => {
  await mendRecord(scene, number);
  await visit(scene);
  expectTogether(scene, status);
};
