import { CliError } from '../cliError.ts';

/** Of many only those that can be read; why the first cannot be, where there is none. */
export const readable = <Item, Result>(
  items: readonly Item[],
  read: (item: Item) => Result,
): readonly Result[] => {
  const results: Result[] = [];
  let error: CliError | undefined;
  for (const item of items) {
    try {
      results.push(read(item));
    } catch (thrown) {
      if (!(thrown instanceof CliError)) throw thrown;
      error ??= thrown;
    }
  }
  if (results.length === 0) throw error ?? new CliError('There is no request in the file');
  return results;
};
