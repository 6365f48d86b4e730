import { CliError } from '../cliError.ts';
import type { CliIo, Limits } from '../cliIo.ts';
import { readInput } from '../readInput.ts';

/** The text of a file, or of standard input for `-`. `what`: the subject of a sentence about it. */
export type ReadText = (path: string, what: string) => Promise<string>;

/** Standard input can be read once. */
export const createReadText = (io: CliIo, { inputBytes: maxBytes, pipeMs }: Limits): ReadText => {
  let isStdinTaken = false;

  const readStdin = (): Promise<string> => {
    if (isStdinTaken) throw new CliError('Standard input (-) can be read only once');
    isStdinTaken = true;
    // Who types needs time; a program that writes to us does not.
    const waitMs = io.stdin.isTTY ? undefined : pipeMs;
    return readInput(io.stdin, { what: 'Standard input', maxBytes, waitMs });
  };

  return async (path, what) =>
    path === '-' ? readStdin() : readInput(io.readFile(path), { what, maxBytes, waitMs: pipeMs });
};
