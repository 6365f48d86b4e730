/** What the command line cannot go on from, in one line for the person in front of it. Exit status 2. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
