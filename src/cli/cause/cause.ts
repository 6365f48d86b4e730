import { type Cause, causes, causesByTheme } from '../../explain/index.ts';
import { providerWords } from '../../explain/providerWords.ts';
import { CliError } from '../cliError.ts';
import type { CliIo, ExitStatus } from '../cliIo.ts';
import { didYouMean } from '../didYouMean.ts';
import { type Terminal, terminalFor } from '../doctor/report/terminal.ts';
import { hang } from '../doctor/report/wrap.ts';

const linesOf = (cause: Cause, { width, paint }: Terminal): readonly string[] => {
  const words = providerWords(cause);
  return [
    cause.id,
    ...hang('', `${cause.title}.`, width).map((line) => paint('bold', line)),
    '',
    ...hang('looks   ', cause.looks, width),
    ...hang('why     ', cause.why, width),
    ...hang('change  ', cause.remedy, width),
    ...hang('check   ', cause.check, width),
    ...(words ? hang('words   ', `${words}.`, width) : []),
  ];
};

const listLines = ({ paint }: Terminal): readonly string[] => [
  ...Object.entries(causesByTheme).map(
    ([theme, table]) => `${paint('bold', theme)}\n${table.map(({ id }) => `  ${id}\n`).join('')}`,
  ),
  'npx token-vigil cause <id> prints one of them.',
];

const MOST_NAMED = 12;

/** What was typed is not repeated, since it can be a paste: only ids of which it is a part, or one that is like it. */
const near = (id: string, ids: readonly string[]): string => {
  const part = id.replaceAll('_', '-');
  const holding = part.length > 2 ? ids.filter((each) => each.includes(part)) : [];
  if (holding.length < 2 || holding.length > MOST_NAMED) return didYouMean(part, ids);
  return ` These have it in their names: ${holding.join(', ')}.`;
};

const CODE = /^[a-z]+(?:_[a-z]+)+$/;

const causeNamed = (id: string): Cause => {
  const found = causes.find((cause) => cause.id === id.toLowerCase());
  if (found) return found;
  const ids = causes.map((cause) => cause.id);
  const ofCode = CODE.test(id) ? ' What a server answers goes to npx token-vigil doctor --error.' : '';
  throw new CliError(
    `There is no such cause.${ofCode || near(id.toLowerCase(), ids)} npx token-vigil cause lists all of them`,
  );
};

/** Prints one cause, or the ids of all. */
export const cause = (words: readonly string[], { env, stdout }: CliIo): ExitStatus => {
  const [id] = words;
  if (words.length > 1 || id?.startsWith('-'))
    throw new CliError('cause takes one id, such as client-id-missing');
  const terminal = terminalFor(env, stdout);
  const lines = id === undefined ? listLines(terminal) : linesOf(causeNamed(id), terminal);
  stdout.write(`${lines.join('\n')}\n`);
  return 0;
};
