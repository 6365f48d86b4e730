import type fc from 'fast-check';
import { withVirtualTimers } from './check.ts';
import { Run, type Setting, type Subject, type Tally } from './run.ts';

/** Lets everything happen at once, unless it is told to hold. */
const prompt = { held: Promise.resolve(), release: (): void => {} };
const hold = (): void => void (prompt.held = new Promise((resolve) => (prompt.release = resolve)));
const scheduler = {
  async schedule<T>(promise: Promise<T>): Promise<T> {
    await prompt.held;
    return promise;
  },
  waitIdle: async (): Promise<void> => {},
} as unknown as fc.Scheduler;

const setting: Setting = {
  lifeSeconds: 10,
  refreshSeconds: 60,
  maxSeconds: null,
  skewMs: 0,
  wallOffsetMs: 0,
  storage: true,
  begins: 'new',
  frames: false,
  idle: { after: 15_000, signOutAfter: 60_000 },
};

/** A sign-in takes more microtasks than one drain lets by. */
const quiet = async (run: Run): Promise<void> => {
  for (let drains = 0; drains < 6; drains++) await run.settle();
};

type Script = (run: Run) => Promise<void>;

/** Ways through the chart that chance finds too seldom. */
const scripts: Record<string, Script> = {
  'a sign-in from `expired` that was given up by going back is answered all the same': async (run) => {
    run.signIn();
    await quiet(run);
    run.server.revokeAll();
    run.renew();
    await quiet(run);
    hold();
    run.signIn();
    await quiet(run);
    run.wake(true);
    prompt.release();
    await quiet(run);
  },
  'a stored session whose user was away for too long is over when it is found': async (run) => {
    run.signIn();
    await quiet(run);
    run.world.sleep(70_000);
    run.reload();
    await quiet(run);
  },
  'activity elsewhere, told of late, moves the end of an idle session away': async (run) => {
    run.signIn();
    await run.world.advance(42_000);
    run.activeElsewhere(17_000);
    run.wake(false);
    await quiet(run);
  },
};

/** Runs each script once, under the same oracle as the scheduled runs. */
export const directedRuns = async (subject: Subject, tally: Tally): Promise<void> => {
  for (const [name, script] of Object.entries(scripts)) {
    await withVirtualTimers(
      () => new Run(subject, scheduler, setting, tally),
      async (run) => {
        await script(run);
        await run.finish();
        if (run.violations.length > 0) throw new Error([name, ...run.violations].join('\n'));
      },
    );
  }
};
