import type { Scheduler } from './run.ts';

/** Lets everything happen at once, but for what it is told to hold. */
export interface Director extends Scheduler {
  /** From now on messages of this kind stay where they are. */
  hold(kind: RegExp): void;
  release(): void;
}

export const createDirector = (): Director => {
  let held: RegExp | undefined;
  let waiting: (() => void)[] = [];
  return {
    async schedule(task, label) {
      if (held?.test(label)) await new Promise<void>((resolve) => waiting.push(resolve));
      return task;
    },
    waitIdle: async () => {},
    hold: (kind) => void (held = kind),
    release() {
      const all = waiting;
      held = undefined;
      waiting = [];
      for (const resolve of all) resolve();
    },
  };
};
