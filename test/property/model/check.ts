import fc from 'fast-check';
import { commands } from './commands.ts';
import { RequestWithText } from './requestWithText.ts';
import { Run, type Setting, type Subject, type Tally } from './run.ts';

const settings: fc.Arbitrary<Setting> = fc.record({
  lifeSeconds: fc.constantFrom(5, 10, 60),
  refreshSeconds: fc.constantFrom(20, 30, 120),
  maxSeconds: fc.constantFrom(null, null, 90),
  skewMs: fc.constantFrom(0, 0, 3_600_000 * 5, -3_600_000 * 5),
  wallOffsetMs: fc.constantFrom(0, 0, 3_600_000),
  storage: fc.boolean(),
  frames: fc.boolean(),
  begins: fc.constantFrom('signingIn' as const, 'signingIn' as const, 'signingIn' as const, 'new' as const),
  idle: fc.oneof(
    fc.record({
      after: fc.constantFrom(8000, 15_000),
      signOutAfter: fc.constantFrom(40_000, 60_000),
      confirm: fc.boolean(),
      requests: fc.constantFrom('reject' as const, 'hold' as const, 'renew' as const),
    }),
    fc.record({
      after: fc.constantFrom(8000, 15_000),
      requests: fc.constantFrom('reject' as const, 'hold' as const),
    }),
    fc.constant(false as const),
  ),
});

/** Binds the timers of what is above and beneath us (ky's delays) to the run's clock. */
export const withVirtualTimers = async <T>(run: () => Run, use: (run: Run) => Promise<T>): Promise<T> => {
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    error: console.error,
    warn: console.warn,
  };
  const { Request } = globalThis;
  globalThis.Request = RequestWithText;
  const made = run();
  const { clock } = made.world;
  Object.assign(globalThis, {
    setTimeout: (callback: () => void, ms?: number) => clock.setTimeout(callback, ms ?? 0),
    clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
  });
  Object.assign(console, {
    error: (...things: unknown[]) => made.logged(things),
    warn: (...things: unknown[]) => made.logged(things),
  });
  try {
    return await use(made);
  } finally {
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout, Request });
    Object.assign(console, { error: real.error, warn: real.warn });
  }
};

/** The whole design in one property: what must always hold, under whatever order of events. */
export const invariantsHold = (subject: Subject, tally: Tally) =>
  fc.asyncProperty(
    fc.scheduler(),
    settings,
    fc.commands([commands], { maxCommands: 50, size: 'max' }),
    async (scheduler, setting, script) => {
      await withVirtualTimers(
        () => new Run(subject, scheduler, setting, tally),
        async (run) => {
          if (setting.begins === 'signingIn') run.signIn();
          await fc.scheduledModelRun(scheduler, () => ({ model: {}, real: run }), script);
          await run.finish();
          if (run.violations.length > 0) throw new Error([...new Set(run.violations), ...run.log].join('\n'));
        },
      );
    },
  );
