import fc from 'fast-check';
import { APP } from '../model/addresses.ts';
import { createDirector } from '../model/director.ts';
import { RequestWithText } from '../model/requestWithText.ts';
import type { Tally } from '../model/tally.ts';
import { createTabActs } from './acts.ts';
import { tabCommands } from './commands.ts';
import { createTabFinish } from './finish.ts';
import { createTabRun, type TabRun, type TabRunParts } from './run.ts';
import { tabSettings } from './setting.ts';
import type { TabSubject } from './subject.ts';

/** Binds what is beneath the sessions to the run: delays to its clock, the console to nothing. */
export const inTabRun = async (parts: TabRunParts, use: (run: TabRun) => Promise<void>): Promise<TabRun> => {
  const { setTimeout, clearTimeout, Request, location } = globalThis;
  const { error, warn } = console;
  Object.assign(globalThis, { Request: RequestWithText, location: { origin: APP, href: `${APP}/` } });
  const run = createTabRun(parts);
  const { clock } = run.clocks;
  Object.assign(globalThis, {
    setTimeout: (callback: () => void, ms?: number) => clock.setTimeout(callback, ms ?? 0),
    clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
  });
  const logged = (...things: unknown[]): void => run.note(things.map(String).join(' '));
  Object.assign(console, { error: logged, warn: logged });
  try {
    await use(run);
  } catch (thrown) {
    run.violate(`9: the run was ended by ${String(thrown)}`);
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout, Request, location });
    Object.assign(console, { error, warn });
  }
  return run;
};

/** What a run has shown, as text; `undefined` where all is well. */
const tabVerdictOn = ({ violations, log }: Pick<TabRun, 'violations' | 'log'>): string | undefined =>
  violations.length > 0 ? [...violations, ...log].join('\n') : undefined;

/** The whole design of several tabs in one property: what must always hold, under whatever order of events. */
export const tabInvariantsHold = (
  subject: TabSubject,
  tally: Tally,
  onRun = (run: TabRun): void => {
    const verdict = tabVerdictOn(run);
    if (verdict) throw new Error(verdict);
  },
) =>
  fc.asyncProperty(
    fc.scheduler(),
    tabSettings,
    fc.commands([tabCommands], { maxCommands: 50, size: 'max' }),
    async (scheduler, setting, script) => {
      const parts = { subject, tally, setting, scheduler: setting.prompt ? createDirector() : scheduler };
      const run = await inTabRun(parts, async (made) => {
        const acts = createTabActs(made);
        for (let tabs = 0; tabs < setting.tabs; tabs++) acts.open();
        await made.quiet();
        acts.signIn(0, 'ada');
        const setup = () => ({ model: {}, real: { run: made, acts } });
        await fc.scheduledModelRun(scheduler, setup, script);
        await createTabFinish(made, acts)();
      });
      onRun(run);
    },
  );
