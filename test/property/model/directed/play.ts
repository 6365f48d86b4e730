import { createActs } from '../acts.ts';
import { inRun } from '../check.ts';
import { createDirector } from '../director.ts';
import { createFinish } from '../finish.ts';
import type { Run } from '../run.ts';
import { fitting, plainSetting } from '../setting.ts';
import type { Subject } from '../subject.ts';
import type { Tally } from '../tally.ts';
import { chartScripts } from './chart.ts';
import { gateScripts } from './gate.ts';
import { nameScripts } from './names.ts';
import { pageScripts } from './page.ts';
import { recordScripts } from './record.ts';
import { renewalScripts } from './renewal.ts';
import type { Scene, Script } from './script.ts';
import { signInScripts } from './signIn.ts';
import { userScripts } from './users.ts';

export const scripts: readonly Script[] = [
  ...chartScripts,
  ...userScripts,
  ...signInScripts,
  ...renewalScripts,
  ...gateScripts,
  ...recordScripts,
  ...pageScripts,
  ...nameScripts,
];

/** Plays one script, under the same oracles as the scheduled runs. */
export const play = (subject: Subject, tally: Tally, script: Script): Promise<Run> => {
  const director = createDirector();
  const setting = fitting({ ...plainSetting, ...script.setting });
  return inRun({ subject, tally, setting, scheduler: director }, async (run) => {
    const acts = createActs(run);
    const { quiet } = run;
    const scene: Scene = {
      run,
      acts,
      director,
      quiet,
      async stay(ms) {
        for (let passedMs = 0; passedMs < ms; passedMs += 1000) {
          await run.clocks.advance(Math.min(1000, ms - passedMs));
          acts.activate();
          await quiet();
        }
      },
      async signIn(sub) {
        void acts.signIn(sub);
        await quiet();
      },
      expect: (isSo, what) => void (isSo || run.violate(what)),
    };
    await script.play(scene);
    director.release();
    await createFinish(run, acts)();
  });
};

/** Plays all of them. */
export const playAll = async (
  subject: Subject,
  tally: Tally,
  onPlayed: (name: string, run: Run) => void,
): Promise<void> => {
  for (const script of scripts)
    onPlayed(`${script.finding}: ${script.name}`, await play(subject, tally, script));
};
