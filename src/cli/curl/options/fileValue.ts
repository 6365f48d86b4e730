import { CliError } from '../../cliError.ts';

/** What a command takes from a file is not in it. */
export const inFile = (option: string): CliError =>
  new CliError(`--${option} takes its value from a file (@): put the content in the file's place`);
