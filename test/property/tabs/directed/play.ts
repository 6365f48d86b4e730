import { createDirector, type Director } from '../../model/director.ts';
import type { Tally } from '../../model/tally.ts';
import { createTabActs, type TabActs } from '../acts.ts';
import { inTabRun } from '../check.ts';
import { createTabFinish } from '../finish.ts';
import type { TabRun } from '../run.ts';
import { plainTabs, type TabSetting } from '../setting.ts';
import type { TabSubject } from '../subject.ts';
import { adoptionScripts } from './adoptions.ts';
import { aloneScripts } from './alone.ts';
import { arrivalScripts } from './arrivals.ts';
import { contentionScripts } from './contention.ts';
import { interruptionScripts } from './interruptions.ts';
import { newerScripts } from './newer.ts';
import { rejoinedTokensScripts } from './rejoinedTokens.ts';
import { rejoiningScripts } from './rejoining.ts';
import { renewalScripts } from './renewals.ts';
import { sessionScripts } from './sessions.ts';
import { silentScripts } from './silent.ts';
import { unrecordedScripts } from './unrecorded.ts';
import { wayBackScripts } from './wayBack.ts';

/** What a script works with. */
interface TabScene {
  readonly run: TabRun;
  readonly acts: TabActs;
  readonly director: Director;
  /** Time goes by, and everything that it brings is over. */
  pass(ms: number): Promise<void>;
  quiet(): Promise<void>;
  expect(isSo: boolean, what: string): void;
}

/** One course of events in some tabs, of which the first has signed in `ada`; by numbers from 0. */
export interface TabScript {
  readonly name: string;
  readonly setting?: Partial<TabSetting>;
  play(scene: TabScene): Promise<void>;
}

export const tabScripts: readonly TabScript[] = [
  ...renewalScripts,
  ...sessionScripts,
  ...silentScripts,
  ...adoptionScripts,
  ...arrivalScripts,
  ...interruptionScripts,
  ...aloneScripts,
  ...newerScripts,
  ...wayBackScripts,
  ...contentionScripts,
  ...rejoiningScripts,
  ...rejoinedTokensScripts,
  ...unrecordedScripts,
];

/** Plays one script, under the same oracles as the scheduled runs. */
export const playTabs = (subject: TabSubject, tally: Tally, script: TabScript): Promise<TabRun> => {
  const director = createDirector();
  const setting = { ...plainTabs, ...script.setting };
  return inTabRun({ subject, tally, setting, scheduler: director }, async (run) => {
    const acts = createTabActs(run);
    for (let tabs = 0; tabs < setting.tabs; tabs++) acts.open();
    await run.quiet();
    acts.signIn(0, 'ada');
    await run.quiet();
    await script.play({
      run,
      acts,
      director,
      quiet: run.quiet,
      async pass(ms) {
        await run.advance(ms);
        await run.quiet();
      },
      expect: (isSo, what) => void (isSo || run.violate(what)),
    });
    await createTabFinish(run, acts)();
  });
};
