import fc from 'fast-check';
import { createActs } from './acts.ts';
import { commands } from './commands.ts';
import { createDirector } from './director.ts';
import { createFinish } from './finish.ts';
import { RequestWithText } from './requestWithText.ts';
import { APP } from './addresses.ts';
import { createRun, type Run, type RunParts } from './run.ts';
import { settings } from './setting.ts';
import type { Subject } from './subject.ts';
import type { Tally } from './tally.ts';

/** Binds what is above and beneath us to the run: ky's delays to its clock, the console to its log. */
export const inRun = async (parts: RunParts, use: (run: Run) => Promise<void>): Promise<Run> => {
  const { setTimeout, clearTimeout, Request, location } = globalThis;
  const { error, warn } = console;
  // The page's own origin is read when the gate is made.
  Object.assign(globalThis, { Request: RequestWithText, location: { origin: APP, href: `${APP}/` } });
  const run = createRun(parts);
  const { clock } = run.clocks;
  const logged = (...things: unknown[]): void => run.logged(things);
  Object.assign(globalThis, {
    setTimeout: (callback: () => void, ms?: number) => clock.setTimeout(callback, ms ?? 0),
    clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
  });
  Object.assign(console, { error: logged, warn: logged });
  try {
    await use(run);
  } catch (thrown) {
    // What is thrown from a timer or a listener of the machine ends the run.
    run.violate(`9: the run was ended by ${String(thrown)}`);
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout, Request, location });
    Object.assign(console, { error, warn });
  }
  return run;
};

/** What a run has shown, as text; `undefined` where all is well. */
const verdictOn = ({ violations, log }: Run): string | undefined =>
  violations.length > 0 ? [...violations, ...log].join('\n') : undefined;

/** The whole design in one property: what must always hold, under whatever order of events. */
export const invariantsHold = (
  subject: Subject,
  tally: Tally,
  onRun = (run: Run): void => {
    const verdict = verdictOn(run);
    if (verdict) throw new Error(verdict);
  },
) =>
  fc.asyncProperty(
    fc.scheduler(),
    settings,
    fc.commands([commands], { maxCommands: 50, size: 'max' }),
    async (scheduler, setting, script) => {
      const parts = { subject, tally, setting, scheduler: setting.prompt ? createDirector() : scheduler };
      const run = await inRun(parts, async (made) => {
        const acts = createActs(made);
        if (setting.begins === 'signingIn') void acts.signIn();
        const setup = () => ({ model: {}, real: { run: made, acts } });
        await fc.scheduledModelRun(scheduler, setup, script);
        await createFinish(made, acts)();
      });
      onRun(run);
    },
  );
