import type { Scheduler } from './run.ts';

/** Lets everything happen at once, but for what it is told to hold. */
export type Director = Required<Scheduler>;

export const createDirector = (): Director => {
  let held: RegExp | undefined;
  let waiting: { readonly label: string; readonly resolve: () => void }[] = [];
  return {
    async schedule(task, label) {
      if (held?.test(label)) await new Promise<void>((resolve) => waiting.push({ label, resolve }));
      return task;
    },
    waitIdle: async () => {},
    hold: (kind) => void (held = kind),
    release(kind = /^/) {
      const all = waiting;
      if (kind.source === '^') held = undefined;
      waiting = all.filter(({ label }) => !kind.test(label));
      for (const { label, resolve } of all) if (kind.test(label)) resolve();
    },
  };
};
