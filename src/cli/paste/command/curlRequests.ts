import type { HttpRequest } from '../../curl/httpRequest.ts';
import { requestOfCommand } from '../../curl/requestOfCommand.ts';
import { commandsIn, type FoundCommand } from '../../curl/shell/commandsIn.ts';
import type { FindRequests } from '../formReader.ts';

/** Without those that are in no word: they stood in what was dropped. */
const standInsOf = ({ words, standIns }: FoundCommand): HttpRequest['standIns'] => {
  const used = [...new Set(standIns)].filter((each) => words.some((word) => word.includes(each)));
  return used.length > 0 ? used : undefined;
};

const requestOf = (command: FoundCommand): HttpRequest => ({
  ...requestOfCommand(command.words),
  standIns: standInsOf(command),
});

/** The commands of curl in a text. */
export const curlRequests: FindRequests = (text) =>
  commandsIn(text).map((command) => ({
    start: command.start,
    end: command.end,
    request: requestOf(command),
  }));
