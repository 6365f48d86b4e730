import { assignedIn } from '../../curl/shell/assignedIn.ts';
import { commandsIn, type FoundCommand } from '../../curl/shell/commandsIn.ts';
import type { HttpRequest } from '../../curl/httpRequest.ts';
import { unmarked } from '../../curl/shell/filledIn.ts';
import type { FindRequests, FoundRequest } from '../formReader.ts';

const nameIn = (expression: string): string => /^\$\{?(\w+)\}?$/.exec(expression)?.[1] ?? '';

/** A command with its variables as they are written, or their values where the text gives them one. */
export interface PlainCommand extends FoundCommand {
  /** Those that are left. */
  readonly filledIn: readonly string[];
}

const withValues = (command: FoundCommand, values: ReadonlyMap<string, string>): PlainCommand => {
  const { words: written, filledIn } = unmarked([command.input ?? '', ...command.words]);
  const known = filledIn.filter((each) => values.has(nameIn(each)));
  const fill = (word: string): string =>
    known.reduce((text, each) => text.replaceAll(each, () => values.get(nameIn(each)) ?? ''), word);
  const [input, ...words] = written.map(fill);
  return {
    ...command,
    words,
    input: command.input === undefined ? undefined : input,
    filledIn: filledIn.filter((each) => !known.includes(each)),
  };
};

/** What another program writes into the command: `echo '…' | curl -d @-`. */
const PIPED =
  /(?:^|[\n;$#>]|&&)[^\S\n]*(?:echo|printf)[^\S\n]+(?:-[neE]+[^\S\n]+)?(?:'(?<literal>[^'\n]*)'|"(?<quoted>(?:[^"\\\n$`]|\\[^\n])*)")[^\S\n]*\|[^\S\n]*$/;

const pipedInto = (text: string, { start }: FoundCommand): string | undefined => {
  const { literal, quoted } = PIPED.exec(text.slice(Math.max(start - 2000, 0), start))?.groups ?? {};
  return literal ?? quoted?.replaceAll(/\\(["$`\\])/g, '$1');
};

/** Without those that are in no word: they stood in what was dropped. */
const filledInOf = ({ words, filledIn, input = '' }: PlainCommand): HttpRequest['filledIn'] => {
  const used = [...new Set(filledIn)].filter((each) => [...words, input].some((word) => word.includes(each)));
  return used.length > 0 ? used : undefined;
};

/** The requests of a program in a text. `requestOf`: `undefined`, if a command is none after all. */
export const findCommands =
  (
    programs: string | undefined,
    requestOf: (command: PlainCommand) => HttpRequest | undefined,
  ): FindRequests =>
  (text) => {
    const commands = commandsIn(text, programs);
    const values = commands.length > 0 ? assignedIn(text) : new Map<string, string>();
    return commands.flatMap((found): readonly FoundRequest[] => {
      const filled = withValues(found, values);
      const command = { ...filled, input: filled.input ?? pipedInto(text, found) };
      const request = requestOf(command);
      const { start, end } = found;
      return request ? [{ start, end, request: { ...request, filledIn: filledInOf(command) } }] : [];
    });
  };
