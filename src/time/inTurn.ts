/** The last work of each kind that is under way; settles when it has ended. */
export type Turns<Kind extends string> = Partial<Record<Kind, Promise<unknown>>>;

/** Begins once the work of the same kind that was asked for before has ended. */
export const inTurn = <Kind extends string, T>(
  turns: Turns<Kind>,
  kind: Kind,
  work: () => Promise<T>,
): Promise<T> => {
  const done = (turns[kind] ?? Promise.resolve()).then(work);
  const settled: Promise<unknown> = done
    .catch(() => undefined)
    .finally(() => {
      if (turns[kind] === settled) delete turns[kind];
    });
  turns[kind] = settled;
  return done;
};
